"""Which pixels of a film change, and how they are packed: what decides a GIF's speed and size.

A frame is compared with the one before it a machine word at a time, and only the box around what changed is
written. Pixels in it that did not change are transparent where that makes the file smaller.
"""

import numpy as np

from rl_helpers.gifs.colors import MOST, RGB, ColorTable, bands
from rl_helpers.gifs.container import Container, lzw


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
        # What is shown. One byte is added, so that the last pixel too can be read as a word of four bytes.
        self._bytes = np.zeros(height * width * 3 + 1, np.uint8)
        self._shown = self._bytes[:-1].reshape(height, width, 3)
        self._pixels = np.ndarray(shape, "<u4", self._bytes, strides=(3 * width, 3))
        self._numbers = np.zeros(shape, np.uint8)
        self._table = ColorTable()
        self._n_entries = 0  # of the shared table: it must name the transparent number too
        self._all_shared = True  # whether every pixel's number is one of the shared table
        self._empty = True

    def add(self, frame, delay):
        """Append a frame.

        Args:
            frame: uint8 array (height, width, 3).
            delay: how long it is shown, hundredths of a second.
        """
        frame = np.ascontiguousarray(frame)
        rows, columns = self._box_of_words(frame)
        if rows.start == rows.stop:
            self.hold(delay)
            return
        changed = self._show(frame, rows, columns)
        # A word is not a pixel: the columns are now made exact.
        inside = np.flatnonzero(changed.any(axis=0))
        left, right = int(inside[0]), int(inside[-1]) + 1
        self._write(changed[:, left:right], columns.start + left, rows.start, delay)

    def hold(self, delay):
        """Go on showing what is there: one transparent pixel carries the time, in hundredths of a second."""
        self._n_entries = max(self._n_entries, 1)
        pixel = lzw(np.zeros((1, 1), np.uint8), 0)
        self._container.box(pixel, 0, 0, 1, 1, delay=delay, transparent=0)

    def finish(self):
        """Complete the file."""
        unused = self._n_entries - self._table.shared.size
        self._container.finish([*_colors(self._table.shared), *[0] * unused])

    def _box_of_words(self, frame):
        """Return the rows and columns around what differs from the frame shown; columns may be too many."""
        height, width, _ = frame.shape
        if self._empty:
            return slice(0, height), slice(0, width)
        word = next(size for size in (8, 4, 2, 1) if 3 * width % size == 0)
        now, before = (array.reshape(height, -1).view(f"u{word}") for array in (frame, self._shown))
        different = now != before
        rows = np.flatnonzero(different.any(axis=1))
        if not rows.size:
            return slice(0, 0), slice(0, 0)
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        columns = np.flatnonzero(different[top:bottom].any(axis=0))
        first, last = int(columns[0]), int(columns[-1])
        return slice(top, bottom), slice(first * word // 3, -(-(last + 1) * word // 3))

    def _show(self, frame, rows, columns):
        """Take the frame over; return which pixels of the box changed, bool (height, width)."""
        changed = np.ones((rows.stop - rows.start, columns.stop - columns.start), bool)
        if self._empty:
            self._shown[:] = frame
            self._empty = False
            return changed
        for band in bands(changed):
            here = slice(rows.start + band.start, rows.start + band.stop)
            difference = self._pixels[here, columns].copy()
            self._shown[here] = frame[here]
            difference ^= self._pixels[here, columns]
            changed[band] = difference & RGB
        return changed

    def _write(self, changed, left, top, delay):
        height, width = changed.shape
        box = np.s_[top : top + height, left : left + width]
        numbers, whole = self._numbers[box], bool(changed.all())
        own = self._table.number(self._pixels[box], changed, numbers)
        self._all_shared = self._all_shared and own is None
        packings = []
        if whole or self._all_shared:
            packings.append((lzw(numbers, int(numbers.max())), None))
        if not whole:
            used = np.zeros(MOST, bool)
            used[numbers[changed]] = True
            if not used.all():
                transparent = int(used.argmin())
                highest = max(transparent, MOST - 1 - int(used[::-1].argmax()))
                packings.append(
                    (lzw(np.where(changed, numbers, np.uint8(transparent)), highest), transparent)
                )
        if not packings:
            # All 256 numbers are colours here, and what is around them has others: paint all of it.
            self._write(np.ones_like(changed), left, top, delay)
            return
        # Transparency makes long runs but cuts through patterns: the shorter one is taken.
        packed, transparent = min(packings, key=lambda packing: len(packing[0]))
        n_entries = 0 if transparent is None else transparent + 1
        if own is None:
            self._n_entries = max(self._n_entries, n_entries, self._table.shared.size)
        else:
            own = [*_colors(own), *[0] * (n_entries - own.size)]
        self._container.box(
            packed, left, top, width, height, delay=delay, transparent=transparent, colors=own
        )


def _colors(codes):
    """Return 0xBBGGRR as a list of 0xRRGGBB."""
    return [(code & 0xFF) << 16 | code & 0xFF00 | code >> 16 for code in codes.tolist()]
