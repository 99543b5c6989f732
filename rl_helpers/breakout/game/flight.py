"""How the ball flies: straight, mirrored by walls, ceiling and bricks. No paddle, no player."""

from math import ceil
from typing import NamedTuple

from rl_helpers.breakout.game.reading import (
    BRICK_HEIGHT,
    BRICK_WIDTH,
    CEILING,
    LEFT,
    N_COLUMNS,
    N_ROWS,
    RIGHT,
)

LANDING = 186  # the ball's top row when it touches the paddle
WALL_REACH = 99  # above this row there may be bricks
FAST = 3.375  # rows a frame, once a brick of the three upper rows has been hit in this life
SPEEDS = ((0.5, 2), (1, 1), (1, 1.5), (1.5, 1), (1.5, 2), (2, 1), (2, 2), (2, FAST))
"""The eight speeds of the game, columns and rows a frame."""

MOST_FRAMES = 400


class Ball(NamedTuple):
    """The ball in flight.

    Attributes:
        x, y: left column and top row, in pixels.
        vx, vy: speed to the right and downwards, in pixels a frame.
        armed: whether it breaks bricks. One brick takes that from it, paddle and ceiling give it back; in
            between it flies through bricks.
    """

    x: float
    y: float
    vx: float
    vy: float
    armed: bool = True


def nearest_speed(dx, dy):
    """Return the speed of the game that is nearest to a measured one.

    >>> nearest_speed(-1.9, 3.25)
    (-2, 3.375)
    """
    across, down = abs(dx), abs(dy)
    across, down = min(SPEEDS, key=lambda speed: abs(speed[0] - across) + abs(speed[1] - down))
    return (across if dx >= 0 else -across), (down if dy >= 0 else -down)


def fly(ball, bricks, n_frames):
    """Return the ball after some frames, no further down than the paddle's row.

    Args:
        ball: a `Ball`.
        bricks: 108 bytes, as in a `Reading`.
        n_frames: how long it flies.

    >>> fly(Ball(20, 160, -2, -2), bytes(108), 10)
    Ball(x=12, y=140, vx=2, vy=-2, armed=True)
    """
    x, y, vx, vy, armed = ball
    for _ in range(n_frames):
        if y >= LANDING and vy > 0:
            break
        x, y, vx, vy, armed, _ = _frame(x, y, vx, vy, armed, bricks)
    return Ball(x, y, vx, vy, armed)


def landing(ball, bricks):
    """Return where and when the ball comes down, seen through the bricks that still stand.

    Args:
        ball: a `Ball`.
        bricks: 108 bytes, as in a `Reading`.

    Returns:
        The ball's left column when it reaches the paddle's row, and the frames until then.

    >>> landing(Ball(60, 126, 1, 1), bytes(108))
    (120, 60)
    >>> landing(Ball(60, 126, 1, -1), bytes([1]) * 108)     # up to the wall, and back
    (116, 126)
    """
    x, y, vx, vy, armed = ball
    n_frames = 0
    while n_frames < MOST_FRAMES:
        if vy > 0 and y > WALL_REACH:
            rest = max(0, ceil((LANDING - y) / vy))
            return _across(x, vx, rest)[0], n_frames + rest
        if vy < 0 and y > WALL_REACH:
            rest = ceil((y - WALL_REACH) / -vy)
            (x, vx), y = _across(x, vx, rest), y + vy * rest
            n_frames += rest
            continue
        x, y, vx, vy, armed, broken = _frame(x, y, vx, vy, armed, bricks)
        if broken is not None:
            bricks = bricks[:broken] + b"\0" + bricks[broken + 1 :]
        n_frames += 1
    return x, n_frames


def straight_landing(ball):
    """Return where and when the ball comes down if it turns at the lower edge of the untouched wall.

    >>> straight_landing(Ball(60, 126, 1, 1))
    (120, 60)
    """
    x, y, vx, vy, _ = ball
    rows = LANDING - y if vy > 0 else max(0, y - 93) + LANDING - 93
    n_frames = max(0, ceil(rows / abs(vy)))
    return _across(x, vx, n_frames)[0], n_frames


def _frame(x, y, vx, vy, armed, bricks):
    """Return position and speed one frame later, and the number of the brick broken, or None."""
    broken = None
    if armed and y < WALL_REACH:
        row, column = (int(y) - (58 if vy < 0 else 55)) // BRICK_HEIGHT, (int(x) - LEFT) // BRICK_WIDTH
        if 0 <= row < N_ROWS and 0 <= column < N_COLUMNS and bricks[row * N_COLUMNS + column]:
            broken, armed, vy = row * N_COLUMNS + column, False, -vy
            if row <= 2:
                vx, vy = (2.0 if vx > 0 else -2.0), (FAST if vy > 0 else -FAST)
    if vy < 0 and y <= CEILING:
        vy, armed = -vy, True
    x, vx = _across(x, vx, 1)
    return x, y + vy, vx, vy, armed, broken


def _across(x, vx, n_frames):
    """Return column and speed after some frames between the side walls."""
    while n_frames > 0:
        if vx > 0:
            to_wall = max(1, ceil((RIGHT - 1 - x) / vx))
        elif vx < 0:
            to_wall = max(1, ceil((x - LEFT + 0.01) / -vx))
        else:
            return x, vx
        if to_wall > n_frames:
            return x + vx * n_frames, vx
        x, vx, n_frames = x + vx * to_wall, -vx, n_frames - to_wall
    return x, vx
