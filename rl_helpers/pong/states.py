"""What the agent may know when it decides, and the state that is made of it."""

from typing import NamedTuple

from rl_helpers.atari import StateSpace, bucket
from rl_helpers.pong.reading import BALL_HEIGHT, BOTTOM, PADDLE_HEIGHT, PADDLE_X, TOP

NOOP, FIRE, UP, DOWN, UP_FIRE, DOWN_FIRE = range(6)
MIRRORED = (NOOP, FIRE, DOWN, UP, DOWN_FIRE, UP_FIRE)  # what each action is in a mirror

MIDDLE = (PADDLE_HEIGHT - BALL_HEIGHT) // 2  # from the paddle's top to that of a ball at its middle
OFFSETS = (4, 8, 13, 20, 30, 45, 70)  # pixels: up to 9, ball and paddle overlap
TIMES = (2, 4, 6, 9, 14)  # decisions


class Moment(NamedTuple):
    """What the agent may know. Rows are counted downwards, in pixels.

    Attributes:
        landing_offset: where the ball will reach the paddle's column, mirrored at upper and lower wall, less
            where the paddle is, from middle to middle; of a ball that goes away, where the ball is now.
        landing_time: decisions until then; None if the ball goes away.
    """

    landing_offset: float
    landing_time: float | None

    def mirrored(self):
        """Return the same moment in a mirror: up and down swapped."""
        return self._replace(landing_offset=-self.landing_offset)


class Watcher:
    """Turns one reading after the other into moments.

    >>> from rl_helpers.pong.reading import Reading
    >>> watcher = Watcher()
    >>> watcher.watch(Reading(100, 100, 90, 90), action=0)
    >>> watcher.watch(Reading(108, 104, 90, 90), action=0)
    Moment(landing_offset=24.0, landing_time=4.0)
    """

    def __init__(self):
        self.reset()

    def reset(self):
        """Begin a new game."""
        self._before = None

    def watch(self, reading, action):
        """Return the `Moment`, or None if there is no ball, or none whose speed is known yet.

        Args:
            reading: a `Reading`.
            action: the action that led to it; this game is watched without it.
        """
        before, self._before = self._before, reading
        if before is None or None in (*reading[:3], *before[:3]):
            return None
        row, time = reading.ball_y, None
        across, down = reading.ball_x - before.ball_x, reading.ball_y - before.ball_y
        if across > 0:
            time = max(0, PADDLE_X - reading.ball_x) / across
            row = _between_walls(row + down * time)
        return Moment(row - reading.paddle_y - MIDDLE, time)


def _between_walls(row):
    """Return where a ball is that would be in this row if there were no walls."""
    height = BOTTOM - BALL_HEIGHT - TOP
    way = (row - TOP) % (2 * height)
    return TOP + min(way, 2 * height - way)


def landing(moment):
    """How far from the paddle the ball lands, and when."""
    time = len(TIMES) + 1 if moment.landing_time is None else bucket(moment.landing_time, TIMES)
    return bucket(moment.landing_offset, OFFSETS), time


def lands_below(moment):
    """Return the mirror image of a moment in which the ball lands above the paddle, else None."""
    return moment.mirrored() if moment.landing_offset < 0 else None


SPACE = StateSpace(landing, (len(OFFSETS) + 1, len(TIMES) + 2), mirror=lands_below)
