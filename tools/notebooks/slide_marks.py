"""Which cell begins a slide: worked out from a notebook's structure, so that its source stays readable.

A heading begins a slide. What a slide of 1280 × 720 cannot hold goes on below it, on sub-slides, broken where
it hurts least. Long Markdown cells are split for that between paragraphs. What is *Further* is skipped, and
so are claims and a learner's chores: imports, exercises' checks and solutions, hints, and code that shows
nothing. The tag `output-only`, given to cells whose code leaves no room for what they show, keeps the code
off the slide.

Where a rule is not right, the source says so itself, with "slide", "subslide" or "skip": above a text by
`+++ {"slideshow": {"slide_type": "subslide"}}`, in a code cell by `slideshow: {slide_type: skip}`.
"""

import ast
import itertools
import re
from dataclasses import dataclass

from tools.notebooks import lesson, slide_heights

BUDGET = 640  # pixels of 720: the rest is margin, and room for what is estimated too low
SKIPPED_SECTIONS = ("What you have solved",)
HEADING = re.compile(r"^#{1,6} ")
OUTPUT_ONLY = "output-only"
"""Tag of a code cell that shows on a slide what it draws, without its code."""
STYLES_KEY = "@deathbeds/jupyterlab-fonts"
_PRESENTING = "body[data-jp-deck-mode='presenting'] &"
_OF_MANY_ROWS = "table:has(tr:nth-child(9))"
# No selector here may hold a comma: jupyterlab-fonts splits them there, even inside brackets.
STYLES = {
    "styles": {
        ":root": {
            _PRESENTING: {
                "--jp-content-font-size1": "22px",
                "--jp-content-line-height": "1.4",
                "--jp-code-font-size": "16px",
            },
            f"{_PRESENTING} .jp-RenderedHTMLCommon table": {"font-size": "20px", "margin-left": "0"},
            **{
                f"{_PRESENTING} .jp-RenderedHTMLCommon {cell}": {"padding": "3px 12px", "line-height": "1.3"}
                for cell in ("th", "td")
            },
            **{
                f"{_PRESENTING} .jp-RenderedHTMLCommon {_OF_MANY_ROWS} {cell}": {
                    "padding": "1px 12px",
                    "line-height": "1.15",
                }
                for cell in ("th", "td")
            },
            f"{_PRESENTING} .jp-RenderedMarkdown": {"padding-top": "6px"},
            **{f"{_PRESENTING} .jp-RenderedMarkdown h{n}": {"margin-bottom": "12px"} for n in (1, 2, 3)},
            f"{_PRESENTING} .jp-RenderedHTMLCommon img": {"max-height": "620px", "object-fit": "contain"},
            **{
                f"{_PRESENTING} {part}": {"display": "none"}
                for part in (
                    ".jp-InputPlaceholder",
                    ".jp-Collapser",
                    ".jp-OutputArea-promptOverlay",  # a click on what is at the left would fold it away
                    f"[data-jpf-cell-tags*='{OUTPUT_ONLY}'] .jp-Cell-inputWrapper",
                    ".jp-CodeCell:has([class^='bob-']) .jp-Cell-inputWrapper",
                )
            },
            **{
                f"{_PRESENTING} .bob-{part}": {"font-size": f"{size}px"}
                for part, size in (
                    ("player", 20),
                    ("slider", 22),
                    ("stepper", 20),
                    ("title", 22),
                    ("name", 16),
                    ("key", 16),
                )
            },
            f"{_PRESENTING} .bob-push .jupyter-button": {
                "font-size": "20px",
                "height": "auto",
                "line-height": "1.8",
            },
            f"{_PRESENTING} .bob-push .widget-html-content": {"font-size": "20px", "line-height": "1.4"},
            f"{_PRESENTING} .bob-content table": {"font-size": "16px !important"},
            # The formula of an update says in its own style how large it is.
            f"{_PRESENTING} .jp-RenderedHTMLCommon table[style]": {"font-size": "18px !important"},
            f"{_PRESENTING} .jp-OutputArea-output table small": {"font-size": "16px"},
            f"{_PRESENTING} .jp-OutputArea-output table code": {"font-size": "16px"},
            # Many pictures of one cell stand in two columns.
            f"{_PRESENTING} .jp-CodeCell:has(.jp-OutputArea-child:nth-child(4)) .jp-OutputArea": {
                "display": "grid",
                "grid-template-columns": "1fr 1fr",
            },
        }
    }
}
"""How JupyterLab shows a notebook while it is presented, as its metadata tells `jupyterlab-slideshow`."""
QUESTION = re.compile(r"\*\*\d+\. .+\*\*$", re.DOTALL)
TOGETHER = float("inf")


@dataclass
class Piece:
    """What goes on one slide whole: a code cell, or a paragraph, list, table or formula of a text.

    Attributes:
        cell: the cell it is from.
        text: of a piece of Markdown; None for a code cell.
        height: estimated, in pixels.
        mark: "slide" or "subslide" to begin one, "skip", or None for what comes out best.
    """

    cell: object
    text: str | None
    height: int
    mark: str | None


def mark(notebook):
    """Split the notebook's texts and mark its cells, in place.

    Args:
        notebook: executed: how much fits a slide depends on what the cells show.
    """
    slides, section, over = [[]], "", False
    pieces = list(_pieces(notebook))
    for piece, following in itertools.pairwise([*pieces, None]):
        heading = re.match(r"##? +(.+)", piece.text or "")
        section = heading[1] if heading else section
        if section in SKIPPED_SECTIONS or section.startswith(lesson.FURTHER):
            piece.mark = "skip"
        if piece.mark is None and following is not None and _announces_a_chore(piece, following):
            piece.mark = "skip"
        if piece.mark is None and (heading or over):
            piece.mark = "slide" if heading else "subslide"
        if piece.mark is None and QUESTION.match(piece.text or "") and len(slides[-1]) > 1:
            piece.mark = "subslide"
        # What comes after an exercise is not part of it; what comes after a control may give its answer away.
        is_end = piece.text is None and (piece.cell.source.startswith("solution(") or _is_control(piece.cell))
        over = is_end or (over and piece.mark == "skip")
        if piece.mark in ("slide", "subslide"):
            slides.append([])
        slides[-1].append(piece)
    marked = [group for slide in slides if slide for group in _packed(slide)]
    notebook.cells = [cell for group in marked for cell in _cells(group)]


def _pieces(notebook):
    for cell in notebook.cells:
        own = cell.metadata.get("slideshow", {}).get("slide_type")
        if cell.cell_type == "code":
            height = slide_heights.code_cell(cell)
            if (
                height > BUDGET
                and cell.outputs
                and not _is_control(cell)
                and OUTPUT_ONLY not in cell.metadata.get("tags", [])
            ):
                # Code and picture do not fit side by side: the room sees the picture.
                cell.metadata["tags"] = [*cell.metadata.get("tags", []), OUTPUT_ONLY]
            if OUTPUT_ONLY in cell.metadata.get("tags", []):
                height = slide_heights.outputs(cell)
            yield Piece(cell, None, height, own or ("skip" if is_chore(cell) else None))
            continue
        for number, text in enumerate(paragraphs(cell.source)):
            hint = text.startswith("<details><summary>Hint")
            first = own if number == 0 or own == "skip" else None
            height = slide_heights.markdown(text)
            yield Piece(cell, text, height, first or ("skip" if hint else None))


def paragraphs(text):
    """Split Markdown where a slide may end; what belongs together stays so.

    >>> paragraphs("## A\\n\\nOne,\\ntwo:\\n\\n- three\\n\\n```\\nx\\n\\ny\\n```")
    ['## A', 'One,\\ntwo:', '- three', '```\\nx\\n\\ny\\n```']
    """
    parts = re.findall(
        r"<details>.*?</details>|```.*?^```|\$\$.*?\$\$|(?:[^\n]+\n?)+?(?=\n|\Z)", text, re.S | re.M
    )
    return [part.strip("\n") for part in parts if part.strip()]


def is_chore(cell):
    """Tell whether a code cell is nothing to look at: imports, checks, claims, or folded and silent."""
    folded = lesson.is_folded(cell)
    is_claim = lesson.CLAIM in cell.metadata.get("tags", [])
    statements = ast.parse(cell.source).body
    imports = all(isinstance(each, ast.Import | ast.ImportFrom) for each in statements)
    checks = re.match(r"(\w+ = )?check\.|solution\(", cell.source)
    return bool(imports or checks or is_claim or (folded and not cell.outputs))


def _packed(slide):
    """Break a run of pieces into slides that fit, where it hurts least; each group begins with its mark."""
    shown = [piece for piece in slide if piece.mark != "skip"]
    best = [(0.0, 0)]  # per number of pieces: the least cost, and where its last slide begins
    for end in range(1, len(shown) + 1):
        choices = []
        for start in range(end - 1, -1, -1):
            height = sum(piece.height for piece in shown[start:end])
            if height > BUDGET and start < end - 1:
                # Two pieces that must not be parted may be too high; then they go on one slide all the same.
                cost = 1000 + height
            else:
                cost = ((BUDGET - min(height, BUDGET)) / BUDGET) ** 2
            if start:
                cost += _cost_of_break(shown[start - 1], shown[start])
            choices.append((best[start][0] + 1 + cost, start))
        best.append(min(choices))
    starts, end = set(), len(shown)
    while end:
        end = best[end][1]
        starts.add(id(shown[end]))
    groups = []
    for piece in slide:
        begins = id(piece) in starts and not (shown and piece is shown[0])
        if begins:
            piece.mark = "subslide"
        elif shown and piece is shown[0]:
            piece.mark = piece.mark or "slide"
        if begins or not groups:
            groups.append([])
        groups[-1].append(piece)
    return groups


def _cost_of_break(before, after):
    """How much it hurts to part two pieces, beside 1 for one slide more."""
    if before.text is not None and HEADING.match(before.text):
        return TOGETHER
    if before.text is not None and before.text.rstrip().endswith(":"):
        return 3.0
    if after.text is not None and after.text.startswith("<details>"):
        return TOGETHER
    if after.text is not None and HEADING.match(after.text):
        return -0.5
    if after.text is None and _is_control(after.cell):
        return 2.0  # the question that the control answers
    if before.text is None and _is_control(before.cell):
        return 0.1
    if before.text is None and after.text is not None:
        return 0.8  # words that read what a cell has shown
    if after.text is None and before.text is not None:
        return 0.7  # words that lead to a cell
    return 0.1


def _announces_a_chore(piece, following):
    """Tell whether a short line leads to code that is not shown."""
    is_line = piece.text is not None and len(piece.text) < 100 and piece.text.endswith(":")
    return is_line and following.text is None and following.mark == "skip"


def _is_control(cell):
    return "widget" in cell.metadata.get("tags", [])


def _cells(group):
    """Put pieces of one text back together where no slide begins, and write the marks down."""
    cells, previous = [], None
    for piece in group:
        same = previous is not None and piece.text is not None and piece.cell is previous.cell
        if same and (piece.mark == "skip") == (previous.mark == "skip") and piece.mark != "subslide":
            cells[-1].source += "\n\n" + piece.text
        else:
            cell = piece.cell
            if piece.text is not None:
                cell = type(cell)(
                    cell | {"source": piece.text, "metadata": type(cell.metadata)(cell.metadata)}
                )
            if piece.mark:
                cell.metadata["slideshow"] = {"slide_type": piece.mark}
            cells.append(cell)
        previous = piece
    return cells


def counts(notebook):
    """Return how many slides there are from left to right, and how many in all."""
    marks = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in notebook.cells]
    return marks.count("slide"), sum(each in ("slide", "subslide") for each in marks)
