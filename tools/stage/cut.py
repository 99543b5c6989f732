"""Cuts a notebook into slides by its structure: a heading and one thing to look at, at most 25 in all.

What there is to look at: a control, a picture, a table, a formula, a list, code that prints something, an
exercise, a question of the quiz. Code that draws stays off the slide, and code that shows nothing does where its
section has something better. With it goes what fits of the text before and after it: short paragraphs whole,
of longer ones the first sentence, definitions and questions. All else is left to the speaker. What is
*Further* is skipped, and so are claims and a learner's chores: imports, checks, solutions, hints.

Where a rule is not right, the source says so itself, with "slide", "subslide" or "skip": above a text by
`+++ {"slideshow": {"slide_type": "subslide"}}`, in a code cell by `slideshow: {slide_type: skip}`. What is
marked as a slide begins one, which is always shown.
"""

import ast
import re
from dataclasses import dataclass, field

from tools.stage import heights, styles, texts

MOST_SLIDES = 25
SKIPPED_SECTIONS = re.compile(r"What you have solved|Further: ")
SAID_ALOUD = re.compile(
    r"<details><summary>Hint|About \d+ minutes(?:, and|\.)|\*\*(?:Read on|Next|Where to go):?\.?\*\*|After this notebook you"
)
"""How texts begin that are on no slide: for the learner alone, or said by every teacher in their own words."""
OUTPUT_ONLY = "output-only"
"""Tag of a code cell that shows on a slide what it draws, without its code."""
QUESTION = re.compile(r"\*\*\d+\. .+\*\*$", re.DOTALL)
LEAST_ZOOM = 0.8
"""Of the zoom that a picture alone would have: so much smaller it may be for the sake of the words around it."""
LONG = 3 * heights.LINE + heights.GAP
"""Height from which on a paragraph beside something to look at is shortened."""
CALM = (370, 500, heights.ROOM)
"""How high texts alone may be whole, shortened, and as key sentences, before less of them is shown."""
VALUES = {
    "title": 9, "exercise": 9, "control": 9, "question": 8, "recap": 8, "picture": 7, "formula": 6, "table": 6,
    "terms": 6, "numbers": 5, "list": 5, "printed": 4, "texts": 3, "code": 2,
}  # fmt: skip
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
        slide: the slide it is on, or None.
        shown: how much of a text is shown.
        mark: what it is marked with in the end.
        style: of its cell while it is presented.
    """

    cell: object
    text: str | None
    own: str | None = None
    kind: str = "text"
    slide: object = None
    shown: int = texts.WHOLE
    mark: str | None = None
    style: dict = field(default_factory=dict)

    def height(self, shown=None):
        """Return its height in pixels, for pictures as small as they may be."""
        if self.text is not None:
            return heights.markdown(texts.shortened(self.text, self.shown if shown is None else shown))
        most = self.most_zoom(heights.ROOM - heights.HEADINGS[2])
        zoom = max(LEAST_ZOOM * most, min(most, 1.0))
        if "widget" in self.cell.metadata.get("tags", []):
            return heights.control(self.cell, zoom)
        return heights.outputs(self.cell, zoom) + (0 if self.is_output() else heights.code(self.cell.source))

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

    def add(self, *pieces):
        """Put pieces on it."""
        for piece in pieces:
            piece.slide = self
        self.pieces += pieces

    def things(self):
        """Return what there is to look at."""
        return [piece for piece in self.pieces if piece.kind not in ("text", "heading")]


def mark(notebook):
    """Split the notebook's texts and mark its cells, in place.

    Args:
        notebook: executed: how much fits a slide depends on what the cells show.
    """
    sections = list(_sections(list(_pieces(notebook))))
    slides = [_slides(section) for section in sections]
    _drop(slides)
    for section, its_slides in zip(sections, slides, strict=True):
        _write(section, its_slides)
    notebook.cells = _cells([piece for section in sections for piece in section])


def _pieces(notebook):
    is_skipped = False
    for cell in notebook.cells:
        own = cell.metadata.get("slideshow", {}).get("slide_type")
        if cell.cell_type == "code":
            yield Piece(cell, None, own, "skip" if is_skipped or own == "skip" else kind_of(cell))
            continue
        for number, text in enumerate(texts.paragraphs(cell.source)):
            heading = re.match(r"(#+) +(.+)", text)
            if heading and len(heading[1]) < 3:
                is_skipped = bool(SKIPPED_SECTIONS.match(heading[2]))
            kind = "heading" if heading else _kind_of_text(text)
            is_off = is_skipped or own == "skip" or SAID_ALOUD.match(text)
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


def _sections(pieces):
    section = []
    for piece in pieces:
        if piece.kind == "heading" and section:
            yield section
            section = []
        section.append(piece)
    yield section


def _title(section):
    heading = re.match(r"#+ +(.+)", section[0].text or "")
    return heading[1] if heading else ""


def _slides(section):
    """Return the slides of a section, filled."""
    pieces = [piece for piece in section[1:] if piece.kind != "skip"]
    if section[0].kind == "skip":
        return []
    if section[0].kind != "heading":
        pieces.insert(0, section[0])
    level = len(re.match("#*", section[0].text or "")[0])
    title = _title(section)
    if title == "Quiz":
        slides = _questions(pieces)
    elif title == "Recap":
        slides = [Slide("recap", pieces, kept=True)]
    else:
        slides = list(_grouped(pieces, title))
        if level == 1 and slides:
            slides[0].kind = "title"
    slides = _merged(slides or [Slide("texts", [])])
    return [each for slide in slides for each in _filled(slide)]


def _questions(pieces):
    slides = []
    for piece in pieces:
        if QUESTION.match(piece.text or "") or not slides:
            slides.append(Slide("question"))
        slides[-1].pieces.append(piece)
    return slides


def _grouped(pieces, title):
    """Yield slides with one thing to look at each, and the texts that go with it."""
    waiting, last, is_exercise = [], None, title.startswith("Exercise")
    has_better = any(piece.kind in VALUES and piece.kind not in ("list", *MEAGRE) for piece in pieces)
    for piece in pieces:
        begins = piece.own in ("slide", "subslide")
        if begins and waiting:
            yield from [last] if last else []
            last = Slide("texts", waiting)
            waiting = []
        if piece.kind == "text":
            waiting.append(piece)
            continue
        if piece.kind == "code" and has_better and not is_exercise:
            continue
        if last:
            n_after = _n_that_read(waiting, last)
            last.pieces += waiting[:n_after]
            waiting = waiting[n_after:]
            yield last
        last = Slide("exercise" if is_exercise else piece.kind, [*waiting, piece], kept=begins or is_exercise)
        waiting, is_exercise = [], False
    if last and last.kind != "control":
        last.pieces += waiting
    elif waiting:
        yield from [last] if last else []
        last = Slide("texts", waiting)
    yield from [last] if last else []


def _n_that_read(waiting, last):
    """Return how many of the texts between two things are about the first one; the others lead to the second.

    What comes after a control is not beside it, for it may give the answer away.
    """
    if last.kind == "control" or not waiting:
        return 0
    return len(waiting) - (len(waiting) > 1 or waiting[-1].text.rstrip().endswith((":", "?", "?*", "?**")))


def _merged(slides):
    """Put what is small together: a formula with its symbols, a few lines of code after others."""
    small = ("formula", "table", "numbers", "list", *MEAGRE)
    found = slides[:1]
    for slide in slides[1:]:
        before = found[-1]
        both = [*before.pieces, *slide.pieces]
        things = [piece for piece in both if piece.kind != "text"]
        few_words = sum(min(piece.height(texts.KEY), LONG) for piece in both if piece.kind == "text")
        height = heights.HEADINGS[2] + sum(piece.height() for piece in things) + few_words
        alike = {before.kind, slide.kind} <= set(MEAGRE) or not {before.kind, slide.kind} & set(MEAGRE)
        if {before.kind, slide.kind} <= set(small) and alike and len(things) < 4 and height <= heights.ROOM:
            before.pieces += slide.pieces
            before.kind = max(before.kind, slide.kind, key=VALUES.get)
            before.kept = before.kept or slide.kept
        else:
            found.append(slide)
    return found


def _filled(slide):
    """Choose how much of a slide's texts is shown; yields it, after one for texts that it has no room for."""
    words = [piece for piece in slide.pieces if piece.kind == "text"]
    things = [piece for piece in slide.pieces if piece.kind != "text"]
    room = heights.ROOM - heights.HEADINGS[1 if slide.kind == "title" else 2] - sum(p.height() for p in things)
    for piece in things:
        if room < 0 and piece.kind == "list":
            room += piece.height()
            piece.shown = texts.SHORT
            room -= piece.height()
    if not things:
        yield _of_texts(slide, room)
        return
    first = slide.pieces.index(things[0])
    left = []
    for piece in sorted(words, key=lambda piece: _rank(slide.pieces.index(piece) - first, piece)):
        is_short = piece.height(texts.WHOLE) <= LONG * (1 if slide.kind == "picture" else 1.6)
        choices = texts.SHOWN if is_short else texts.SHOWN[1:]
        piece.shown = next((each for each in choices if piece.height(each) <= room), None)
        if piece.shown is None:
            left.append(piece)
        else:
            room -= piece.height()
    before = [piece for piece in slide.pieces[:first] if piece.kind == "text"]
    if slide.kind not in ("title", "exercise", "question") and any("**" in p.text for p in left if p in before):
        # What is defined there has a slide of its own; the last text, if it fits, stays with the thing.
        moved = before if before[-1] in left else before[:-1]
        own = Slide("terms", moved)
        slide.pieces = [piece for piece in slide.pieces if piece not in moved]
        for piece in moved:
            piece.shown = texts.WHOLE
        yield _of_texts(own, heights.ROOM - heights.HEADINGS[2])
        yield from _filled(slide)
        return
    slide.pieces = [piece for piece in slide.pieces if piece not in left]
    yield slide


def _rank(place, piece):
    """Return in which order texts get room, by their place before or after the first thing: questions first."""
    is_question = piece.text.startswith("> ") or "?*" in piece.text
    return (not is_question, not piece.text.endswith(":"), abs(place + 0.5))


def _of_texts(slide, room):
    """Show of texts that stand alone what leaves the slide calm."""
    for shown, calm in zip(texts.SHOWN, CALM, strict=True):
        if sum(piece.height(shown) for piece in slide.pieces) <= min(calm, room):
            break
    for piece in slide.pieces:
        piece.shown = shown
    while slide.pieces and sum(piece.height() for piece in slide.pieces) > room:
        slide.pieces.pop()
    return slide


def _drop(sections):
    """Leave out what would be missed least until there are no more than `MOST_SLIDES`, in place."""
    while sum(map(len, sections)) > MOST_SLIDES:
        found = [
            (VALUES[slide.kind], -len(slides), number, slide)
            for slides in sections
            for number, slide in enumerate(slides)
            if len(slides) > 1 and not slide.kept and VALUES[slide.kind] < VALUES["question"]
        ]
        if not found:
            return
        *_, least = min(found, key=lambda each: each[:2] + (-each[2],))
        next(slides for slides in sections if least in slides).remove(least)


def _write(section, slides):
    """Mark the pieces of a section."""
    title, heading = _title(section), section[0] if section[0].kind == "heading" else None
    for piece in section:
        piece.mark = "skip"
    for number, slide in enumerate(slides):
        pieces = [heading, *slide.pieces] if heading and number == 0 else slide.pieces
        for piece in pieces:
            piece.mark = None
        if not pieces:
            continue
        is_top = number == 0 and (not heading or not heading.text.startswith("###"))
        pieces[0].mark = "slide" if is_top else "subslide"
        around = sum(piece.height() for piece in pieces) + (0 if heading in pieces else heights.HEADINGS[2])
        free = heights.ROOM - around if len(slide.things()) == 1 else 0
        for piece in pieces:
            _style(piece, free, title if piece is pieces[0] and piece is not heading else "")


def _style(piece, free, title):
    """Say how a piece looks on its slide, on which so many pixels are free."""
    zoom, shown = 1.0, piece.text or ""
    if piece.text is None:
        zoom = piece.most_zoom(piece.height() + free)
        shown = heights.markup(piece.cell)
        tags = piece.cell.metadata.get("tags", [])
        if piece.kind in ("picture", "numbers") and not is_folded(piece.cell) and OUTPUT_ONLY not in tags:
            piece.cell.metadata["tags"] = [*tags, OUTPUT_ONLY]
    small_table = piece.kind != "control" and heights.small_table(shown)
    piece.style = styles.of_cell(title, zoom, small_table=small_table)


def _cells(pieces):
    """Put pieces of one text back together where no slide begins, and write the marks down."""
    cells, previous = [], None
    for piece in pieces:
        text = None if piece.text is None else texts.shortened(piece.text, piece.shown if piece.mark != "skip" else texts.WHOLE)
        same = previous is not None and piece.text is not None and piece.cell is previous.cell
        if same and (piece.mark == "skip") == (previous.mark == "skip") and piece.mark not in ("slide", "subslide"):
            cells[-1].source += "\n\n" + text
        else:
            cell = piece.cell
            if text is not None:
                cell = type(cell)(cell | {"source": text, "metadata": type(cell.metadata)(cell.metadata)})
            cell.metadata.pop("slideshow", None)
            if piece.mark:
                cell.metadata["slideshow"] = {"slide_type": piece.mark}
            cells.append(cell)
        if piece.style:
            cells[-1].metadata[styles.KEY] = styles.joined(cells[-1].metadata.get(styles.KEY), piece.style)
        previous = piece
    return cells


def counts(notebook):
    """Return how many slides there are from left to right, and how many in all."""
    marks = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in notebook.cells]
    return marks.count("slide"), sum(each in ("slide", "subslide") for each in marks)
