"""From what is seen to one state number: features, and functions that choose and bucket them."""

from bisect import bisect_right
from math import prod
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


class StateSpace:
    """Numbers the states: a function picks small whole numbers, `sizes` says how many of each there are.

    State 0 is "no ball". All others are counted like the cells of a table with `sizes` as its shape.

    Args:
        function: from a `Moment` to a tuple of whole numbers, 0 ≤ number < size.
        sizes: how many values each of them has.
        mirror: which field of the moment decides whether to look into the mirror: where it is negative, left
            and right are swapped, so that the table learns both sides at once. None for no mirror.

    >>> space = StateSpace(lambda moment: (bucket(moment.offset, (-4, 4)),), (3,))
    >>> space.n_states
    4
    """

    def __init__(self, function, sizes, *, mirror=None):
        self.function = function
        self.sizes = tuple(sizes)
        self.mirror = mirror
        self.n_states = 1 + prod(self.sizes)

    def state(self, moment):
        """Return the state number of a moment, and whether it is one of the mirror.

        Raises:
            ValueError: if the function gives other numbers than `sizes` allows.
        """
        if moment is None:
            return 0, False
        mirrored = False
        if self.mirror is not None:
            side = getattr(moment, self.mirror) or moment.push
            if side < 0:
                moment, mirrored = moment.mirrored(), True
        return 1 + self._number(self.function(moment)), mirrored

    def _number(self, values):
        if len(values) != len(self.sizes):
            raise ValueError(
                f"the state has {len(values)} numbers, sizes has {len(self.sizes)}: give one each"
            )
        number = 0
        for value, size in zip(values, self.sizes, strict=True):
            if not 0 <= value < size:
                raise ValueError(
                    f"the state {values} does not fit sizes {self.sizes}: count each from 0 to size − 1"
                )
            number = number * size + value
        return number


class OpenStateSpace(StateSpace):
    """Numbers states as they come up: no sizes to give, but the numbers depend on the order of play.

    Args:
        function: from a `Moment` to a tuple of whole numbers.
        most: number of states that there may be.
        mirror: see `StateSpace`.

    >>> space = OpenStateSpace(lambda moment: (moment.push,), most=10)
    >>> space.n_states
    10
    """

    def __init__(self, function, most=5000, *, mirror=None):
        super().__init__(function, (most - 1,), mirror=mirror)
        self._numbers = {}

    def _number(self, values):
        number = self._numbers.setdefault(tuple(values), len(self._numbers))
        if number >= self.sizes[0]:
            raise ValueError(
                f"there are more than {self.n_states} states: take wider buckets, or fewer of them"
            )
        return number


def bucket(value, edges):
    """Return in which of the buckets between `edges` a value lies: 0 below the first edge.

    >>> [bucket(value, (2, 4, 8)) for value in (1, 2, 5, 100)]
    [0, 1, 2, 3]
    """
    return bisect_right(edges, value)
