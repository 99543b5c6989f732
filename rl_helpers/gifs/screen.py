"""What a film shows, and which pixels change from one frame to the next: only those are written."""

import numpy as np

RGB = np.uint32(0xFFFFFF)
"""The part of a pixel read as four bytes that is its colour, 0xBBGGRR."""


class Screen:
    """The frame that is shown, and how to change it.

    Args:
        shape: (height, width) of every frame.

    Attributes:
        pixels: what is shown, uint32 array (height, width), 0xBBGGRR.
    """

    def __init__(self, shape):
        height, width = shape
        self.pixels = np.zeros(shape, np.uint32)
        # One byte is added, so that the last pixel too can be read as a word of four bytes.
        memory = np.zeros(height * width * 3 + 1, np.uint8)
        self._shown = memory[:-1].reshape(height, width, 3)
        self._read = np.ndarray(shape, "<u4", memory, strides=(3 * width, 3))
        # For speed (`tools.bench films`): a machine word at a time is compared, the largest that fits a row.
        self._word = next(size for size in (8, 4, 2, 1) if 3 * width % size == 0)
        self._blank = True

    def show(self, frame):
        """Show a frame.

        Args:
            frame: uint8 array (height, width, 3).

        Returns:
            The box around the pixels that changed, (slice of rows, slice of columns); which of its pixels
            did, counted row by row, int array (n,); and their colours, uint32 array (n,). None if the frame
            is the one that is shown.

        >>> screen = Screen((2, 3))
        >>> black = np.zeros((2, 3, 3), np.uint8)
        >>> screen.show(black)[1]                           # nothing was shown before
        array([0, 1, 2, 3, 4, 5])
        >>> dot = black.copy()
        >>> dot[1, 2] = 9
        >>> screen.show(dot), screen.show(dot)
        (((slice(1, 2, None), slice(2, 3, None)), array([0]), array([592137], dtype=uint32)), None)
        """
        frame = np.ascontiguousarray(frame)
        if self._blank:
            self._blank = False
            self._shown[:] = frame
            self.pixels[:] = self._read & RGB
            height, width = self.pixels.shape
            return (slice(0, height), slice(0, width)), np.arange(height * width), self.pixels.flatten()
        box = self._box(frame)
        if box is None:
            return None
        self._shown[box[0]] = frame[box[0]]
        shown, pixels = self.pixels[box], self._read[box] & RGB
        (changed,) = (pixels != shown).ravel().nonzero()
        shown[:] = pixels
        return box, changed, pixels.ravel()[changed]

    def _box(self, frame):
        """Return the rows and columns around what differs from what is shown, or None."""
        height, _ = self.pixels.shape
        now, before = (array.reshape(height, -1).view(f"u{self._word}") for array in (frame, self._shown))
        n_words = now.shape[1]
        different = (now != before).tobytes()  # for speed: bytes are searched faster than arrays
        first = different.find(1)
        if first < 0:
            return None
        top, bottom = first // n_words, different.rfind(1) // n_words + 1
        # Whatever byte is not 0 in all rows together has changed in one of them.
        together = np.bitwise_or.reduce(now[top:bottom] ^ before[top:bottom], axis=0).view(np.uint8)
        (changed,) = together.nonzero()
        return slice(top, bottom), slice(int(changed[0]) // 3, int(changed[-1]) // 3 + 1)
