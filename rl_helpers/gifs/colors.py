"""The colour table that all frames of a film share, and those of frames that it is too small for.

A picture that has more colours than a table gets few that stand for many.
"""

import numpy as np
from PIL import Image

from rl_helpers.gifs.screen import RGB

MOST = 256
"""Colours in one table of a GIF."""

AT_ONCE = 1 << 16
"""Pixels that are looked up at once, so that numbers for that do not take much more memory than a frame."""

_FEW = 1 << 10  # colours that are compared with each other
_SAMPLE = 1 << 14  # pixels the choice is made from
_CHUNK = 1 << 12  # colours compared with the palette at once
_PLACES = np.array([1, 1 << 8, 1 << 16], np.uint32)  # of red, green and blue in a colour
_MANY, _STRIDE = 1 << 12, 61  # pixels, of which one in so many is looked at first


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
        if codes.size <= AT_ONCE:
            numbers = self._number_of.take(codes)
            return numbers, self._colors.take(numbers) == codes
        numbers, found = np.empty(codes.size, np.uint8), np.empty(codes.size, bool)
        for start in range(0, codes.size, AT_ONCE):
            part = slice(start, start + AT_ONCE)
            numbers[part], found[part] = self.find(codes[part])
        return numbers, found

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
        unknown = codes[~found]
        # For speed (`tools.bench films`): what is too much is mostly seen in a part.
        for part in (unknown[::_STRIDE], unknown) if unknown.size > _MANY else (unknown,):
            new, counts = np.unique(part, return_counts=True)
            if self.n_colors + new.size > MOST:
                return None
        # Colours of large areas get small numbers, and small numbers take fewer bits.
        self._set(self.n_colors, new[np.argsort(-counts, kind="stable")])
        return self.find(codes)[0]


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
        return self.find(codes)[0]


def choose_colors(colors, counts, n_colors):
    """Choose colours, each the mean of a group: by merging pairs, or by median cut where there are many.

    Args:
        colors: uint32 array (n,), different colours as 0xBBGGRR.
        counts: int array (n,), how many pixels have each.
        n_colors: how many to choose at most, 1 to 256.

    Returns:
        uint32 array (≤ n_colors,), the colours chosen.

    Source:
        W. Equitz, "A new vector quantization clustering algorithm", IEEE Transactions on Acoustics, Speech
        and Signal Processing 37, 1989; P. Heckbert, "Color image quantization for frame buffer display",
        SIGGRAPH 1982, as in Pillow.
    """
    if colors.size <= _FEW:
        chosen = _merge_pairs(_channels(colors).astype(np.float32), counts.astype(np.float32), n_colors)
        return chosen @ _PLACES
    # A colour weighs what its area does, and even the smallest (a ball of four pixels) takes part.
    repeats = counts * _SAMPLE // counts.sum() + 1
    sample = np.repeat(colors, repeats) if colors.size <= 4 * _SAMPLE else colors[:: colors.size // _SAMPLE]
    image = Image.fromarray(_channels(sample)[None])
    chosen = image.quantize(n_colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = np.array(chosen.getpalette(), np.uint32).reshape(-1, 3)[:n_colors]
    return palette @ _PLACES


def _merge_pairs(means, weights, n_groups):
    """Merge groups until there are `n_groups`, many pairs at a time, those first that lose least.

    Args:
        means: float array (n, 3), the mean of each group.
        weights: float array (n,), how large it is.
        n_groups: how many are to be left.

    Returns:
        The means of those left, rounded, uint32 array (≤ n_groups, 3).

    >>> _merge_pairs(np.float32([[0, 0, 0], [9, 9, 9], [1, 1, 1]]), np.float32([2, 8, 4]), 2)
    array([[9, 9, 9],
           [1, 1, 1]], dtype=uint32)
    """
    while len(means) > n_groups:
        squares = (means**2).sum(axis=1)
        distances = squares[:, None] + squares - 2 * means @ means.T
        np.fill_diagonal(distances, np.inf)
        near = distances.argmin(axis=1)
        loss = distances[np.arange(len(near)), near] * weights * weights[near] / (weights + weights[near])
        # Those that lose most wait: the others may have merged with each other by then.
        n_ready = 2 * min(len(means) - n_groups, -(-len(means) // 3))
        cheapest = loss.argsort(kind="stable")[:n_ready]
        pairs = np.column_stack((cheapest, near[cheapest]))
        # A group is in the first pair that it appears in, and waits if the other one is not.
        _, first, group = np.unique(pairs, return_index=True, return_inverse=True)
        together = (first[group].reshape(pairs.shape) // 2 == np.arange(len(pairs))[:, None]).all(axis=1)
        gone, kept = pairs[together][: len(means) - n_groups].T
        moved = means[gone] * weights[gone, None] + means[kept] * weights[kept, None]
        weights[kept] += weights[gone]
        means[kept] = moved / weights[kept, None]
        means, weights = np.delete(means, gone, axis=0), np.delete(weights, gone)
    return np.rint(means).astype(np.uint32)


def nearest(colors, palette):
    """Return for each colour the position of the nearest one in the palette, uint8 array (n,).

    >>> nearest(np.uint32([0x0000FF, 0x010101]), np.uint32([0, 0x0000F0]))
    array([1, 0], dtype=uint8)
    """
    channels = _channels(palette).astype(np.float32)
    squares = (channels**2).sum(axis=1)
    positions = np.empty(colors.size, np.uint8)
    for start in range(0, colors.size, _CHUNK):
        chunk = _channels(colors[start : start + _CHUNK]).astype(np.float32)
        # |a - b|² without |a|², which is the same for all: whole numbers below 2**24, exact in float32.
        positions[start : start + _CHUNK] = (squares - 2 * chunk @ channels.T).argmin(axis=1)
    return positions


def _channels(colors):
    """Return 0xBBGGRR as uint8 array (n, 3), red first."""
    return colors.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3].copy()
