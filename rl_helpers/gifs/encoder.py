"""How the changes of a film are numbered and packed: what decides a GIF's size.

Only the box around what changed is written. Pixels in it that did not change are transparent where that makes
the file smaller.
"""

import numpy as np

from rl_helpers.gifs.colors import MOST, OwnTable, SharedTable
from rl_helpers.gifs.container import Container, lzw
from rl_helpers.gifs.screen import Screen

AGAIN = 16
"""Of so many boxes of one kind, one is packed in every way, and the others as was shortest for it."""


class FilmEncoder:
    """Writes a GIF frame by frame, in memory that does not grow with the film.

    Args:
        file: binary file, writable and seekable, empty.
        shape: (height, width) of every frame.
        loop: whether the film starts again when it is over.
    """

    def __init__(self, file, shape, *, loop):
        height, width = shape
        self._container = Container(file, width, height, loop=loop)
        self._screen = Screen(shape)
        self._shared = SharedTable()
        self._own = None
        self._n_named = 0  # entries that the shared table needs for transparent numbers
        self._numbers = np.zeros(
            shape, np.uint8
        )  # of each pixel in the shared table, until another is needed
        self._painted = None  # and from then on the colour that each pixel has, uint32 array like the screen
        self._kinds = {}  # of large boxes: how many there were, and which way was shortest for the last tried

    def add(self, frame, delay):
        """Append a frame.

        Args:
            frame: uint8 array (height, width, 3).
            delay: how long it is shown, hundredths of a second.
        """
        change = self._screen.show(frame)
        if change is None:
            self.hold(delay)
        else:
            self._paint(*change, delay)

    def hold(self, delay):
        """Go on showing what is there: one transparent pixel carries the time, in hundredths of a second."""
        self._n_named = max(self._n_named, 1)
        pixel = lzw(np.zeros((1, 1), np.uint8), 0)
        self._container.box(pixel, 0, 0, 1, 1, delay=delay, transparent=0)

    def finish(self):
        """Complete the file."""
        self._container.finish(_entries(self._shared.colors, self._n_named))

    def _paint(self, box, changed, delay):
        """Write a box whose pixels `changed`, counted row by row, are painted."""
        numbers, unknown, own = self._number(box, changed)
        free = _free_number(numbers[changed])
        if free is None and unknown is not None:
            # All 256 numbers are colours here, and what is around them has others: paint all of it.
            changed = np.arange(numbers.size)
            numbers, unknown, own = self._number(box, changed)
        if unknown is not None:
            numbers[unknown] = free
        rows, columns = box
        height, width = rows.stop - rows.start, columns.stop - columns.start
        packed, drawn = self._pack(numbers, changed, free, (height, width))
        transparent = None if drawn is _opaque and unknown is None else free
        n_named = 0 if transparent is None else transparent + 1
        if own is None:
            self._n_named = max(self._n_named, n_named)
        self._container.box(
            packed,
            columns.start,
            rows.start,
            width,
            height,
            delay=delay,
            transparent=transparent,
            colors=None if own is None else _entries(own, n_named),
        )

    def _number(self, box, changed):
        """Number a box.

        Returns:
            The numbers of its pixels, row by row; which of them have a colour without a number, None if none
            has; and the colours of its own table, None if it shares one.
        """
        colors = self._screen.pixels[box].ravel()[changed]
        found = self._shared.number(colors)
        if found is not None and self._painted is None:
            there = self._numbers[box]
            numbers = there.flatten()
            numbers[changed] = found
            there[:] = numbers.reshape(there.shape)
            return numbers, None, None
        if self._painted is None:
            self._painted, self._own = self._screen.pixels.copy(), OwnTable()
        table = self._shared
        if found is None:
            table = self._own
            found = table.number(colors, MOST if changed.size == self._screen.pixels[box].size else MOST - 1)
            colors = table.colors[found]
        there = self._painted[box]
        painted = there.flatten()
        painted[changed] = colors
        there[:] = painted.reshape(there.shape)
        numbers, known = table.find(painted)
        return numbers, None if known.all() else ~known, None if table is self._shared else table.colors

    def _pack(self, numbers, changed, free, shape):
        """Return a box, packed in the way that is shortest or was for others of its kind, and that way."""
        kind = None
        ways = (_opaque,)
        if free is not None and changed.size < numbers.size:
            kind = _kind(numbers, changed)
            n_seen, best = self._kinds.get(kind, (0, None))
            ways = (best,) if n_seen % AGAIN else WAYS
        packings = []
        for way in ways:
            drawn = way(numbers, changed, free)
            packings.append((lzw(drawn.reshape(shape), int(drawn.max())), way))
        packing = min(packings, key=lambda packing: len(packing[0]))
        if kind is not None:
            self._kinds[kind] = n_seen + 1, packing[1]
        return packing


def _opaque(numbers, changed, free):
    """Paint every pixel of a box again."""
    return numbers


def _through(numbers, changed, free):
    """Leave every pixel that did not change as it is."""
    drawn = np.full_like(numbers, free)
    drawn[changed] = numbers[changed]
    return drawn


def _mixed(numbers, changed, free):
    """Paint the pixels between two that changed again where they have one colour or two, and leave others.

    One colour goes on in what is painted beside it, while a pattern is shorter if nothing is drawn.
    """
    ends = np.flatnonzero(changed[1:] - changed[:-1] > 1)
    starts = np.concatenate(([0], changed[ends] + 1, changed[-1:] + 1))
    stops = np.concatenate((changed[:1], changed[ends + 1], [numbers.size]))
    turns = np.flatnonzero(numbers[1:] != numbers[:-1]) + 1
    left = turns.searchsorted(stops) - turns.searchsorted(starts, "right") > 1
    stretches = np.diff(np.column_stack((starts[left], stops[left])).ravel(), prepend=0, append=numbers.size)
    is_left = np.zeros(stretches.size, bool)
    is_left[1::2] = True
    drawn = numbers.copy()
    np.copyto(drawn, free, where=is_left.repeat(stretches))
    return drawn


WAYS = (_opaque, _mixed, _through)
"""How pixels of a box that did not change are drawn."""


def _kind(numbers, changed):
    """Return what boxes have in common that are best packed one way: how much is to be seen, how much changed."""
    return int(np.count_nonzero(numbers[1:] != numbers[:-1])).bit_length(), changed.size.bit_length()


def _free_number(numbers):
    """Return the smallest number that is not among these, or None if all 256 are."""
    used = np.zeros(MOST, bool)
    used[numbers] = True
    return None if used.all() else int(used.argmin())


def _entries(colors, at_least):
    """Return colours 0xBBGGRR as a list of 0xRRGGBB, filled up with black to a number of entries."""
    entries = [(code & 0xFF) << 16 | code & 0xFF00 | code >> 16 for code in colors.tolist()]
    return entries + [0] * (at_least - len(entries))
