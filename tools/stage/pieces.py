"""What a notebook is made of, piece by piece: what is to be seen, what is said, what is neither."""

import ast
import itertools
import re
from dataclasses import dataclass, field

from tools.stage import heights, texts

SKIPPED_SECTIONS = re.compile(r"What you have solved|Further: ")
SAID_ALOUD = re.compile(
    r"<details><summary>Hint|About \d+ minutes(?:, and|\.)|After this notebook you"
    r"|\*\*(?:Read on|Next|Where to go):?\.?\*\*"
)
"""How texts begin that are on no slide: for the learner alone, or said by every teacher anyway."""
GUESS = "> Your guess: "
OUTPUT_ONLY = "output-only"
"""Tag of a code cell that shows on a slide what it draws, without its code."""
LEAST_ZOOM = {False: 0.8, True: 0.65}
"""Of the zoom that a picture alone would have: so small it may be for words, or for key sentences."""
VALUES = {
    "title": 9,
    "exercise": 9,
    "control": 9,
    "question": 8,
    "recap": 8,
    "picture": 7,
    "formula": 6,
    "table": 6,
    "terms": 6,
    "numbers": 5,
    "list": 5,
    "printed": 4,
    "texts": 3,
    "code": 2,
}
"""What slides show, and how much would be missed without them."""
MEAGRE = ("code", "printed")


@dataclass(eq=False)
class Piece:
    """What goes on one slide whole: a code cell, or a paragraph, list, table or formula of a text.

    Attributes:
        cell: the cell it is from.
        text: of a piece of Markdown; None for a code cell.
        own: the mark that the source gives it.
        kind: a key of `VALUES` for something to look at; "heading", "text" or "skip".
        shown: how much of a text is shown.
        is_lead_told: whether the sentence at its end is left out, for what it leads to is not shown.
        mark: what it is marked with in the end.
        style: of its cell while it is presented.
    """

    cell: object
    text: str | None
    own: str | None = None
    kind: str = "text"
    shown: int = texts.WHOLE
    is_lead_told: bool = False
    mark: str | None = None
    style: dict = field(default_factory=dict)

    def height(self, shown=None, *, is_key=False, scale=1.0):
        """Return its height in pixels.

        Args:
            shown: how much of a text; as it is if not given.
            is_key: whether it is beside key sentences, for which pictures may be smaller than for others.
            scale: how many times its words are enlarged.
        """
        if self.text is not None:
            text = texts.shortened(self.text, self.shown if shown is None else shown, self.is_lead_told)
            return heights.markdown(text, scale)
        zoom = self._least_zoom(is_key=is_key)
        if "widget" in self.cell.metadata.get("tags", []):
            return heights.control(self.cell, zoom)
        source = 0 if self.is_output() else heights.code(self.cell.source, scale)
        return heights.outputs(self.cell, zoom, scale) + source

    def full_height(self):
        """Return its height with pictures as large as a slide can have them."""
        if self.text is not None or "widget" in self.cell.metadata.get("tags", []):
            return self.height()
        zoom = self.most_zoom(heights.ROOM - heights.HEADINGS[2])
        more = heights.outputs(self.cell, zoom) - heights.outputs(self.cell, self._least_zoom())
        return self.height() + more

    def most_scale(self):
        """Return how many times its words can be enlarged so that no row and no line of code breaks."""
        if self.text and self.text.startswith(GUESS):
            return 1.0  # Its choices are buttons, which take more room than their words.
        if self.kind in ("text", "list", "heading", "formula"):
            return heights.SCALES[0]
        shown = self.text or heights.markup(self.cell)
        if self.kind == "control" or heights.small_table(shown) or re.search("<svg|<img", shown):
            return 1.0
        lines = self._height_of_lines(1.0)
        return next(scale for scale in heights.SCALES if self._height_of_lines(scale) <= scale * lines + 1)

    def _height_of_lines(self, scale):
        """Return its height without the docstring, whose lines may break."""
        if self.text is not None or self.is_output():
            return self.height(scale=scale)
        source = re.sub(r'""".*?"""', "", self.cell.source, flags=re.S)
        return heights.outputs(self.cell, scale=scale) + heights.code(source, scale)

    def _least_zoom(self, *, is_key=False):
        most = self.most_zoom(heights.ROOM - heights.HEADINGS[2])
        return max(LEAST_ZOOM[is_key] * most, min(most, 1.0))

    def is_output(self):
        """Tell whether a code cell is on slides without its code."""
        tags = self.cell.metadata.get("tags", [])
        return self.kind in ("picture", "numbers") or is_folded(self.cell) or OUTPUT_ONLY in tags

    def most_zoom(self, room):
        """Return how many times its pictures can be enlarged in a room of so many pixels; 1 without any."""
        is_fixed = "widget" in self.cell.metadata.get("tags", []) and not heights.control_kind(self.cell)
        if self.text is not None or is_fixed or not heights.pictures(self.cell):
            return 1.0
        return heights.best_zoom(self.cell, room)


@dataclass(eq=False)
class Slide:
    """One slide.

    Attributes:
        kind: a key of `VALUES`: the best that it shows.
        pieces: in the order of the notebook.
        kept: whether it must stay, because the source says so or its section has no other.
    """

    kind: str
    pieces: list = field(default_factory=list)
    kept: bool = False

    def things(self):
        """Return what there is to look at."""
        return [piece for piece in self.pieces if piece.kind not in ("text", "heading")]


def of_notebook(notebook):
    """Yield the pieces of a notebook."""
    is_skipped = False
    for cell, following in itertools.pairwise([*notebook.cells, None]):
        own = cell.metadata.get("slideshow", {}).get("slide_type")
        if cell.cell_type == "code":
            yield Piece(cell, None, own, "skip" if is_skipped or own == "skip" else kind_of(cell))
            continue
        parts = texts.paragraphs(cell.source)
        for number, text in enumerate(parts):
            heading = re.match(r"(#+) +(.+)", text)
            if heading and len(heading[1]) < 3:
                is_skipped = bool(SKIPPED_SECTIONS.match(heading[2]))
            kind = "heading" if heading else _kind_of_text(text)
            is_off = is_skipped or own == "skip" or SAID_ALOUD.match(text)
            if number == len(parts) - 1 and text.endswith(":") and len(text) < 100:
                is_off = is_off or (
                    following and following.cell_type == "code" and kind_of(following) == "skip"
                )
            yield Piece(cell, text, own if number == 0 else None, "skip" if is_off else kind)


def _kind_of_text(text):
    if text.startswith("$$"):
        return "formula"
    if text.startswith("|"):
        return "table"
    if text.startswith("```"):
        return "code"
    return "list" if texts.is_list(text) and len(texts.items(text)) > 2 and len(text) > 250 else "text"


def kind_of(cell):
    """Return what a code cell is on a slide: a key of `VALUES`, or "skip" for a chore."""
    tags = cell.metadata.get("tags", [])
    statements = ast.parse(cell.source).body
    imports = all(isinstance(each, ast.Import | ast.ImportFrom) for each in statements)
    checks = re.match(r"(\w+ = )?check\.|solution\(", cell.source)
    if imports or checks or "claim" in tags or (is_folded(cell) and not cell.outputs):
        return "skip"
    if "widget" in tags:
        return "control"
    markup = heights.markup(cell)
    if heights.IMAGE.search(markup) or "<svg" in markup:
        return "picture"
    if "<tr" in markup:
        return "numbers"
    return "printed" if cell.outputs else "code"


def is_folded(cell):
    """Tell whether a code cell shows its first line alone."""
    return bool(cell.metadata.get("jupyter", {}).get("source_hidden", False))
