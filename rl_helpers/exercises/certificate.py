"""The certificate: a picture with the learner's name, the date, and what was solved."""

import datetime
import itertools
import unicodedata
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib import font_manager, ft2font
from PIL import Image, ImageDraw, ImageFont, features

from rl_helpers.notebook import palette
from rl_helpers.worlds.drawing import art, sprites
from rl_helpers.worlds.maps.actions import Action

WIDTH, HEIGHT = 1600, 1130
MOST_LETTERS = 100
PAPER, INK = "#FFFDF6", "#2B2B2B"
FLOOR_TILE = 3 * art.TILE
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
LIST_TOP, LIST_BOTTOM = 568, 800
NAME_MIDDLE, NAME_WIDTH = 350, 1300
BY_HAND = "No font on this computer has all letters of this name: the line waits for your pen."


def checked_name(name):
    """Return a name in one line, or say why it is none.

    Raises:
        TypeError, ValueError: with what came and what to do.

    >>> checked_name("  Ada   Lovelace ")
    'Ada Lovelace'
    """
    if not isinstance(name, str):
        raise TypeError(f'name is a {type(name).__name__}, expected a text, such as "Ada"')
    letters = [" " if letter.isspace() else letter for letter in unicodedata.normalize("NFC", name)]
    # What cannot be seen may not turn the words round it either; joiners belong to some scripts.
    kept = [
        each for each in letters if unicodedata.category(each) not in ("Cc", "Cs", "Cn") and not _turns(each)
    ]
    name = " ".join("".join(kept).split())
    if not name:
        raise ValueError('name is empty: write your own, such as check.certificate("Ada")')
    if len(name) > MOST_LETTERS:
        raise ValueError(
            f"name has {len(name)} letters, expected at most {MOST_LETTERS}: take a shorter form"
        )
    return name


def in_words(date):
    """Return a date as it stands on the certificate, the same in every country.

    >>> in_words(datetime.date(2027, 3, 1))
    '1 March 2027'
    """
    if not isinstance(date, datetime.date):
        raise TypeError(f"date is {date!r}, expected a datetime.date, such as datetime.date(2027, 3, 1)")
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def draw_certificate(name, date, solved):
    """Draw the certificate.

    Args:
        name: of the learner, in any script that a font on this computer has.
        date: a `datetime.date`.
        solved: from the title of each notebook to the names of its exercises, in the order of the course.

    Returns:
        The picture, a PIL image of 1600 × 1130 pixels, and a sentence on what could not be drawn, or "".

    Raises:
        TypeError, ValueError: if the name or the date is none.

    >>> picture, trouble = draw_certificate("Ada", datetime.date(2027, 3, 1), {"05 Q-learning": ["td_error"]})
    >>> picture.size, trouble
    ((1600, 1130), '')
    """
    name, day = checked_name(name), in_words(date)
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    _room(picture)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, WIDTH - 25, HEIGHT - 25), outline=palette.BLUE, width=6)
    pen.rectangle((38, 38, WIDTH - 39, HEIGHT - 39), outline=palette.ORANGE, width=2)
    n_solved = sum(map(len, solved.values()))
    _centred(pen, 125, "Certificate", _font("DejaVuSerif-Bold", 84), palette.BLUE)
    _centred(pen, 225, "This is to say that", _font("DejaVuSerif-Italic", 34), INK)
    trouble = _name(pen, name)
    words = f"has solved {'the exercise' if n_solved == 1 else f'all {n_solved} exercises'} of the course"
    _centred(pen, 460, words, _font("DejaVuSerif-Italic", 34), INK)
    _centred(pen, 520, "Bob learns: reinforcement learning", _font("DejaVuSerif-Bold", 36), INK)
    _list(pen, solved)
    pen.text((110, 866), day, font=_font("DejaVuSerif", 32), fill=INK, anchor="ls")
    pen.line((105, 880, 480, 880), fill=palette.GREY, width=2)
    pen.text((110, 912), "date", font=_font("DejaVuSerif-Italic", 24), fill=palette.GREY, anchor="ls")
    _paste(picture, art.draw(sprites.START), 5, (WIDTH - 330, 799))
    pen.line((WIDTH - 480, 880, WIDTH - 105, 880), fill=palette.GREY, width=2)
    words = "Bob, who learned it too"
    pen.text((WIDTH - 110, 912), words, font=_font("DejaVuSerif-Italic", 24), fill=palette.GREY, anchor="rs")
    return picture, trouble


def _turns(letter):
    return letter in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _room(picture):
    """Draw the floor at the bottom, with Bob at his post."""
    frame = art.Painter(["...R......P."]).frame(0, 9, [1], facing=Action.RIGHT)
    floor = Image.fromarray(art.enlarge(frame, FLOOR_TILE // art.TILE))
    inside = (44, HEIGHT - 44 - FLOOR_TILE, WIDTH - 44, HEIGHT - 44)
    left = (floor.width - (inside[2] - inside[0])) // 2
    picture.paste(floor.crop((left, 0, left + inside[2] - inside[0], inside[3] - inside[1])), inside[:2])


def _paste(picture, sprite, scale, place):
    pixels, mask = (Image.fromarray(art.enlarge(part.astype(np.uint8), scale)) for part in sprite)
    picture.paste(pixels, place, mask.convert("L").point(lambda value: 255 * bool(value)))


def _name(pen, name):
    """Write the name as large as the line allows; returns a sentence if it must be written by hand."""
    pen.line((150, 415, WIDTH - 150, 415), fill=palette.GREY, width=2)
    path = font_for(name)
    if path is None:
        return BY_HAND
    for lines in _in_lines(name):
        most = 92 if len(lines) == 1 else 52
        for size in range(most, 35, -4):
            font = ImageFont.truetype(str(path), size)
            if max(font.getlength(line) for line in lines) <= NAME_WIDTH:
                for number, line in enumerate(lines):
                    y = NAME_MIDDLE + 62 * (number - (len(lines) - 1) / 2)
                    _centred(pen, y, line, font, palette.VERMILION)
                return ""
    return "The name is too long for the certificate: take a shorter form."


def _in_lines(name):
    """Yield the name in one line, then in two that are as alike as its words allow."""
    yield [name]
    breaks = [place for place, letter in enumerate(name) if letter == " "] or [len(name) // 2]
    middle = min(breaks, key=lambda place: abs(place - len(name) / 2))
    yield [name[:middle].strip(), name[middle:].strip()]


def _list(pen, solved):
    """Write what was solved, in columns, as large as there is room for; numbers where names are too many."""
    counts = {title: [f"{len(names)} exercises"] for title, names in solved.items()}
    columns = min(max(len(solved), 1), 4)
    width, most = (WIDTH - 220) / columns, LIST_BOTTOM - LIST_TOP
    for each, size in itertools.product((solved, counts), range(24, 11, -1)):
        bold, plain, step = _font("DejaVuSans-Bold", size), _font("DejaVuSans", size), 1.32 * size
        parts = [(title, _wrapped(", ".join(names), plain, width - 24)) for title, names in each.items()]
        places = _columns([(len(lines) + 1.4) * step for _, lines in parts], columns, most)
        if places is not None:
            break
    for (title, lines), (column, y) in zip(parts, places, strict=True):
        x, y = 110 + column * width, LIST_TOP + y
        pen.text((x, y), title, font=bold, fill=palette.BLUE)
        for number, line in enumerate(lines, start=1):
            pen.text((x, y + number * step), line, font=plain, fill=INK)


def _wrapped(text, font, width):
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _columns(heights, n_columns, most):
    """Return a column and a height from the top for each part, in order; None if they do not fit."""
    placed, column, y = [], 0, 0.0
    for height in heights:
        if y and y + height > most:
            column, y = column + 1, 0.0
        placed.append((column, y))
        y += height
    return placed if column < n_columns and max(heights, default=0) <= most else None


def _centred(pen, y, text, font, colour):
    pen.text((WIDTH / 2, y), text, font=font, fill=colour, anchor="mm")


@cache
def _font(name, size):
    return ImageFont.truetype(str(_fonts() / f"{name}.ttf"), size)


def _fonts():
    """Return the folder of the fonts that come with matplotlib, the same on every computer."""
    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def font_for(text):
    """Return the path of a font that has all letters of a text, and can put them in their order, or None.

    >>> font_for("Ada Lovelace").name
    'DejaVuSerif-Bold.ttf'
    """
    if not features.check("raqm") and any(_needs_shaping(letter) for letter in text):
        return None
    ours = [_fonts() / f"{name}.ttf" for name in ("DejaVuSerif-Bold", "DejaVuSans-Bold", "DejaVuSans")]
    for path in ours:
        if _has(path, text):
            return path
    # A look through all fonts takes a while, and is needed for other scripts only.
    return next((Path(path) for path in sorted(font_manager.findSystemFonts()) if _has(path, text)), None)


def _needs_shaping(letter):
    """Return whether a letter is written from right to left, or changes with its neighbours."""
    return unicodedata.bidirectional(letter) in ("R", "AL") or unicodedata.category(letter) in ("Mn", "Mc")


def _has(path, text):
    try:
        font = ft2font.FT2Font(str(path))
        return font.scalable and all(
            font.get_char_index(ord(letter)) for letter in text if letter.isprintable()
        )
    except (OSError, RuntimeError):
        return False
