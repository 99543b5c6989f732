"""Cuts a notebook into slides by its structure: a heading and one thing to look at, at most 25 in all.

What there is to look at: a control, a picture, a table, a formula, a list, code that prints something, an
exercise, a question of the quiz. Code that draws stays off the slide, and so does code that shows nothing
where its section has something better. With it goes what fits of the text before and after it: short
paragraphs whole, of longer ones the first sentence, definitions and questions. All else is left to the
speaker. What is *Further* is skipped, and so are claims and a learner's chores: imports, checks, solutions,
hints.

Where a rule is not right, the source says so itself, with "slide", "subslide" or "skip": above a text by
`+++ {"slideshow": {"slide_type": "subslide"}}`, in a code cell by `slideshow: {slide_type: skip}`. What is
marked as a slide begins one, which is always shown.
"""

import itertools
import re

from tools.stage import groups, heights, styles, texts
from tools.stage.pieces import OUTPUT_ONLY, VALUES, Slide, is_folded, of_notebook

MOST_SLIDES = 25


def mark(notebook):
    """Split the notebook's texts and mark its cells, in place.

    Args:
        notebook: executed: how much fits a slide depends on what the cells show.
    """
    sections = [Section(each) for each in _sections(list(of_notebook(notebook)))]
    while sum(len(section.slides) for section in sections) > MOST_SLIDES and _drop(sections):
        pass
    for section in sections:
        section.write()
    notebook.cells = _cells([piece for section in sections for piece in section.pieces])


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
            return groups.questions(pieces)
        if self._title == "Recap":
            return [Slide("recap", pieces, kept=True)]
        found = list(groups.grouped(pieces, is_exercise=self._title.startswith("Exercise")))
        if self._level == 1 and found:
            found[0].kind = "title"
        return groups.merged(found)

    def _fill(self):
        self.slides, self._group_of = [], {}
        for group in self._groups:
            filled = list(groups.filled(group))
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
            leads = list(itertools.takewhile(lambda piece: piece.kind == "text", group.pieces))
            for each in following:
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
            title = 0 if is_first else heights.HEADINGS[2]
            around = sum(piece.height() for piece in pieces) + title
            free = heights.ROOM - around if len(slide.things()) == 1 else 0
            scale = _scale(pieces, title, slide.kind == "question")
            for piece in pieces:
                _style(piece, free, scale, "" if is_first or piece is not pieces[0] else self._title)


def _scale(pieces, title, is_question):
    """Return how many times the words of a slide are enlarged, below a title that is so many pixels high."""
    most = min(piece.most_scale() for piece in pieces)
    if not is_question:
        most = min(most, heights.MOST_SCALE)
    room = (1 if is_question else heights.FULL) * heights.ROOM - title
    fits = (
        scale
        for scale in heights.SCALES
        if scale <= most and sum(piece.height(scale=scale) for piece in pieces) <= room
    )
    return next(fits, 1.0)


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


def _style(piece, free, scale, title):
    """Say how a piece looks on its slide: so many pixels are free for it, its words are enlarged so often."""
    zoom, shown = 1.0, piece.text or ""
    if piece.text is None:
        zoom = piece.most_zoom(piece.height() + free)
        shown = heights.markup(piece.cell)
        tags = piece.cell.metadata.get("tags", [])
        if piece.kind in ("picture", "numbers") and not is_folded(piece.cell) and OUTPUT_ONLY not in tags:
            piece.cell.metadata["tags"] = [*tags, OUTPUT_ONLY]
    small_table = piece.kind != "control" and heights.small_table(shown)
    piece.style = styles.of_cell(title, zoom, small_table=small_table, scale=scale)


def _cells(pieces):
    """Put pieces of one text back together where no slide begins, and write the marks down."""
    cells, previous = [], None
    for piece in pieces:
        is_off, begins = piece.mark == "skip", piece.mark in ("slide", "subslide")
        text = piece.text and _of_text(piece, is_off)
        same = previous is not None and text is not None and piece.cell is previous.cell
        if same and is_off == (previous.mark == "skip") and not begins:
            cells[-1].source += f"\n\n{text}"
        else:
            cell = piece.cell
            if text is not None:
                cell = type(cell)(cell | {"source": text, "metadata": type(cell.metadata)(cell.metadata)})
            cell.metadata.pop("slideshow", None)
            if piece.mark:
                cell.metadata["slideshow"] = {"slide_type": piece.mark}
            cells.append(cell)
        if piece.style:
            cells[-1].metadata[styles.KEY] = styles.joined(
                cells[-1].metadata.get(styles.KEY, {}), piece.style
            )
        previous = piece
    return cells


def _of_text(piece, is_off):
    return piece.text if is_off else texts.shortened(piece.text, piece.shown, piece.is_lead_told)


def counts(notebook):
    """Return how many slides there are from left to right, and how many in all."""
    marks = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in notebook.cells]
    return marks.count("slide"), sum(each in ("slide", "subslide") for each in marks)
