"""Breakout for a network: many games at once, seen as small pictures of what lies inside the walls."""

import numpy as np

from rl_helpers.atari.many import BlockCounts, ConsoleVectorEnv
from rl_helpers.breakout.game.reading import CEILING, LEFT, RIGHT, WALL_BOTTOM, WALL_TOP
from rl_helpers.breakout.states import MIRRORED

GAME = "ALE/Breakout-v5"
BLOCK = 4, 4
MIRROR = np.array(MIRRORED)
FIELD = (CEILING, CEILING + 164), (LEFT, RIGHT)
"""Rows and columns of the screen inside the walls, down to where a ball is lost: 41 × 36 blocks."""


def field_view():
    """Return the view of the field: 41 × 36 counts of points that are not black, 0 to 16.

    Score and lives lie outside of it.

    >>> field_view().shape
    (41, 36)
    """
    return BlockCounts(*FIELD, block=BLOCK)


def untouched_wall():
    """Return the picture of the field with all bricks and nothing else, uint8 (41, 36)."""
    screen = np.zeros((210, 160), np.uint8)
    screen[WALL_TOP:WALL_BOTTOM, LEFT:RIGHT] = 1
    return field_view()(screen)


def make_breakout_games(num_envs=1, **console):
    """Return many games of `ALE/Breakout-v5` with small pictures; rewards are the points.

    Args:
        num_envs: how many.
        **console: as `ConsoleVectorEnv` takes it.

    Returns:
        A Gymnasium vector environment, observations uint8 (num_envs, 2, 41, 36), the newest picture last.

    >>> games = make_breakout_games(3)
    >>> games.reset(seed=0)[0].shape
    (3, 2, 41, 36)
    """
    return ConsoleVectorEnv(GAME, num_envs, **({"view": field_view()} | console))


def mirrored_pictures(observations, actions):
    """Return what is seen and done in a mirror: left and right swapped.

    Args:
        observations: (n, n_pictures, n_rows, n_columns).
        actions: int (n,).

    >>> import numpy as np
    >>> pictures, actions = mirrored_pictures(np.array([[[[1, 2, 3]]]]), np.array([2]))
    >>> pictures.tolist(), actions.tolist()
    ([[[[3, 2, 1]]]], [3])
    """
    return observations[..., ::-1], MIRROR[actions]
