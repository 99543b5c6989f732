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
import itertools
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
LEAST_ZOOM = {False: 0.8, True: 0.65}
"""Of the zoom that a picture alone would have: so small it may be for words around it, or for key sentences."""
LEADS = re.compile(r"^Now\b|\b(?:[Ww]e|[Ll]et us|[Hh]ere (?:is|are)|next cell|below)\b")
"""What is said before something is to be seen, not after it."""
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
        shown: how much of a text is shown.
        mark: what it is marked with in the end.
        style: of its cell while it is presented.
    """

    cell: object
    text: str | None
    own: str | None = None
    kind: str = "text"
    shown: int = texts.WHOLE
    mark: str | None = None
    style: dict = field(default_factory=dict)

    def height(self, shown=None, *, is_key=False):
        """Return its height in pixels, for pictures as small as they may be, for key sentences or others."""
        if self.text is not None:
            return heights.markdown(texts.shortened(self.text, self.shown if shown is None else shown))
        most = self.most_zoom(heights.ROOM - heights.HEADINGS[2])
        zoom = max(LEAST_ZOOM[is_key] * most, min(most, 1.0))
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

    def things(self):
        """Return what there is to look at."""
        return [piece for piece in self.pieces if piece.kind not in ("text", "heading")]


def mark(notebook):
    """Split the notebook's texts and mark its cells, in place.

    Args:
        notebook: executed: how much fits a slide depends on what the cells show.
    """
    sections = [Section(pieces) for pieces in _sections(list(_pieces(notebook)))]
    while sum(len(section.slides) for section in sections) > MOST_SLIDES and _drop(sections):
        pass
    for section in sections:
        section.write()
    notebook.cells = _cells([piece for section in sections for piece in section.pieces])


def _pieces(notebook):
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
                is_off = is_off or (following and following.cell_type == "code" and kind_of(following) == "skip")
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


class Section:
    """What stands between two headings.

    Args:
        pieces: of the notebook; the first is the heading, except before the first one.

    Attributes:
        pieces: the same.
        slides: those that it has now.
    """

    def __init__(self, pieces):
        self.pieces = pieces
        self._heading = pieces[0] if pieces[0].kind == "heading" else None
        heading = re.match(r"(#+) +(.+)", self._heading.text) if self._heading else None
        self._level, self._title = (len(heading[1]), heading[2]) if heading else (0, "")
        self._groups = self._grouped([] if pieces[0].kind == "skip" else pieces[bool(heading) :])
        self._without_terms = []
        self._fill()

    def _grouped(self, pieces):
        pieces = [piece for piece in pieces if piece.kind != "skip"]
        if self._title == "Quiz":
            return _questions(pieces)
        if self._title == "Recap":
            return [Slide("recap", pieces, kept=True)]
        groups = list(_grouped(pieces, is_exercise=self._title.startswith("Exercise")))
        if self._level == 1 and groups:
            groups[0].kind = "title"
        return _merged(groups)

    def _fill(self):
        self.slides, self._group_of = [], {}
        for group in self._groups:
            filled = list(_filled(group))
            if group in self._without_terms and len(filled) > 1:
                filled = filled[1:]
            self._group_of |= dict.fromkeys(filled, group)
            self.slides += filled

    def drop(self, slide):
        """Do without a slide; texts that lead to what it shows lead to what comes next."""
        group = self._group_of[slide]
        if slide.kind == "terms" and group.kind != "terms":
            self._without_terms.append(group)
        else:
            place = self._groups.index(group)
            following = self._groups[place + 1 : place + 2]
            for each in following:
                leads = list(itertools.takewhile(lambda piece: piece.kind == "text", group.pieces))
                each.pieces = [*leads, *each.pieces]
            self._groups.remove(group)
        self._fill()

    def write(self):
        """Mark the pieces."""
        for piece in self.pieces:
            piece.mark = "skip"
        for number, slide in enumerate(self.slides):
            is_first = self._heading and number == 0
            pieces = [self._heading, *slide.pieces] if is_first else slide.pieces
            for piece in pieces:
                piece.mark = None
            is_top = number == 0 and self._level < 3
            pieces[0].mark = "slide" if is_top else "subslide"
            around = sum(piece.height() for piece in pieces) + (0 if is_first else heights.HEADINGS[2])
            free = heights.ROOM - around if len(slide.things()) == 1 else 0
            for piece in pieces:
                _style(piece, free, "" if is_first or piece is not pieces[0] else self._title)


def _questions(pieces):
    slides = []
    for piece in pieces:
        if QUESTION.match(piece.text or "") or not slides:
            slides.append(Slide("question"))
        slides[-1].pieces.append(piece)
    return slides


def _grouped(pieces, *, is_exercise):
    """Yield slides with one thing to look at each, and the texts that go with it."""
    waiting, last = [], None
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
    if last and last.kind not in ("control", "exercise"):
        last.pieces += waiting
    elif waiting and (not last or any("**" in piece.text for piece in waiting)):
        yield from [last] if last else []
        last = Slide("texts", waiting)
    yield from [last] if last else []


def _n_that_read(waiting, last):
    """Return how many of the texts between two things are about the first one; the others lead to the second.

    What comes after a control is not beside it, for it may give the answer away.
    """
    if last.kind == "control" or not waiting:
        return 0
    is_lead = waiting[-1].text.endswith((":", "?", "?*", "?**")) or LEADS.search(texts.sentences(waiting[-1].text)[-1])
    return len(waiting) - bool(len(waiting) > 1 or is_lead or last.kind == "exercise")


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
    slide = Slide(slide.kind, [piece for piece in slide.pieces if not _is_about_code(piece, slide)], slide.kept)
    words = [piece for piece in slide.pieces if piece.kind == "text"]
    things = [piece for piece in slide.pieces if piece.kind != "text"]
    free = heights.ROOM - heights.HEADINGS[1 if slide.kind == "title" else 2]
    room, more = (free - sum(piece.height(is_key=is_key) for piece in things) for is_key in (False, True))
    more -= room  # for key sentences
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
        space = room + more * (texts.is_key(piece.text) or piece.text.startswith("> "))
        piece.shown = next((each for each in choices if piece.height(each) <= space), None)
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


def _is_about_code(piece, slide):
    """Tell whether a text speaks of code that its slide does not show."""
    is_about = piece.kind == "text" and piece.text.startswith("`") and "?*" not in piece.text
    return is_about and slide.kind in ("picture", "control")


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
    """Leave out the slide that would be missed least; tells whether there was one."""
    found = [
        (VALUES[slide.kind], -len(section.slides), -number, section)
        for section in sections
        for number, slide in enumerate(section.slides)
        if len(section.slides) > 1 and not slide.kept and VALUES[slide.kind] < VALUES["question"]
    ]
    if found:
        *_, number, section = min(found, key=lambda each: each[:3])
        section.drop(section.slides[-number])
    return bool(found)


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
