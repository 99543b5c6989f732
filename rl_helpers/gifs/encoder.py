"""How the changes of a film are numbered and packed: what decides a GIF's size.

Only the box around what changed is written. Pixels in it that did not change are transparent where that makes
the file smaller.
"""

import numpy as np

from rl_helpers.gifs.colors import MOST, OwnTable, SharedTable
from rl_helpers.gifs.container import Container, lzw
from rl_helpers.gifs.drawing import WAYS, Drawing, opaque
from rl_helpers.gifs.screen import Screen

AGAIN = 16
"""Of so many boxes of one kind, one is packed in every way, and the others as was shortest for it."""


PIXEL = lzw(np.zeros((1, 1), np.uint8), 0)
"""A picture of one pixel of colour 0, packed."""


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
        self._screen = Screen(shape)
        self._shared = SharedTable()
        self._own = None
        self._n_named = 0  # entries that the shared table needs for transparent numbers
        self._numbers = np.zeros(
            shape, np.uint8
        )  # of each pixel in the shared table, until another is needed
        self._painted = None  # and from then on the colour that each pixel has, uint32 array like the screen
        self._kinds = {}  # of large boxes: how many there were, and which way was shortest for the last tried

    def add(self, frame, delay):
        """Append a frame.

        Args:
            frame: uint8 array (height, width, 3).
            delay: how long it is shown, hundredths of a second.
        """
        change = self._screen.show(frame)
        if change is None:
            self.hold(delay)
        else:
            self._paint(*change, delay)

    def hold(self, delay):
        """Go on showing what is there: one transparent pixel carries the time, in hundredths of a second."""
        self._n_named = max(self._n_named, 1)
        self._container.box(PIXEL, 0, 0, 1, 1, delay=delay, transparent=0)

    def finish(self):
        """Complete the file."""
        self._container.finish(_entries(self._shared.colors, self._n_named))

    def _paint(self, box, changed, colors, delay):
        """Write a box whose pixels `changed`, counted row by row, are painted in these colours."""
        drawing, own = self._number(box, changed, colors)
        if drawing.free is None and drawing.unknown is not None:
            # All 256 numbers are colours here, and what is around them has others: paint all of it.
            drawing, own = self._number(box, np.arange(drawing.size), self._screen.pixels[box].ravel())
        rows, columns = box
        height, width = rows.stop - rows.start, columns.stop - columns.start
        packed, way = self._pack(drawing, (height, width))
        transparent = None if way is opaque and drawing.unknown is None else drawing.free
        n_named = 0 if transparent is None else transparent + 1
        if own is None:
            self._n_named = max(self._n_named, n_named)
        self._container.box(
            packed,
            columns.start,
            rows.start,
            width,
            height,
            delay=delay,
            transparent=transparent,
            colors=None if own is None else _entries(own, n_named),
        )

    def _number(self, box, changed, colors):
        """Return the drawing of a box, and the colours of its own table, None if it shares one."""
        found = self._shared.number(colors)
        if found is not None and self._painted is None:
            there = self._numbers[box]
            numbers = found
            if changed.size < there.size:
                numbers = there.flatten()
                numbers[changed] = found
            there[:] = numbers.reshape(there.shape)
            return Drawing(changed, found, numbers.size, numbers), None
        if self._painted is None:
            # Up to here all pixels were painted as they are.
            self._painted, self._own = self._screen.pixels.copy(), OwnTable()
        table, there = self._shared, self._painted[box]
        if found is None:
            table = self._own
            found = table.number(colors, MOST if changed.size == there.size else MOST - 1)
            colors = table.colors[found]
        there[np.divmod(changed, there.shape[1])] = colors
        drawing = Drawing(changed, found, there.size, look_up=lambda: table.find(there.ravel()))
        return drawing, None if table is self._shared else table.colors

    def _pack(self, drawing, shape):
        """Return a box, packed in the way that is shortest or was for others of its kind, and that way."""
        kind = drawing.kind
        n_seen, best = self._kinds.get(kind, (0, opaque))
        ways = (best,) if kind is None or n_seen % AGAIN else WAYS
        packings = []
        for way in ways:
            drawn = way(drawing)
            packings.append((lzw(drawn.reshape(shape), int(drawn.max())), way))
        packing = min(packings, key=lambda packing: len(packing[0]))
        if kind is not None:
            self._kinds[kind] = n_seen + 1, packing[1]
        return packing


def _entries(colors, at_least):
    """Return colours 0xBBGGRR as a list of 0xRRGGBB, filled up with black to a number of entries."""
    entries = [(code & 0xFF) << 16 | code & 0xFF00 | code >> 16 for code in colors.tolist()]
    return entries + [0] * (at_least - len(entries))
