"""Landscapes behind the levels: a sky, far hills and near ones, which pass by at different speeds."""

from functools import cache
from typing import NamedTuple

import numpy as np

WIDTH, HEIGHT = 320, 208  # art pixels of a picture
FAR_SPEED, NEAR_SPEED = 8, 3  # the level passes by so many times as fast


class Theme(NamedTuple):
    """Colours of a landscape.

    Attributes:
        top, bottom: of the sky.
        far, near: of the two rows of hills.
        is_town: whether houses stand there instead of hills.
        has_stars: whether it is night.
    """

    top: str
    bottom: str
    far: str
    near: str
    is_town: bool = False
    has_stars: bool = False


DAY = Theme("#6fb7ea", "#dff2ff", "#a9d3d8", "#8cc79a")
THEMES = {
    "meadow": DAY,
    "rooftops": Theme("#e8865a", "#ffdca8", "#c9837a", "#8f5a72", is_town=True),
    "clockwork": Theme("#3c5a7a", "#a8c3c9", "#6d8a9b", "#51708a", is_town=True),
    "nightmare": Theme("#1c1630", "#5a3358", "#3a2548", "#291a38", has_stars=True),
}
"""By the name of a level; a level without a name of these has the day."""


def _rgb(colour: str) -> np.ndarray:
    return np.array(tuple(bytes.fromhex(colour[1:])), dtype=float)


@cache
def _sky(theme: Theme) -> np.ndarray:
    """Return the sky, (HEIGHT, WIDTH, 3): a few flat bands, as few colours as a GIF likes."""
    band = np.arange(HEIGHT) // 16 / (HEIGHT // 16 - 1)
    sky = _rgb(theme.top) + (_rgb(theme.bottom) - _rgb(theme.top)) * band[:, np.newaxis]
    picture = np.repeat(sky[:, np.newaxis], WIDTH, axis=1).astype(np.uint8)
    if theme.has_stars:
        rng = np.random.default_rng(3)
        picture[rng.integers(0, 110, 50), rng.integers(0, WIDTH, 50)] = (255, 244, 222)
        rows, columns = np.indices((HEIGHT, WIDTH))
        picture[(rows - 42) ** 2 + (columns - 250) ** 2 < 18**2] = (232, 105, 122)
    return picture


@cache
def _skyline(is_town: bool, seed: int, low: int, high: int) -> np.ndarray:
    """Return the height of a row of hills or houses over 960 columns, which fit together at their ends."""
    rng = np.random.default_rng(seed)
    columns = np.arange(3 * WIDTH)
    if is_town:
        heights = np.repeat(rng.integers(low, high, 40), 24)
        heights[columns % 24 == 0] -= 6
        return heights
    waves = sum(
        share * np.sin(2 * np.pi * (turns * columns / len(columns) + rng.random()))
        for turns, share in ((3, 0.5), (7, 0.3), (13, 0.2))
    )
    return (low + (high - low) * (0.5 + 0.5 * waves)).astype(int)


@cache
def _layer(theme: Theme, which: str) -> np.ndarray:
    """Return where a row of hills is, bool (HEIGHT, 960, 3)."""
    heights = _skyline(theme.is_town, *((1, 60, 120) if which == "far" else (2, 25, 80)))
    is_there = np.arange(HEIGHT)[:, np.newaxis] >= HEIGHT - 32 - heights
    return np.repeat(is_there[..., np.newaxis], 3, axis=2)


def landscape(name: str, left: int, width: int = WIDTH) -> np.ndarray:
    """Draw what is behind a level.

    Args:
        name: of the level.
        left: the column of the level, in art pixels, at the left of the picture.
        width: of the picture, in art pixels; another one than usual has neither moon nor stars.

    Returns:
        A new (208, width, 3) uint8 array.
    """
    theme = THEMES.get(name, DAY)
    sky = _sky(theme)
    picture = sky.copy() if width == WIDTH else sky[:, :1].repeat(width, axis=1)
    for which, speed in (("far", FAR_SPEED), ("near", NEAR_SPEED)):
        layer = _layer(theme, which)
        columns = (np.arange(width) + left // speed) % layer.shape[1]
        colour = _rgb(theme.far if which == "far" else theme.near).astype(np.uint8)
        np.copyto(picture, colour, where=layer[:, columns])
    return picture
