"""Where the paddle will come to rest: it follows the player's hand late, and sticky actions move the hand."""

from typing import NamedTuple

from rl_helpers.breakout.game.reading import FRAMES, LEFT, RIGHT, WIDE

REACH = 5.75  # pixels that the hand moves in a frame in which left or right is pressed
LEAST, MOST = LEFT, RIGHT - WIDE // 2  # the paddle's left column at either end of its way
ROUNDING = 0.5  # pixels: the picture shows whole ones


class Rest(NamedTuple):
    """What a paddle that is left alone will do.

    Attributes:
        x: the paddle's left column when it has come to rest, in pixels.
        push: where it was pushed in the last frame: −1 left, 0 nowhere, 1 right.
    """

    x: float
    push: int


class Paddle:
    """Follows the paddle from decision to decision and foresees where it comes to rest.

    In every frame the paddle goes half of the way to where the player's hand was one frame before; the hand
    moves `REACH` pixels in each frame in which a button is pressed. With sticky actions the last action may
    go on for some of the four frames. The way that the paddle has gone tells for how many.

    At the right end the hand can go on where the paddle cannot. That is not followed: after a long push
    against the right wall the paddle leaves it later than foreseen.

    >>> paddle = Paddle()
    >>> paddle.follow(99, push=0)
    Rest(x=99.0, push=0)
    >>> paddle.follow(111, push=1)      # 12 pixels in four frames: the button worked from the first one on
    Rest(x=121.78125, push=1)
    """

    def __init__(self):
        self.reset()

    def reset(self):
        """Forget everything: a new game."""
        self._x = None
        self._ahead = 0.0  # how far the hand is ahead of the paddle
        self._push = 0

    def follow(self, x, push):
        """Return the `Rest` of a paddle.

        Args:
            x: the paddle's left column, four frames after that of the last call.
            push: where the action in between pushes: −1, 0 or 1.
        """
        if self._x is not None:
            way, closest = x - self._x, None
            for pushes in _pushes(self._push, push):
                off = abs(way - _way(self._ahead, pushes))
                if closest is None or off < closest - ROUNDING:
                    closest, likely = off, pushes
            first, second, third, self._push = likely
            self._ahead = self._ahead / 16 + REACH * (first / 8 + second / 4 + third / 2 + self._push)
        self._x = x
        return Rest(min(max(x + self._ahead, LEAST), MOST), self._push)


def _pushes(before, now):
    """Return what may have pushed in each of four frames, the likeliest first: the old action may go on."""
    if before == now:
        return ((now,) * FRAMES,)
    return [(before,) * n + (now,) * (FRAMES - n) for n in range(FRAMES + 1)]


def _way(ahead, pushes):
    """Return how far the paddle goes in four frames, each half of the way to where the hand was before."""
    first, second, third, _ = pushes
    return ahead * 15 / 16 + REACH * (first * 7 / 8 + second * 3 / 4 + third / 2)
