"""How high a piece of a notebook is on a slide of 1280 × 720: an estimate, which a browser test checks."""

import base64
import html
import itertools
import math
import re
import struct

from tools.notebooks import lesson

LINE = 31  # pixels of a line of text at 22 px
CHARACTERS = 96  # in such a line
GAP = 14  # below a paragraph
CODE_LINE = 22.5
CODE_CHARACTERS = 114
TABLE_CHARACTERS = 112  # in a row, at 20 px
MOST_ROWS = 9  # of a table that is set with air
PADDING = 20
CONTROL = 560  # A control whose picture grows takes a slide of its own.
CONTROLS = {  # What stands around the picture of the others, and how high they are at least.
    "move the slider": (60, 0),
    "to play": (85, 475),
}
HEADINGS = {1: 90, 2: 72, 3: 56}
GUESS = (400, 300)
IMAGE = re.compile(r"<img\b[^>]*?src=[\"'](data:image/[\w+]+;base64,[^\"']+)[\"'][^>]*>")


def markdown(text):
    """Estimate a piece of Markdown.

    >>> markdown("## Title"), markdown("word " * 40)
    (72, 107)
    """
    heading = re.match(r"(#{1,6}) ", text)
    if heading:
        return HEADINGS.get(len(heading[1]), 50)
    if text.startswith("<details>"):
        return LINE + GAP  # closed
    if text.startswith("$$"):
        return 100
    if text.startswith("|"):
        return _table(
            row.strip("|").split("|") for row in text.splitlines() if not re.fullmatch(r"[|:\- ]+", row)
        )
    if text.startswith("```"):
        return code(text.strip("`"))
    lines = re.split(r"\n(?=[-*] |\d+\. )", text) if re.match(r"[-*] |\d+\. ", text) else [text]
    return sum(_lines(line) for line in lines) * LINE + GAP


def _lines(text):
    return max(1, math.ceil(len(_visible(text)) / CHARACTERS))


def _visible(text):
    return re.sub(r"<[^>]+>|\]\([^)]*\)|[*`]", "", text)


def _table(rows):
    """Estimate a table; one of many rows is set more tightly."""
    rows = [[len(_visible(cell).strip()) for cell in row] for row in rows]
    columns = [max(lengths) for lengths in itertools.zip_longest(*rows, fillvalue=0)]
    line, padding = (25, 2) if len(rows) > MOST_ROWS else (28, 7)
    # Columns with short words leave their room to the others, which share it by their lengths.
    room = TABLE_CHARACTERS - 3 * len(columns)
    scale = min(1.0, room / max(1, sum(columns)))
    widths = [max(8, scale * each) for each in columns]
    heights = (max(math.ceil(n / width) for n, width in zip(row, widths, strict=False)) for row in rows)
    return sum(max(1, n_lines) * line + padding for n_lines in heights) + GAP


def code(source):
    """Estimate lines of code; a long one is broken."""
    lines = source.splitlines()
    n_lines = sum(max(1, math.ceil(len(line) / CODE_CHARACTERS)) for line in lines)
    return math.ceil(n_lines * CODE_LINE) + PADDING


def code_cell(cell):
    """Estimate a code cell with its outputs; a folded one shows these alone."""
    if "widget" in cell.metadata.get("tags", []):
        return control(cell)
    return (0 if lesson.is_folded(cell) else code(cell.source)) + outputs(cell)


def control(cell):
    """Estimate a control by the picture it leaves behind."""
    for output in cell.outputs:
        markup = output.get("data", {}).get("text/html", "")
        for words, (around, least) in CONTROLS.items():
            if words in markup:
                return max(around + sum(map(_picture, IMAGE.finditer(markup))), least)
    return CONTROL


def outputs(cell):
    """Estimate what a code cell shows."""
    return sum(map(_output, cell.outputs))


def _output(output):
    data = output.get("data", {})
    if "text/html" in data:
        return _markup(data["text/html"])
    return code(output.get("text") or data.get("text/plain", ""))


def _markup(markup):
    rows = [
        re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.S)
        for row in re.findall(r"<tr>.*?</tr>", markup, re.S)
    ]
    height = (_table(rows) if rows else 0) + (36 if "<caption" in markup else 0)
    pictures = [_picture(tag) for tag in IMAGE.finditer(markup)]
    beside = "inline-block" in markup
    height += (max if beside else sum)(pictures or [0])
    for drawing in re.findall(r"<svg\b[^>]*>", markup):
        size = re.search(r'height="(\d+)', drawing)
        height += int(size[1]) if size else 300
    bare = re.sub(r"<table.*?</table>|<svg.*?</svg>", " ", IMAGE.sub("", markup), flags=re.S)
    items = re.split(r"<li\b[^>]*>", bare)  # each begins a line
    words = [html.unescape(re.sub(r"(<[^>]+>|\s)+", " ", item)).strip() for item in items]
    return height + (sum(map(_lines, filter(None, words))) * LINE + GAP if any(words) else 0)


def _picture(tag):
    """Return the height of an `<img>` on the page."""
    width, height = size(base64.b64decode(tag[1].partition(",")[2]))
    shown = re.search(r'width="(\d+)"', tag[0])
    return round(height * int(shown[1]) / width) if shown else height


def size(data):
    """Return the width and height of a GIF or a PNG, and a guess for any other picture.

    >>> size(b"GIF89a" + bytes([128, 1, 32, 1]))
    (384, 288)
    """
    if data[:4] == b"GIF8":
        return struct.unpack("<HH", data[6:10])
    if data[:4] == b"\x89PNG" and len(data) >= 24:
        return struct.unpack(">II", data[16:24])
    return GUESS
