"""Few colours that stand for many, for pictures that have more than a GIF can hold."""

import numpy as np
from PIL import Image

_FEW = 1 << 10  # colours that are compared with each other
_SAMPLE = 1 << 14  # pixels the choice is made from
_CHUNK = 1 << 12  # colours compared with the palette at once
_PLACES = np.array([1, 1 << 8, 1 << 16], np.uint32)  # of red, green and blue in a colour


def choose_colors(colors, counts, n_colors):
    """Choose colours, each the mean of a group: by merging pairs, or by median cut where there are many.

    Args:
        colors: uint32 array (n,), different colours as 0xBBGGRR.
        counts: int array (n,), how many pixels have each.
        n_colors: how many to choose at most, 1 to 256.

    Returns:
        uint32 array (≤ n_colors,), the colours chosen.

    Source:
        W. Equitz, "A new vector quantization clustering algorithm", IEEE Transactions on Acoustics, Speech and
        Signal Processing 37, 1989; P. Heckbert, "Color image quantization for frame buffer display", SIGGRAPH
        1982, as in Pillow.
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
        cheapest = loss.argsort(kind="stable")
        pairs = np.column_stack((cheapest, near[cheapest]))
        # A group is in the first pair that it appears in, and waits if the other one is not.
        _, first = np.unique(pairs, return_index=True)
        together = (first[pairs] // 2 == np.arange(len(pairs))[:, None]).all(axis=1)
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
