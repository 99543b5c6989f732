"""Still pictures of whole levels."""

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.super_bob.drawing.painter import CELL, picture
from rl_helpers.super_bob.drawing.scenery import HEIGHT
from rl_helpers.super_bob.game.single import Game, first_state
from rl_helpers.super_bob.levels import level_of

GAP = 8  # pixels between the strips of a level


def whole_level(level, *, n_strips=1):
    """Draw a whole level, in strips below each other.

    Args:
        level: as `level_of` takes it.
        n_strips: how many.

    Returns:
        A uint8 array (height, width, 3).

    >>> whole_level("B..F" + chr(10) + "####").shape
    (208, 64, 3)
    """
    level = level_of(level)
    whole = picture(Game(level), first_state(level), n_columns=level.n_columns)
    n_strips = count("n_strips", n_strips)
    width = -(-level.n_columns // n_strips) * CELL
    page = np.full((n_strips * (HEIGHT + GAP) - GAP, width, 3), 255, dtype=np.uint8)
    for number in range(n_strips):
        strip = whole[:, number * width : (number + 1) * width]
        top = number * (HEIGHT + GAP)
        page[top : top + HEIGHT, : strip.shape[1]] = strip
    return page
