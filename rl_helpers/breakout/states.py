"""What the agent may know when it decides: moments, made of readings, and their mirror images."""

from typing import NamedTuple

from rl_helpers.breakout.game.flight import LANDING, landing, straight_landing
from rl_helpers.breakout.game.paddle import Paddle
from rl_helpers.breakout.game.reading import NARROW, RIGHT, WIDE
from rl_helpers.breakout.game.tracking import Tracker

NOOP, FIRE, MOVE_RIGHT, MOVE_LEFT = range(4)
MIRRORED = (NOOP, FIRE, MOVE_LEFT, MOVE_RIGHT)  # what each action is in a mirror
PUSH = (0, 0, 1, -1)  # where each action pushes the paddle


class Moment(NamedTuple):
    """What the agent may know when it decides. Lengths are in pixels, times in frames.

    Attributes:
        offset: the ball's middle less the paddle's, above 0 when the ball is further to the right.
        distance: rows from the ball down to where it would touch the paddle.
        falling: whether the ball comes down.
        landing_offset: the same as `offset` for the place where the ball will come down: its line mirrored
            at the side walls, and turned round at the lower edge of the wall.
        landing_time: frames until then.
        seen_offset, seen_time: the same, but seen through the bricks that still stand.
        rest_offset: `seen_offset` for the place where the paddle will come to rest if nothing pushes it.
        push: where the paddle was pushed last: −1 left, 0 nowhere, 1 right.
        narrow: whether the paddle has shrunk.
    """

    offset: float
    distance: float
    falling: bool
    landing_offset: float
    landing_time: int
    seen_offset: float
    seen_time: int
    rest_offset: float
    push: int
    narrow: bool

    def mirrored(self):
        """Return the same moment in a mirror: left and right swapped."""
        return self._replace(
            offset=-self.offset,
            landing_offset=-self.landing_offset,
            seen_offset=-self.seen_offset,
            rest_offset=-self.rest_offset,
            push=-self.push,
        )


class LandsToTheRight(NamedTuple):
    """Looks into the mirror where the ball comes down to the left: what is learned then always lies right.

    Attributes:
        field: which offset of the `Moment` tells; where it is 0, the last push does.

    >>> left = Moment(-40, 20, True, -40, 10, -40, 10, -40, 0, False)
    >>> mirror = LandsToTheRight("landing_offset")
    >>> mirror(left) == left.mirrored(), mirror(left.mirrored()) is None
    (True, True)
    """

    field: str

    def __call__(self, moment):
        """Return the mirror image of a moment, or None where it is not to be mirrored."""
        side = getattr(moment, self.field) or moment.push
        return moment.mirrored() if side < 0 else None


class Watcher:
    """Turns one reading after the other into moments.

    >>> from rl_helpers.breakout.game.reading import Reading
    >>> watcher, bricks = Watcher(), bytes(108)
    >>> for y in (120, 124, 128):
    ...     moment = watcher.watch(Reading(y - 60, y, 50, 16, 5, bricks), action=0)
    >>> moment.offset, moment.landing_offset, moment.landing_time
    (11, 69, 58)
    """

    def __init__(self):
        self._tracker, self._paddle = Tracker(), Paddle()
        self.reset()

    def reset(self):
        """Begin a new game."""
        self._tracker.reset()
        self._paddle.reset()
        self._width = WIDE
        self.ball = self.rest = None

    def watch(self, reading, action):
        """Return the `Moment`, or None if there is no ball.

        Args:
            reading: a `Reading`.
            action: the action that led to it.
        """
        self.ball = ball = self._tracker.follow(reading)
        self.rest = rest = self._paddle.follow(reading.paddle_x, PUSH[action])
        if reading.paddle_x + WIDE <= RIGHT:  # else the right wall hides how wide the paddle is
            self._width = reading.paddle_width
        if ball is None:
            return None
        middle = reading.paddle_x + self._width // 2 - 1
        if ball.vy > 0 and ball.y > LANDING:  # it is falling past the paddle
            straight = seen = ball.x, 0
        else:
            straight, seen = straight_landing(ball), landing(ball, reading.bricks)
        return Moment(
            ball.x - middle,
            LANDING - ball.y,
            ball.vy > 0,
            straight[0] - middle,
            straight[1],
            seen[0] - middle,
            seen[1],
            seen[0] - middle - (rest.x - reading.paddle_x),
            rest.push,
            self._width == NARROW,
        )
