"""Films made of films: beside each other, with a title, faster or slower."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from rl_helpers.arguments import number_in
from rl_helpers.gifs.frames import open_film

_GAP = 8  # pixels between two films
_TEXT = 13  # height of a title's letters with their spacing, pixels
_PAPER, _INK = 255, 0  # white and black: two colours more, so that films of few colours stay exact


class Film:
    """Frames that are made when it is their turn, so that a long film takes up no memory.

    What is made of lists can be gone through again and again, what is made of a generator only once.

    Args:
        make: function without arguments that returns an iterator of frames.

    >>> film = Film(lambda: iter("abc"))
    >>> "".join(film) + "".join(film)
    'abcabc'
    """

    def __init__(self, make):
        self._make = make

    def __iter__(self):
        return self._make()


def side_by_side(films):
    """Put films beside each other, each under its title.

    They start together; a shorter one holds its last frame until the longest is over. Where they have
    different frames per second, the fastest film's are taken and each shows what is due.

    Args:
        films: dict from title to frames, as `create_gif` takes them.

    Returns:
        A `Film` of dicts with `"frame"` and `"render_fps"`, for `create_gif` or `create_video`.

    Raises:
        TypeError, ValueError: if there are no films, or one has frames that cannot be used.

    >>> black, white = np.zeros((20, 30, 3), np.uint8), np.full((20, 30, 3), 255, np.uint8)
    >>> frames = list(side_by_side({"0": [black], "1": [black, white]}))
    >>> len(frames), frames[0]["frame"].shape
    (2, (40, 68, 3))
    """
    if not isinstance(films, dict) or not films:
        raise ValueError('films is not a dict from titles to frames: give e.g. {"before": frames}')
    for title, frames in films.items():
        if isinstance(frames, list | tuple):
            _opened(title, frames)
    return Film(lambda: _side_by_side(films))


def with_title(frames, title):
    """Write a title above a film.

    Args:
        frames: as `create_gif` takes them.
        title: one line of text.

    Returns:
        A `Film` of dicts with `"frame"` and `"render_fps"`, for `create_gif` or `create_video`.
    """
    return side_by_side({title: frames})


def change_speed(frames, factor):
    """Play a film faster or slower. No frame is lost: each is shown for a shorter or longer time.

    Args:
        frames: as `create_gif` takes them.
        factor: 2 for twice as fast, 0.5 for half as fast; above 0.

    Returns:
        A `Film` of dicts with `"frame"` and `"render_fps"`, for `create_gif` or `create_video` without fps.

    >>> [each["render_fps"] for each in change_speed([np.zeros((2, 2), np.uint8)], 2)]
    [60.0]
    """
    factor = number_in("factor", factor, 0, 1000, low_open=True)

    def make():
        pictures, _, fps = open_film(frames, None)
        for picture in pictures:
            yield {"frame": picture, "render_fps": fps * factor}

    return Film(make)


def _side_by_side(films):
    opened = [_opened(title, frames) for title, frames in films.items()]
    titles = [_title_bar(title) for title in films]
    shapes = [shape for _, shape, _ in opened]
    fastest = max(fps for _, _, fps in opened)
    bar = max(title.shape[0] for title in titles)
    widths = [max(width, title.shape[1]) for (_, width), title in zip(shapes, titles, strict=True)]
    page = np.full(
        (bar + max(height for height, _ in shapes), sum(widths) + _GAP * (len(films) - 1), 3),
        _PAPER,
        np.uint8,
    )
    places, column = [], 0
    for (height, width), title, room in zip(shapes, titles, widths, strict=True):
        start = column + (room - title.shape[1]) // 2
        page[: title.shape[0], start : start + title.shape[1]] = title[:, :, None]
        start = column + (room - width) // 2
        places.append(page[bar : bar + height, start : start + width])
        column += room + _GAP
    players = [_Player(pictures, fps / fastest) for pictures, _, fps in opened]
    step = 0
    while True:
        for player, place in zip(players, places, strict=True):
            player.show(step, place)
        if all(player.over for player in players):
            return
        yield {"frame": page.copy(), "render_fps": fastest}
        step += 1


class _Player:
    """Shows a film's frame that is due, and holds the last one."""

    def __init__(self, pictures, pace):
        self._pictures, self._pace, self._n_taken = pictures, pace, 0
        self.over = False

    def show(self, step, place):
        due = int(step * self._pace + 1e-9) + 1
        while self._n_taken < due and not self.over:
            picture = next(self._pictures, None)
            if picture is None:
                self.over = True
                return
            place[:] = picture
            self._n_taken += 1


def _opened(title, frames):
    try:
        return open_film(frames, None)
    except (TypeError, ValueError) as error:
        raise type(error)(f"film {title!r}: {error}") from None


def _title_bar(title):
    """Return a title as uint8 array (height, width), black on white without shades between."""
    import matplotlib  # only for its font, which has the Greek letters of the course

    font = ImageFont.truetype(Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf"), _TEXT)
    width = int(font.getlength(str(title))) + 8
    image = Image.new("L", (width, _TEXT + 7), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.fontmode = "1"
    draw.text((4, _TEXT + 1), str(title), fill=_INK, font=font, anchor="ls")
    return np.asarray(image)
