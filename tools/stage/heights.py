"""How high a piece of a notebook is on a slide of 1280 × 720: an estimate, which a browser test checks."""

import base64
import html
import itertools
import math
import re
import struct

from tools.stage import texts

WIDTH = 1160  # pixels of a slide between its margins
ROOM = 630  # pixels of 720 that a slide can hold: the rest is margin, and room for estimates that are too low
LINE = 38  # pixels of a line of text at 28 px
CHARACTERS = 76  # in such a line
GAP = 14  # below a paragraph
HEADINGS = {1: 76, 2: 66, 3: 66}
FORMULA = 108
CODE_LINE = 27  # at 20 px
CODE_CHARACTERS = 92
TABLES = {24: (78, 32, 8), 20: (96, 25, 8)}  # size of words: characters and height of a row, and its air
FULL = 0.9  # of that room may be filled by choice
SCALES = (1.5, 1.4, 1.3, 1.2, 1.1, 1.0)
"""How many times words are enlarged on a slide that shows nothing but words."""
MOST_SCALE = 1.3  # as large as headings; a question is the heading of its answers
OPTION = 56  # pixels between the answers of a quiz at twice their size, none at once
HIGH_TABLE = 400  # pixels from which on a table is set in smaller words
PADDING = 22
CONTROL = 500  # A control whose picture grows takes most of a slide.
SLIDER, PLAYER, BUTTON = "move the slider", "to play", "get the button"
CONTROLS = {SLIDER: (64, 0), PLAYER: (85, 475), BUTTON: (0, 450)}
"""What stands around the picture of the others, and how high they are at least."""
LARGEST = 2.0  # times a picture is enlarged
HIGHEST = 580  # pixels of a picture
GUESS = (400, 300)
IMAGE = re.compile(r"<img\b[^>]*?src=[\"'](data:image/[\w+]+;base64,[^\"']+)[\"'][^>]*>")


def markdown(text, scale=1.0):
    """Estimate a piece of Markdown, without what is told, in words that are enlarged so many times.

    >>> markdown("## Title"), markdown("word " * 40), markdown("word " * 40, 1.3)
    (66, 128, 212)
    """
    text = texts.visible(text)
    heading = re.match(r"(#{1,6}) ", text)
    if heading:
        return HEADINGS.get(len(heading[1]), 56)
    if text.startswith("<details>"):
        answers = [line for line in text.splitlines() if line and not line.startswith("<")]
        return (1 + sum(map(_lines, answers))) * LINE + 2 * GAP  # open, and never enlarged
    if text.startswith("$$"):
        return scale * (FORMULA + 30 * (text.count(r"\\\\") + text.count("underbrace")))
    if text.startswith("|"):
        return _table(_rows(text), scale=scale)
    if text.startswith("```"):
        return code(text.strip("`"), scale)
    n_lines = sum(_lines(line, scale) for line in texts.items(text)) if text else 0
    air = OPTION * (scale - 1) * len(texts.items(text)) if text.startswith("- a) ") else 0
    return math.ceil(n_lines * LINE * scale + air) + GAP if text else 0


def _lines(text, scale=1.0):
    return max(1, math.ceil(len(_plain(text)) * scale / CHARACTERS))


def _plain(text):
    return re.sub(r"<[^>]+>|\]\([^)]*\)|[*`]", "", text)


def small_table(piece):
    """Tell whether a table is so high that it is set in smaller words.

    Args:
        piece: Markdown or HTML with at most one table.
    """
    rows = _rows(piece)
    return bool(rows) and _table(rows, 24) > HIGH_TABLE


def _rows(piece):
    if piece.startswith("|"):
        lines = [row for row in piece.splitlines() if not re.fullmatch(r"[|:\- ]+", row)]
        return [re.split(r"(?<!\\)\|", row.strip().strip("|")) for row in lines]
    found = re.findall(r"<tr>.*?</tr>", piece, re.S)
    return [re.findall(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", row, re.S) for row in found]


def _table(rows, size=None, scale=1.0):
    """Estimate a table; a high one is set in smaller words."""
    if size is None:
        size = 20 if _table(rows, 24) > HIGH_TABLE else 24
    rows = [[len(_plain(cell).strip()) for cell in row] for row in rows]
    columns = [max(lengths) for lengths in itertools.zip_longest(*rows, fillvalue=0)]
    most, line, air = TABLES[size]
    most, line = most / scale, line * scale
    # Columns with short words leave their room to the others, which share it by their lengths.
    room = most - 3 * len(columns)
    scale = min(1.0, room / max(1, sum(columns)))
    widths = [max(8, scale * each) for each in columns]
    heights = (max(math.ceil(n / width) for n, width in zip(row, widths, strict=False)) for row in rows)
    return sum(max(1, n_lines) * line + air for n_lines in heights) + GAP


def code(source, scale=1.0):
    """Estimate lines of code; a long one is broken."""
    lines = source.splitlines()
    n_lines = sum(max(1, math.ceil(len(line) * scale / CODE_CHARACTERS)) for line in lines)
    return math.ceil(n_lines * CODE_LINE * scale) + PADDING


def control(cell, zoom=1.0):
    """Estimate a control by the picture it leaves behind."""
    kind = control_kind(cell)
    if not kind:
        return CONTROL
    around, least = CONTROLS[kind]
    return max(around + zoom * sum(height for _, height in pictures(cell)), least)


def control_kind(cell):
    """Return `SLIDER`, `PLAYER`, `BUTTON`, or None for a control whose picture grows."""
    return next((words for words in CONTROLS if words in markup(cell)), None)


def markup(cell):
    """Return all HTML that a code cell shows."""
    return "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)


def outputs(cell, zoom=1.0, scale=1.0):
    """Estimate what a code cell shows, with its pictures enlarged, or its words."""
    return sum(_output(output, zoom, scale) for output in cell.outputs)


def _output(output, zoom, scale):
    data = output.get("data", {})
    if "text/html" in data:
        return _markup(data["text/html"], zoom, scale)
    return code(output.get("text") or data.get("text/plain", ""), scale)


def _markup(text, zoom, scale):
    rows = _rows(text)
    height = (_table(rows, scale=scale) if rows else 0) + (42 * scale if "<caption" in text else 0)
    shown = [zoom * _size(tag)[1] for tag in IMAGE.finditer(text)]
    height = max(height, *shown, 0) if _is_beside(text) else height + sum(shown)
    for drawing in re.findall(r"<svg\b[^>]*>", text):
        size = re.search(r'height="(\d+)', drawing)
        height += int(size[1]) if size else 300
    bare = re.sub(r"<table.*?</table>|<svg.*?</svg>", " ", IMAGE.sub("", text), flags=re.S)
    items = re.split(r"<li\b[^>]*>", bare)  # each begins a line
    words = [html.unescape(re.sub(r"(<[^>]+>|\s)+", " ", item)).strip() for item in items]
    lines = 1 if _is_beside(text) else sum(_lines(each, scale) for each in filter(None, words))
    return height + (lines * LINE * scale + GAP if any(words) else 0)


def _is_beside(text):
    return "inline-block" in text


def pictures(cell):
    """Return (width, height) of each picture that a code cell shows, as wide as on the page."""
    return [_size(tag) for tag in IMAGE.finditer(markup(cell))]


def best_zoom(cell, room):
    """Return how many times the pictures of a code cell, or of its control, can be enlarged.

    Args:
        cell: with at least one picture.
        room: pixels of height for all that it shows.
    """
    shown = pictures(cell)
    side, around = WIDTH, outputs(cell, 0.0)
    if "widget" in cell.metadata.get("tags", []):
        kind = control_kind(cell)
        side, around = WIDTH - (370 if kind == PLAYER else 0), CONTROLS[kind][0]
    beside = _is_beside(markup(cell)) and len(cell.outputs) == 1
    if beside and "<tr" in markup(cell):
        return 1.0  # The table beside it needs the width.
    if beside:
        side -= 17 * len(shown)
    width = sum(width for width, _ in shown) if beside else max(width for width, _ in shown)
    height = (max if beside else sum)(height for _, height in shown)
    return min(side / width, (min(room, HIGHEST + around) - around) / height, LARGEST)


def _size(tag):
    """Return the width and height of an `<img>` on the page."""
    width, height = size(base64.b64decode(tag[1].partition(",")[2]))
    shown = re.search(r'width="(\d+)"', tag[0])
    return (int(shown[1]), round(height * int(shown[1]) / width)) if shown else (width, height)


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
