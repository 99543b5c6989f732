"""Where the ball, the paddle and the bricks are: read from the console's memory or from its picture.

Both readers give the same `Reading`, in pixels of the 210 × 160 picture, so that nothing above them needs to
know which one it was.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

FRAMES = 4  # pictures of the console from one decision to the next
N_ROWS, N_COLUMNS = 6, 18
CEILING = 32  # the first row of the field
LEFT, RIGHT = 8, 152  # the field's first column, and the first column of the right wall
WALL_TOP, BRICK_HEIGHT, BRICK_WIDTH = 57, 6, 8
WALL_BOTTOM = WALL_TOP + N_ROWS * BRICK_HEIGHT
PADDLE_TOP, PADDLE_BOTTOM = 189, 193
BALL_WIDTH, BALL_HEIGHT = 2, 4
WIDE, NARROW = 16, 12  # the paddle, which shrinks when the ball has been at the ceiling

BALL_X, BALL_Y, PADDLE_X, LIVES, PADDLE_SIZE = 99, 101, 72, 57, 108  # addresses in the console's memory
BRICK_BYTES = 36  # the first bytes of the memory are the wall
RED, GREY = 200, 142  # what tells ball and paddle, and the digits of the score, by their red channel


class Reading(NamedTuple):
    """What there is to see in one picture of the game.

    Attributes:
        ball_x, ball_y: the ball's left column and top row, in pixels; None when there is no ball.
        paddle_x: the paddle's left column.
        paddle_width: how much of the paddle can be seen; its right end may be behind the right wall.
        lives: lives left, the one that is played included.
        bricks: 108 bytes, 1 where a brick stands, row by row from the top left.
    """

    ball_x: int | None
    ball_y: int | None
    paddle_x: int
    paddle_width: int
    lives: int
    bricks: bytes


def read_memory(memory):
    """Return a `Reading` of the console's 128 bytes of memory.

    Args:
        memory: uint8 array (128,), what `gym.make("ALE/Breakout-v5", obs_type="ram")` observes.

    >>> import ale_py, gymnasium as gym
    >>> env = gym.make("ALE/Breakout-v5", obs_type="ram")
    >>> reading = read_memory(env.reset(seed=0)[0])
    >>> reading.ball_x, reading.paddle_x, reading.lives, sum(reading.bricks)
    (None, 99, 5, 108)
    """
    data = bytes(memory)
    paddle_x = data[PADDLE_X] - 47
    width = WIDE if data[PADDLE_SIZE] & 2 == 0 else NARROW
    ball_x, ball_y = data[BALL_X] - 49, data[BALL_Y] + 9
    if not CEILING - 4 < ball_y < PADDLE_BOTTOM:  # there is none, or it has fallen past the paddle
        ball_x = ball_y = None
    return Reading(
        ball_x,
        ball_y,
        paddle_x,
        min(width, RIGHT - paddle_x),
        data[LIVES],
        _bricks_in_memory(data[:BRICK_BYTES]),
    )


def read_pixels(picture):
    """Return a `Reading` of the picture.

    The picture does not show everything. The ball is hidden by bricks, by the side walls and at the ceiling;
    between and behind bricks it is off by up to two rows. When a life is lost, the digit follows a little
    later, and never falls below 1.

    Args:
        picture: uint8 array (210, 160, 3), what `gym.make("ALE/Breakout-v5")` observes.

    >>> import ale_py, gymnasium as gym
    >>> env = gym.make("ALE/Breakout-v5")
    >>> reading = read_pixels(env.reset(seed=0)[0])
    >>> reading.ball_x, reading.paddle_x, reading.lives, sum(reading.bricks)
    (None, 99, 5, 108)
    """
    red = picture[:, :, 0]
    bricks = _bricks_in_picture(red)
    paddle_x, paddle_width = _paddle(red)
    ball_x, ball_y = _ball(red, bricks, paddle_x, paddle_width)
    return Reading(ball_x, ball_y, paddle_x, paddle_width, _lives(red), bricks)


@lru_cache(maxsize=256)  # The wall changes once in twenty decisions or so.
def _bricks_in_memory(data):
    """Return the 108 bricks from the 36 bytes that hold the wall, two bits a brick."""
    return bytes(data[byte - row] >> bit & 1 for row in range(N_ROWS) for byte, bit in _PLACES)


def _places():
    """Return for each column where the top row has its bit: six bytes, each with a direction of its own.

    The console draws the wall in six strips, and the bits of every second one run backwards.
    """
    for first, last, byte, bit, direction in (
        (0, 0, 35, 6, 1),
        (1, 4, 29, 7, -1),
        (5, 8, 23, 0, 1),
        (9, 10, 17, 4, 1),
        (11, 14, 11, 7, -1),
        (15, 17, 5, 0, 1),
    ):
        for column in range(first, last + 1):
            yield byte, bit + 2 * direction * (column - first)


_PLACES = tuple(_places())

# The red channel of each row's colour. The console draws the ball in the colour of the bricks beside it, and
# above them in that of the ceiling.
_ROW_RED = np.array([200, 198, 180, 162, 72, 66], np.uint8)[:, None]
_LEFT_ENDS = slice(LEFT, RIGHT, BRICK_WIDTH)
_RIGHT_ENDS = slice(LEFT + BRICK_WIDTH - 1, RIGHT, BRICK_WIDTH)
_ROW_TOPS = slice(WALL_TOP, WALL_BOTTOM, BRICK_HEIGHT)


_LINE_RED = np.full((210, 1), RED, np.uint8)
_WALL = slice(WALL_TOP - CEILING, WALL_BOTTOM - CEILING)
_LINE_RED[:WALL_TOP] = GREY
_LINE_RED[WALL_TOP:WALL_BOTTOM] = np.repeat(_ROW_RED, BRICK_HEIGHT, axis=0)


def _bricks_in_picture(red):
    """Return the bricks: both upper corners have the row's colour, and the ball is too small to be both."""
    left, right = red[_ROW_TOPS, _LEFT_ENDS], red[_ROW_TOPS, _RIGHT_ENDS]
    return ((left == _ROW_RED) & (right == _ROW_RED)).astype(np.uint8).tobytes()


def _paddle(red):
    columns = np.flatnonzero(red[PADDLE_BOTTOM - 2, LEFT:RIGHT] == RED) + LEFT
    # The ball may be seen in this row as well, beside the paddle: the paddle is the longest run.
    runs = np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1)
    longest = max(runs, key=len)
    return int(longest[0]), min(len(longest), WIDE)


def _ball(red, bricks, paddle_x, paddle_width):
    """Return the ball's left column and top row, or None twice: what has its colour and is nothing else."""
    seen = red[CEILING:PADDLE_BOTTOM, LEFT:RIGHT] == _LINE_RED[CEILING:PADDLE_BOTTOM]
    seen[PADDLE_TOP - CEILING :, paddle_x - LEFT : paddle_x - LEFT + paddle_width] = False
    wall = np.frombuffer(bricks, np.uint8).reshape(N_ROWS, N_COLUMNS)
    seen[_WALL] &= np.repeat(np.repeat(wall == 0, BRICK_HEIGHT, axis=0), BRICK_WIDTH, axis=1)
    rows = np.flatnonzero(seen.any(axis=1))
    if len(rows) == 0:
        return None, None
    columns = np.flatnonzero(seen.any(axis=0)) + LEFT
    first_row, last_row = int(rows[0]) + CEILING, int(rows[-1]) + CEILING
    x = int(columns[0])
    if len(columns) < BALL_WIDTH and (x == LEFT or _is_brick(bricks, x - 1, first_row)):
        x -= 1  # its left half is hidden, by the wall or a brick
    if last_row - first_row < BALL_HEIGHT - 1 and _is_brick(bricks, x, first_row - 1):
        first_row = last_row - BALL_HEIGHT + 1  # its top is hidden, not its bottom
    # From the wall's lower edge upwards the console draws the ball one row too high.
    return x, first_row + (first_row < WALL_BOTTOM)


def _is_brick(bricks, x, y):
    row, column = (y - WALL_TOP) // BRICK_HEIGHT, (x - LEFT) // BRICK_WIDTH
    return 0 <= row < N_ROWS and 0 <= column < N_COLUMNS and bricks[row * N_COLUMNS + column] == 1


def _lives(red):
    """Return the digit at the top, told by four points of it."""
    upper_left, upper_right, lower_left = red[7, 100] == GREY, red[7, 108] == GREY, red[11, 100] == GREY
    if red[6, 100] != GREY:
        return 1
    if lower_left:
        return 2
    if not upper_left:
        return 3
    return 4 if upper_right else 5
