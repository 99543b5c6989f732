"""How the pixels of a box that did not change are drawn: again, or transparent, or some of each."""

import math
from functools import cached_property

import numpy as np

from rl_helpers.gifs.colors import AT_ONCE, MOST


class Drawing:
    """A box of a film in colour numbers, of which some pixels have changed.

    Args:
        changed: which pixels did, counted row by row, int array (n,).
        found: their numbers, uint8 array (n,).
        size: how many pixels the box has.
        numbers: of all of them, uint8 array (size,), or None to have them looked up when they are needed.
        look_up: function that returns them, and whether each is right, bool array (size,).

    Attributes:
        free: the smallest number that no changed pixel has, or None if there are 256.
        unknown: which pixels have a colour without a number, bool array (size,); None if none has.
    """

    def __init__(self, changed, found, size, numbers=None, look_up=None):
        self.changed, self.found, self.size = changed, found, size
        self._numbers, self._look_up = numbers, look_up
        used = np.zeros(MOST, bool)
        for start in range(0, found.size, AT_ONCE):
            used[found[start : start + AT_ONCE]] = True
        self.free = None if used.all() else int(used.argmin())

    @property
    def numbers(self):
        """The numbers of all pixels, uint8 array (size,); `free` where the colour has none."""
        return self._looked_up[0]

    @property
    def unknown(self):
        """Which pixels have a colour without a number, bool array (size,); None if none has."""
        return self._looked_up[1]

    @cached_property
    def _looked_up(self):
        if self._look_up is None:
            return self._numbers, None
        numbers, known = self._look_up()
        if known.all():
            return numbers, None
        if self.free is not None:
            numbers[~known] = self.free
        return numbers, ~known

    @property
    def kind(self):
        """What boxes have in common that are best drawn in one way, or None if there is one way only.

        Of boxes that come after one with colours of its own it is their size, else how often the number
        changes in them; and how many pixels changed; each to half an octave.
        """
        if self.free is None or self.changed.size == self.size:
            return None
        if self._look_up is not None:
            return "size", _half_octave(self.size), _half_octave(self.changed.size)
        turns = np.count_nonzero(self._numbers[1:] != self._numbers[:-1])
        return "turns", _half_octave(turns), _half_octave(self.changed.size)


def _half_octave(n):
    """Return twice the logarithm of a number to base 2, rounded.

    >>> [_half_octave(n) for n in (0, 10, 14, 20)]
    [0, 7, 8, 9]
    """
    return round(2 * math.log2(n + 1))


def opaque(drawing):
    """Paint every pixel of a box again."""
    return drawing.numbers


def through(drawing):
    """Leave every pixel that did not change as it is."""
    drawn = np.full(drawing.size, drawing.free, np.uint8)
    drawn[drawing.changed] = drawing.found
    return drawn


def mixed(drawing):
    """Paint the pixels between two that changed again where they have one colour or two, and leave others.

    One colour goes on in what is painted beside it, while a pattern is shorter if nothing is drawn.
    """
    numbers, changed = drawing.numbers, drawing.changed
    (ends,) = (changed[1:] - changed[:-1] > 1).nonzero()
    starts = _between(0, changed[ends] + 1, changed[-1] + 1)
    stops = _between(changed[0], changed[ends + 1], numbers.size)
    turns = (numbers[1:] != numbers[:-1]).nonzero()[0] + 1
    left = turns.searchsorted(stops) - turns.searchsorted(starts, "right") > 1
    stretches = np.zeros(2 * np.count_nonzero(left) + 2, int)  # painted, left, painted, … and the end
    stretches[1:-1:2], stretches[2:-1:2], stretches[-1] = starts[left], stops[left], numbers.size
    bits = np.zeros(stretches.size - 1, np.uint8)
    bits[1::2] = 255
    bits = bits.repeat(stretches[1:] - stretches[:-1])
    return bits & np.uint8(drawing.free) | ~bits & numbers  # for speed: `np.where` takes five times as long


def _between(first, others, last):
    """Return numbers in one array, for speed: `np.concatenate` takes longer for so few."""
    joined = np.empty(others.size + 2, int)
    joined[0], joined[1:-1], joined[-1] = first, others, last
    return joined


WAYS = (opaque, mixed, through)
"""How pixels of a box that did not change are drawn."""
