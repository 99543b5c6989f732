"""How the changes of a film are numbered and packed: what decides a GIF's size.

Only the box around what changed is written. Pixels in it that did not change are transparent where that makes
the file smaller.
"""

import numpy as np

from rl_helpers.gifs.colors import MOST, SharedTable, number_own
from rl_helpers.gifs.container import Container, lzw
from rl_helpers.gifs.screen import Screen


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
        self._table = SharedTable()
        self._n_named = 0  # entries that the shared table needs for transparent numbers
        self._numbers = np.zeros(shape, np.uint8)  # of each pixel, in the table it was painted with
        self._all_shared = True  # whether that is the shared table for all of them

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
        self._container.finish(_entries(self._table.colors, self._n_named))

    def _paint(self, box, changed, delay):
        """Write a box whose `changed` pixels are painted."""
        own = self._number(box, changed)
        packings = self._packings(box, changed)
        if not packings:
            # All 256 numbers are colours here, and what is around them has others: paint all of it.
            changed = np.ones_like(changed)
            own = self._number(box, changed)
            packings = self._packings(box, changed)
        # Transparency makes long runs but cuts through patterns: the shorter one is taken.
        packed, transparent = min(packings, key=lambda packing: len(packing[0]))
        n_named = 0 if transparent is None else transparent + 1
        if own is None:
            self._n_named = max(self._n_named, n_named)
        rows, columns = box
        self._container.box(
            packed,
            columns.start,
            rows.start,
            columns.stop - columns.start,
            rows.stop - rows.start,
            delay=delay,
            transparent=transparent,
            colors=None if own is None else _entries(own, n_named),
        )

    def _number(self, box, changed):
        """Number the changed pixels of a box; return the colours of its own table, None if it shares one."""
        pixels, numbers = self._screen.pixels[box], self._numbers[box]
        if self._table.number(pixels, changed, numbers):
            return None
        self._all_shared = False
        return number_own(pixels, changed, numbers)

    def _packings(self, box, changed):
        """Return the ways to write a box, each as its bytes and the number that is transparent, or None."""
        numbers, whole, packings = self._numbers[box], changed.all(), []
        if whole or self._all_shared:
            packings.append((lzw(numbers, int(numbers.max())), None))
        free = None if whole else _free_number(numbers[changed])
        if free is not None:
            seen_through = np.where(changed, numbers, np.uint8(free))
            packings.append((lzw(seen_through, int(seen_through.max())), free))
        return packings


def _free_number(numbers):
    """Return the smallest number that is not among these, or None if all 256 are."""
    used = np.zeros(MOST, bool)
    used[numbers] = True
    return None if used.all() else int(used.argmin())


def _entries(colors, at_least):
    """Return colours 0xBBGGRR as a list of 0xRRGGBB, filled up with black to a number of entries."""
    entries = [(code & 0xFF) << 16 | code & 0xFF00 | code >> 16 for code in colors.tolist()]
    return entries + [0] * (at_least - len(entries))
