"""From a moment in a world to one state number: functions pick small whole numbers, spaces count them."""

from bisect import bisect_right
from itertools import pairwise
from math import prod

import numpy as np


class StateSpace:
    """Numbers the states: a function picks small whole numbers, `sizes` says how many of each there are.

    State 0 is "nothing to decide", as between two rounds. All others are counted like the cells of a table
    with `sizes` as its shape.

    Args:
        function: from a moment, which is an observation or what a watcher makes of it, to a tuple of whole
            numbers, 0 ≤ number < size.
        sizes: how many values each of them has.
        mirror: from a moment to its mirror image where one should look into the mirror, else to None, so that
            the table learns both sides at once. None for no mirror.

    >>> space = StateSpace(lambda offset: (bucket(offset, (-4, 4)),), (3,))
    >>> space.n_states, space.state(7), space.state(None)
    (4, (3, False), (0, False))
    >>> sides = StateSpace(lambda offset: (bucket(offset, (4,)),), (2,), mirror=lambda offset:
    ...     -offset if offset < 0 else None)
    >>> sides.state(7), sides.state(-7)
    ((2, False), (2, True))
    """

    def __init__(self, function, sizes, *, mirror=None):
        self.function = function
        self.sizes = tuple(sizes)
        self.mirror = mirror
        self.n_states = 1 + prod(self.sizes)

    @classmethod
    def of_buckets(cls, edges, *, mirror=None):
        """Return the space of moments that are several numbers, each sorted into buckets.

        Gymnasium's `DiscretizeObservation` makes buckets of one width, where all numbers have bounds; this
        one makes any, where the first and the last have none.

        Args:
            edges: for each number the edges between its buckets, rising; None leaves a number out.
            mirror: see `StateSpace`.

        Raises:
            ValueError: if edges do not rise, or no number is kept.

        >>> space = StateSpace.of_buckets([None, (-1, 1)])
        >>> space.sizes, space.state([7.0, 0.5])
        ((3,), (2, False))
        """
        edges = [None if each is None else tuple(each) for each in edges]
        kept = [(place, each) for place, each in enumerate(edges) if each is not None]
        for place, each in kept:
            if any(left >= right for left, right in pairwise(each)):
                raise ValueError(f"the edges of number {place} are {each}, expected rising ones")
        if not kept:
            raise ValueError(f"edges is {edges}, which keeps no number: give the edges of one at least")

        def buckets(moment):
            values = np.ravel(moment).tolist()
            if len(values) != len(edges):
                raise ValueError(
                    f"the moment has {len(values)} numbers, and edges are given for {len(edges)}: give one "
                    "tuple of edges a number, or None to leave it out"
                )
            return tuple(bisect_right(each, values[place]) for place, each in kept)

        return cls(buckets, [len(each) + 1 for _, each in kept], mirror=mirror)

    def state(self, moment):
        """Return the state number of a moment, and whether it is one of the mirror.

        Raises:
            ValueError: if the function gives other numbers than `sizes` allows.
        """
        if moment is None:
            return 0, False
        image = None if self.mirror is None else self.mirror(moment)
        if image is None:
            return 1 + self._number(self.function(moment)), False
        return 1 + self._number(self.function(image)), True

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
        function: from a moment to a tuple of whole numbers.
        most: number of states that there may be.
        mirror: see `StateSpace`.

    >>> space = OpenStateSpace(lambda offset: (offset // 10,), most=10)
    >>> space.n_states, space.state(35), space.state(-5), space.state(31)
    (10, (1, False), (2, False), (1, False))
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
