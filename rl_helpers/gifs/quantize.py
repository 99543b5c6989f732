"""Few colours that stand for many, for pictures that have more than a GIF can hold."""

import numpy as np
from PIL import Image

_SAMPLE = 1 << 14  # pixels the choice is made from
_CHUNK = 1 << 12  # colours compared with the palette at once


def choose_colors(colors, counts, n_colors):
    """Choose colours by median cut.

    Args:
        colors: uint32 array (n,), different colours as 0xBBGGRR.
        counts: int array (n,), how many pixels have each.
        n_colors: how many to choose at most, 1 to 256.

    Returns:
        uint32 array (≤ n_colors,), the colours chosen.

    Source: P. Heckbert, "Color image quantization for frame buffer display", SIGGRAPH 1982, as in Pillow.
    """
    # A colour weighs what its area does, and even the smallest (a ball of four pixels) takes part.
    repeats = counts * _SAMPLE // counts.sum() + 1
    sample = np.repeat(colors, repeats) if colors.size <= 4 * _SAMPLE else colors[:: colors.size // _SAMPLE]
    image = Image.fromarray(_channels(sample)[None])
    chosen = image.quantize(n_colors, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    palette = np.array(chosen.getpalette(), np.uint32).reshape(-1, 3)[:n_colors]
    return palette @ np.array([1, 1 << 8, 1 << 16], np.uint32)


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
