"""Breakout for a network: many games at once, seen as small pictures of what lies inside the walls."""

from rl_helpers.atari import BlockCounts, ConsoleVectorEnv, LostLives
from rl_helpers.breakout.game.reading import CEILING, LEFT, RIGHT

GAME = "ALE/Breakout-v5"
BLOCK = 4, 4
FIELD = (CEILING, CEILING + 164), (LEFT, RIGHT)
"""Rows and columns of the screen inside the walls, down to where a ball is lost: 41 × 36 blocks."""


def field_view():
    """Return the view of the field: 41 × 36 counts of points that are not black, 0 to 16.

    Score and lives lie outside of it.

    >>> field_view().shape
    (41, 36)
    """
    return BlockCounts(*FIELD, block=BLOCK)


def make_breakout_games(num_envs=1, *, for_training=False, **console):
    """Return many games of `ALE/Breakout-v5` with small pictures.

    Args:
        num_envs: how many.
        for_training: whether rewards are clipped to their sign and a lost life costs 1 and terminates.
            Without it an episode is a game and its return is the score.
        **console: as `ConsoleVectorEnv` takes it.

    Returns:
        A Gymnasium vector environment, observations uint8 (num_envs, 2, 41, 36), the newest picture in front.

    >>> games = make_breakout_games(3)
    >>> games.reset(seed=0)[0].shape
    (3, 2, 41, 36)
    """
    env = ConsoleVectorEnv(GAME, num_envs, **({"view": field_view()} | console))
    return LostLives(env) if for_training else env


def mirrored_pictures(observations):
    """Return the same pictures with left and right swapped, (..., n_columns).

    >>> import numpy as np
    >>> mirrored_pictures(np.array([[1, 2, 3]])).tolist()
    [[3, 2, 1]]
    """
    return observations[..., ::-1]
