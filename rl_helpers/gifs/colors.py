"""The colour table that all frames of a film share, and the tables of frames that it is too small for."""

import numpy as np

from rl_helpers.gifs.quantize import choose_colors, nearest
from rl_helpers.gifs.screen import RGB

MOST = 256
"""Colours in one table of a GIF."""


class Table:
    """Up to 256 colours and their numbers.

    Attributes:
        n_colors: how many there are.
    """

    def __init__(self):
        self._colors = np.full(MOST, ~RGB, np.uint32)  # what is no colour stands where there is none
        self.n_colors = 0
        # By colour, of any value for those that are not in the table. Memory is only taken up around those
        # that are.
        self._number_of = np.zeros(1 << 24, np.uint8)

    @property
    def colors(self):
        """The colours by number, 0xBBGGRR, uint32 array (n_colors,)."""
        return self._colors[: self.n_colors]

    def find(self, codes):
        """Look colours up.

        Args:
            codes: uint32 array, 0xBBGGRR.

        Returns:
            Their numbers, uint8 array, and whether each colour is in the table, bool array.
        """
        numbers = self._number_of.take(codes)
        return numbers, self._colors.take(numbers) == codes

    def _set(self, start, codes):
        self.n_colors = start + codes.size
        self._colors[start : self.n_colors] = codes
        self._colors[self.n_colors :] = ~RGB
        self._number_of[codes] = np.arange(start, self.n_colors)


class SharedTable(Table):
    """Numbers the colours that all frames share, in the order in which they appear."""

    def number(self, codes):
        """Number colours, new ones included.

        Args:
            codes: uint32 array (n,), 0xBBGGRR.

        Returns:
            Their numbers, uint8 array (n,), or None if the table cannot take all of them.
        """
        numbers, found = self.find(codes)
        if found.all():
            return numbers
        new, counts = np.unique(codes[~found], return_counts=True)
        if self.n_colors + new.size > MOST:
            return None
        # Colours of large areas get small numbers, and small numbers take fewer bits.
        self._set(self.n_colors, new[np.argsort(-counts, kind="stable")])
        return self._number_of.take(codes)


class OwnTable(Table):
    """Numbers the colours of one box, whatever the ones before it had."""

    def number(self, codes, most):
        """Number colours.

        Args:
            codes: uint32 array (n,), 0xBBGGRR.
            most: how many the table may have.

        Returns:
            Their numbers, uint8 array (n,): of the colours themselves, or of the most alike if there are more
            than `most`.
        """
        colors, counts = np.unique(codes, return_counts=True)
        own = colors if colors.size <= most else choose_colors(colors, counts, most)
        self._set(0, own)
        if own is not colors:
            self._number_of[colors] = nearest(colors, own)
        return self._number_of.take(codes)
