"""Where the ball and the two paddles are: read from the console's memory or from its picture.

Both readers give the same `Reading`, in pixels of the 210 × 160 picture. The addresses and colours were found
by comparing the two, frame by frame; the tests do so again.
"""

from typing import NamedTuple

import numpy as np

TOP, BOTTOM = 34, 194  # the field's first row, and the first row of the lower wall
BALL_HEIGHT, PADDLE_HEIGHT, PADDLE_WIDTH = 4, 16, 4
OPPONENT_X, PADDLE_X = 16, 140  # the paddles' left columns

BALL_X, OPPONENT_Y, PADDLE_Y, BALL_Y = 49, 50, 51, 54  # addresses in the console's memory
WHITE, GREEN, ORANGE = 236, 92, 213  # what tells ball, paddle and opponent, by their red channel


class Reading(NamedTuple):
    """What there is to see in one picture of the game.

    Attributes:
        ball_x, ball_y: the ball's left column and top row, in pixels; None when there is no ball.
        paddle_y: top row of our paddle, the right one, which may be behind a wall in part.
        opponent_y: the same of the left one; None when it is not there.
    """

    ball_x: int | None
    ball_y: int | None
    paddle_y: int | None
    opponent_y: int | None


def read_memory(memory):
    """Return a `Reading` of the console's 128 bytes of memory.

    Args:
        memory: uint8 array (128,), what `gym.make("ALE/Pong-v5", obs_type="ram")` observes.

    >>> import ale_py, gymnasium as gym
    >>> env = gym.make("ALE/Pong-v5", obs_type="ram")
    >>> read_memory(env.reset(seed=0)[0])
    Reading(ball_x=None, ball_y=None, paddle_y=96, opponent_y=None)
    """
    data = bytes(memory)
    ball_x = ball_y = opponent_y = None
    if data[BALL_X] and data[BALL_Y]:
        ball_x, ball_y = data[BALL_X] - 49, data[BALL_Y] - 14
    if data[OPPONENT_Y] > TOP - 1:  # else all of it is above the field
        opponent_y = data[OPPONENT_Y] - 15
    # The console draws our paddle in steps of two rows.
    return Reading(ball_x, ball_y, (data[PADDLE_Y] - 13) & ~1, opponent_y)


def read_pixels(picture):
    """Return a `Reading` of the picture.

    In the right fifth of the field the console draws some balls a row too high. The first picture of a game
    does not show our paddle.

    Args:
        picture: uint8 array (210, 160, 3), what `gym.make("ALE/Pong-v5")` observes.

    >>> import ale_py, gymnasium as gym
    >>> env = gym.make("ALE/Pong-v5")
    >>> _ = env.reset(seed=0)
    >>> read_pixels(env.step(0)[0])
    Reading(ball_x=None, ball_y=None, paddle_y=96, opponent_y=None)
    """
    field = picture[TOP:BOTTOM, :, 0]
    ball = field == WHITE
    ball_x = int(ball.any(axis=0).argmax()) if ball.any() else None
    return Reading(
        ball_x,
        _top(ball.any(axis=1), BALL_HEIGHT),
        _top(_has(field, PADDLE_X, GREEN), PADDLE_HEIGHT),
        _top(_has(field, OPPONENT_X, ORANGE), PADDLE_HEIGHT),
    )


def _has(field, x, colour):
    """Return in which rows a paddle is seen; a ball in front of it hides two columns of four."""
    return (field[:, x : x + PADDLE_WIDTH] == colour).any(axis=1)


def _top(rows, height):
    """Return the top row of a thing of that height that is seen in these rows of the field, or None."""
    seen = np.flatnonzero(rows)
    if len(seen) == 0:
        return None
    if seen[0] == 0:  # its top may be hidden, its bottom is not
        return int(seen[-1]) + 1 - height + TOP
    return int(seen[0]) + TOP
