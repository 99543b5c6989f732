"""Which pieces share a slide, and how much of the texts is shown beside what there is to look at."""

import itertools
import re

from tools.stage import heights, texts
from tools.stage.pieces import MEAGRE, VALUES, Slide

QUESTION = re.compile(r"\*\*\d+\. .+\*\*$", re.DOTALL)
LEADS = re.compile(r"^Now\b|\b(?:[Ww]e|[Ll]et us|[Hh]ere (?:is|are)|next cell|below)\b")
"""What is said before something is to be seen, not after it."""
MINUTES = re.compile(r"\*About \d+ minutes?\.\*")
ASKS = (":", "?", "?*", "?**")
LONG = 3 * heights.LINE + heights.GAP
"""Height from which on a paragraph beside something to look at is shortened."""
CALM = (370, 500, heights.ROOM)
"""How high texts alone may be whole, shortened, and as key sentences, before less of them is shown."""


def questions(pieces):
    """Return a slide for each question of a quiz."""
    slides = []
    for piece in pieces:
        if QUESTION.match(piece.text or "") or not slides:
            slides.append(Slide("question"))
        slides[-1].pieces.append(piece)
    return slides


def grouped(pieces, *, is_exercise):
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
    is_lead = waiting[-1].text.endswith(ASKS) or LEADS.search(texts.sentences(waiting[-1].text)[-1])
    return len(waiting) - bool(len(waiting) > 1 or is_lead or last.kind == "exercise")


def merged(slides):
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


def filled(slide):
    """Choose how much of a slide's texts is shown; yields it, after one for terms that it has no room for."""
    slide = Slide(slide.kind, list(_without_asides(slide)), slide.kept)
    words = [piece for piece in slide.pieces if piece.kind == "text"]
    things = [piece for piece in slide.pieces if piece.kind != "text"]
    for piece in words:
        piece.is_lead_told = False
    free = heights.ROOM - heights.HEADINGS[1 if slide.kind == "title" else 2]
    if any(piece.kind == "control" for piece in things):
        free += heights.LINE  # Its question must be beside it.
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
    told, left = [], []
    for piece in sorted(words, key=lambda piece: _rank(slide.pieces.index(piece) - first, piece)):
        is_short = piece.height(texts.WHOLE) <= LONG * (1 if slide.kind == "picture" else 1.6)
        choices = texts.SHOWN if is_short else texts.SHOWN[1:]
        is_only = slide.kind == "picture" and not told  # no picture without words
        is_key = texts.is_key(piece.text) or piece.text.startswith("> ") or is_only
        space = room + more * is_key
        piece.shown = next((each for each in choices if piece.height(each) <= space), None)
        if piece.shown is None:
            left.append(piece)
        else:
            told.append(piece)
            room -= piece.height()
    before = [piece for piece in slide.pieces[:first] if piece.kind == "text"]
    if slide.kind not in ("title", "exercise", "question") and any(
        "**" in p.text for p in left if p in before
    ):
        # What is defined there has a slide of its own; the last text, if it fits, stays with the thing.
        moved = before if before[-1] in left else before[:-1]
        own = Slide("terms", moved)
        slide.pieces = [piece for piece in slide.pieces if piece not in moved]
        for piece in moved:
            piece.shown = texts.WHOLE
        yield _of_texts(own, heights.ROOM - heights.HEADINGS[2])
        yield from filled(slide)
        return
    slide.pieces = [piece for piece in slide.pieces if piece not in left]
    _fill_up(slide, heights.FULL * free)
    slide.pieces = _that_lead_somewhere(slide.pieces)
    yield slide


def _fill_up(slide, room):
    """Show texts whole where that leaves things as large as they may be."""
    for piece in slide.pieces:
        room -= piece.full_height()
    for piece in slide.pieces:
        more = piece.height(texts.WHOLE) - piece.height()
        if piece.kind == "text" and more <= room and piece.height(texts.WHOLE) <= 2 * LONG:
            piece.shown = texts.WHOLE
            room -= more


def _that_lead_somewhere(pieces):
    """Leave out what ends in a colon and leads to something that is not on the slide."""
    found = []
    for piece, following in itertools.pairwise([*pieces, None]):
        seen = texts.visible(texts.shortened(piece.text or "", piece.shown))
        if piece.kind == "text" and seen.endswith(":") and (not following or following.kind == "text"):
            piece.is_lead_told = len(texts.sentences(seen)) > 1
            if not piece.is_lead_told:
                continue
        found.append(piece)
    return found


def _without_asides(slide):
    """Yield a slide's pieces but texts about code that it does not show, and minutes where a task is told."""
    said = [piece for piece in slide.pieces if piece.kind == "text"]
    is_told = not all(MINUTES.fullmatch(piece.text) for piece in said)
    for piece in slide.pieces:
        is_about_code = piece in said and piece.text.startswith("`") and "?*" not in piece.text
        if is_about_code and slide.kind in ("picture", "control"):
            continue
        if piece not in said or not (is_told and MINUTES.fullmatch(piece.text)):
            yield piece


def _rank(place, piece):
    """Return in which order texts get room, by their place beside the first thing: questions first."""
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
    slide.pieces = _that_lead_somewhere(slide.pieces)
    return slide
