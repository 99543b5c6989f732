"""The colour table that all frames of a film share, and the tables of frames that it is too small for."""

import numpy as np

from rl_helpers.gifs.quantize import choose_colors, nearest

MOST = 256
"""Colours in one table of a GIF."""

RGB = np.uint32(0xFFFFFF)
"""The part of a pixel read as four bytes that is its colour, 0xBBGGRR."""

_BAND = 1 << 16  # pixels worked on at once: memory does not grow with the frame, and the cache is enough


class ColorTable:
    """Numbers colours in the order in which they appear.

    Attributes:
        shared: the colours that all frames share, 0xBBGGRR, uint32 array (≤ 256,).
    """

    def __init__(self):
        self.shared = np.zeros(0, np.uint32)
        # By colour; memory is only taken up around the colours that appear. May be out of date: check it.
        self._number_of = np.zeros(1 << 24, np.uint8)

    def number(self, pixels, changed, numbers):
        """Number the changed pixels of a box.

        Args:
            pixels: uint32 array (height, width), 0x??BBGGRR.
            changed: bool array (height, width).
            numbers: uint8 array (height, width), written to where `changed`.

        Returns:
            None if the numbers are those of the shared table. If it would need more than 256 colours: the
            colours of a table for this box alone, which leaves a number free for transparency if need be.
        """
        for band in bands(changed):
            here = changed[band]
            found = self._find(pixels[band][here] & RGB)
            if found is None:
                return self._number_own(pixels, changed, numbers)
            numbers[band][here] = found
        return None

    def _find(self, codes):
        """Return the shared numbers of colours, or None if that would take too many of them."""
        if self.shared.size:
            found = self._number_of[codes]
            unknown = codes[self.shared[found] != codes]
            if not unknown.size:
                return found
        else:
            unknown = codes
        new, counts = np.unique(unknown, return_counts=True)
        if self.shared.size + new.size > MOST:
            return None
        # Colours of large areas get small numbers, and small numbers take fewer bits.
        self.shared = np.concatenate([self.shared, new[np.argsort(-counts, kind="stable")]])
        self._number_of[self.shared] = np.arange(self.shared.size)
        return self._number_of[codes]

    def _number_own(self, pixels, changed, numbers):
        codes = pixels[changed] & RGB
        colors, counts = np.unique(codes, return_counts=True)
        most = MOST if changed.all() else MOST - 1
        if colors.size <= most:
            own = colors
            self._number_of[colors] = np.arange(colors.size)
        else:
            own = choose_colors(colors, counts, most)
            self._number_of[colors] = nearest(colors, own)
        numbers[changed] = self._number_of[codes]
        # Numbers of this box must not point beyond the shared table, and the shared ones must be found again.
        self._number_of[colors] = 0
        self._number_of[self.shared] = np.arange(self.shared.size)
        return own


def bands(box):
    """Yield slices of the rows of an array, a bounded number of pixels each.

    >>> list(bands(np.zeros((3, 40_000))))
    [slice(0, 1, None), slice(1, 2, None), slice(2, 3, None)]
    """
    height, width = box.shape
    step = max(1, _BAND // width)
    for start in range(0, height, step):
        yield slice(start, min(start + step, height))
