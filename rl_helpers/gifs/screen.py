"""What a film shows, and which pixels change from one frame to the next: only those are written."""

import numpy as np

RGB = np.uint32(0xFFFFFF)
"""The part of a pixel read as four bytes that is its colour, 0xBBGGRR."""

_BAND = 1 << 16  # pixels worked on at once: memory does not grow with the frame, and the cache is enough


class Screen:
    """The frame that is shown, and how to change it.

    Args:
        shape: (height, width) of every frame.

    Attributes:
        pixels: what is shown, uint32 array (height, width), 0x??BBGGRR; mask it with `RGB`.
    """

    def __init__(self, shape):
        height, width = shape
        # One byte is added, so that the last pixel too can be read as a word of four bytes.
        memory = np.zeros(height * width * 3 + 1, np.uint8)
        self._shown = memory[:-1].reshape(height, width, 3)
        self.pixels = np.ndarray(shape, "<u4", memory, strides=(3 * width, 3))
        self._blank = True

    def show(self, frame):
        """Show a frame.

        Args:
            frame: uint8 array (height, width, 3).

        Returns:
            The box around the pixels that changed, (slice of rows, slice of columns), and which of its pixels
            did, bool array; None if the frame is the one that is shown.

        >>> screen = Screen((2, 3))
        >>> black = np.zeros((2, 3, 3), np.uint8)
        >>> screen.show(black)[1].all()                     # nothing was shown before
        np.True_
        >>> dot = black.copy()
        >>> dot[1, 2] = 9
        >>> screen.show(dot), screen.show(dot)
        (((slice(1, 2, None), slice(2, 3, None)), array([[ True]])), None)
        """
        frame = np.ascontiguousarray(frame)
        if self._blank:
            self._blank = False
            self._shown[:] = frame
            height, width, _ = frame.shape
            return (slice(0, height), slice(0, width)), np.ones((height, width), bool)
        found = self._box_of_words(frame)
        if found is None:
            return None
        rows, columns = found
        changed = self._take_over(frame, rows, columns)
        # A word is not a pixel: the columns are now made exact.
        inside = np.flatnonzero(changed.any(axis=0))
        left, right = int(inside[0]), int(inside[-1]) + 1
        return (rows, slice(columns.start + left, columns.start + right)), changed[:, left:right]

    def _box_of_words(self, frame):
        """Return the rows and columns around what differs from what is shown, a few columns too many."""
        height, width, _ = frame.shape
        # For speed (`tools.bench films`): a machine word at a time is compared, the largest that fits a row.
        word = next(size for size in (8, 4, 2, 1) if 3 * width % size == 0)
        now, before = (array.reshape(height, -1).view(f"u{word}") for array in (frame, self._shown))
        different = now != before
        rows = np.flatnonzero(different.any(axis=1))
        if not rows.size:
            return None
        top, bottom = int(rows[0]), int(rows[-1]) + 1
        columns = np.flatnonzero(different[top:bottom].any(axis=0))
        first, last = int(columns[0]), int(columns[-1])
        return slice(top, bottom), slice(first * word // 3, -(-(last + 1) * word // 3))

    def _take_over(self, frame, rows, columns):
        """Show these rows of a frame; return which pixels of the box changed, bool (height, width)."""
        changed = np.empty((rows.stop - rows.start, columns.stop - columns.start), bool)
        for band in bands(changed):
            here = slice(rows.start + band.start, rows.start + band.stop)
            difference = self.pixels[here, columns].copy()
            self._shown[here] = frame[here]
            difference ^= self.pixels[here, columns]
            changed[band] = difference & RGB
        return changed


def bands(box):
    """Yield slices of the rows of an array, a bounded number of pixels each.

    >>> list(bands(np.zeros((3, 40_000))))
    [slice(0, 1, None), slice(1, 2, None), slice(2, 3, None)]
    """
    height, width = box.shape
    step = max(1, _BAND // width)
    for start in range(0, height, step):
        yield slice(start, min(start + step, height))
