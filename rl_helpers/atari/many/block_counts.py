"""A small picture of the screen: how many points of each block are not of the background's colour."""

import numpy as np

from rl_helpers.arguments import count

WORDS = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}
"""A whole number that holds as many points of a row as a block is wide, a byte each."""


class BlockCounts:
    """Cuts a part out of the screen and counts, block by block, the points that show something.

    Where something small lies in a block is lost, but something that lies across an edge is counted on both
    sides of it, so a thing at rest is still placed to a fraction of a block. Colours are lost.

    The points of a block's row are read as one whole number, with a byte for each; four such numbers added
    and multiplied by 0x01010101 have the sum of all bytes in the first one. That is eight times as fast as a
    sum over two axes.

    Args:
        rows, columns: of the screen, which part is seen: first and behind the last, (start, stop).
        block: height and width of a block in points; a width of 1, 2, 4 or 8, and at most 255 points.
        background: number of the background's colour in the console's palette; 0 is black.

    Attributes:
        shape: of a picture, (n_rows, n_columns).
        most: points of a block: a count lies between 0 and that.

    Raises:
        ValueError: if the part is not made of whole blocks, or a block is too large or of another width.

    >>> view = BlockCounts((0, 8), (0, 8), block=(4, 4))
    >>> screen = np.zeros((210, 160), np.uint8)
    >>> screen[2:4, 3:6] = 7
    >>> view(screen).tolist()
    [[2, 4], [0, 0]]
    """

    def __init__(self, rows=(0, 210), columns=(0, 160), *, block=(5, 4), background=0):
        height, width = (count("block", side) for side in block)
        if width not in WORDS or height * width > 255:
            raise ValueError(f"block is {block}, expected a width of 1, 2, 4 or 8 and at most 255 points")
        for name, (start, stop), side in (("rows", rows, height), ("columns", columns, width)):
            if not 0 <= start < stop or (stop - start) % side:
                raise ValueError(
                    f"{name} are {start} to {stop}, expected whole blocks of {side}: change one of the two"
                )
        self.rows, self.columns, self.background = slice(*rows), slice(*columns), background
        self.block = height, width
        self.shape = (rows[1] - rows[0]) // height, (columns[1] - columns[0]) // width
        self.most = height * width
        self._word = WORDS[width]
        self._ones = self._word(int("01" * width, 16))
        self._shift = self._word(8 * (width - 1))

    def __call__(self, screen):
        """Return the picture, uint8 of `shape`, of a screen, uint8 (height, width) of palette numbers."""
        shows = screen[self.rows, self.columns] != self.background
        words = shows.view(self._word).reshape(self.shape[0], self.block[0], self.shape[1])
        return (words.sum(axis=1, dtype=self._word) * self._ones >> self._shift).astype(np.uint8)
