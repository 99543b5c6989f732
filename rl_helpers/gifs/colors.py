"""The colour table that all frames of a film share, and the tables of frames that it is too small for."""

import numpy as np

from rl_helpers.gifs.quantize import choose_colors, nearest
from rl_helpers.gifs.screen import RGB, bands

MOST = 256
"""Colours in one table of a GIF."""


class SharedTable:
    """Numbers the colours that all frames share, in the order in which they appear."""

    def __init__(self):
        self._colors = np.full(MOST, ~RGB, np.uint32)  # what is no colour stands where there is none yet
        self._n_colors = 0
        # By colour; 0 also for those without a number. Memory is only taken up around those that have one.
        self._number_of = np.zeros(1 << 24, np.uint8)

    @property
    def colors(self):
        """The colours so far, 0xBBGGRR, uint32 array (≤ 256,)."""
        return self._colors[: self._n_colors]

    def number(self, pixels, changed, numbers):
        """Number the changed pixels of a box.

        Args:
            pixels: uint32 array (height, width), 0x??BBGGRR.
            changed: bool array (height, width).
            numbers: uint8 array (height, width), written to where `changed`.

        Returns:
            Whether there was a number for each colour; if not, what is written is of no use.
        """
        for band in bands(changed):
            here = changed[band]
            found = self._find(pixels[band][here] & RGB)
            if found is None:
                return False
            numbers[band][here] = found
        return True

    def _find(self, codes):
        """Return the numbers of colours, new ones included, or None if that would take too many of them."""
        found = self._number_of[codes]
        unknown = codes[self._colors[found] != codes]
        if not unknown.size:
            return found
        new, counts = np.unique(unknown, return_counts=True)
        n_colors = self._n_colors + new.size
        if n_colors > MOST:
            return None
        # Colours of large areas get small numbers, and small numbers take fewer bits.
        new = new[np.argsort(-counts, kind="stable")]
        self._colors[self._n_colors : n_colors] = new
        self._number_of[new] = np.arange(self._n_colors, n_colors)
        self._n_colors = n_colors
        return self._number_of[codes]


def number_own(pixels, changed, numbers):
    """Number the changed pixels of a box by a table for this box alone.

    Args:
        pixels: uint32 array (height, width), 0x??BBGGRR.
        changed: bool array (height, width).
        numbers: uint8 array (height, width), written to where `changed`.

    Returns:
        The colours of the table, uint32 array (≤ 256,): the box's own, or the most alike if it has too many.
        Where a pixel does not change, a number is left free for transparency.
    """
    codes = pixels[changed] & RGB
    colors, counts = np.unique(codes, return_counts=True)
    most = MOST if changed.all() else MOST - 1
    own = colors if colors.size <= most else choose_colors(colors, counts, most)
    # By colour, for speed (`tools.bench films`); only those of the box are written, and only they are read.
    number_of = np.empty(1 << 24, np.uint8)
    number_of[colors] = np.arange(colors.size) if own is colors else nearest(colors, own)
    numbers[changed] = number_of[codes]
    return own
