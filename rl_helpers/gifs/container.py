"""The bytes of a GIF file: header, colour tables, delays, LZW-packed boxes. Knows nothing about films.

Source: CompuServe, "Graphics Interchange Format, version 89a" (1990), https://www.w3.org/Graphics/GIF/spec-gif89a.txt
"""

import io
import struct

from PIL import Image

IN_MEMORY = 1 << 20
"""Bytes of a film kept in memory before any goes to the disk."""

_KEEP = 1 << 2  # disposal: the next box is painted over what is there
_TRANSPARENT = 1
_TABLE = 0x80
_TRAILER = b";"


def table_bits(n_colors):
    """Return the bits of an index into a table of `n_colors`, 1 to 8.

    >>> [table_bits(n_colors) for n_colors in (1, 2, 3, 4, 5, 256)]
    [1, 1, 2, 2, 3, 8]
    """
    return max(1, (n_colors - 1).bit_length())


def table_bytes(colors, bits):
    """Return the colours 0xRRGGBB as a table of 2**bits entries, the rest black."""
    entries = b"".join(color.to_bytes(3, "big") for color in colors)
    return entries.ljust(3 << bits, b"\0")


def lzw(numbers, highest):
    """Pack colour numbers with Pillow's LZW encoder, in C.

    Args:
        numbers: uint8 array (height, width).
        highest: the largest of them, 0 to 255.

    Returns:
        The packed bytes, in GIF's sub-blocks, ready to be written.
    """
    height, width = numbers.shape
    bits = max(2, table_bits(highest + 1))
    image = Image.frombuffer("L", (width, height), numbers.tobytes(), "raw", "L", 0, 1)
    encoder = Image._getencoder("L", "gif", ("L",), (bits, 0))
    encoder.setimage(image.im, (0, 0, width, height))
    parts = [bytes((bits,))]
    finished = 0
    while not finished:
        _, finished, data = encoder.encode(1 << 16)
        parts.append(data)
    encoder.cleanup()
    if finished < 0:
        raise OSError(f"Pillow's GIF encoder stopped with code {finished}")
    parts.append(b"\0")
    return b"".join(parts)


class Container:
    """A GIF file being written, whose table of shared colours is only known at the end.

    Args:
        file: binary file, writable and seekable, empty.
        width: of the film, pixels.
        height: of the film, pixels.
        loop: whether the film starts again when it is over.
    """

    def __init__(self, file, width, height, *, loop):
        self._file = file
        self._size = width, height
        self._loop = loop
        self._body = io.BytesIO()
        self._on_disk = False

    def box(self, packed, left, top, width, height, *, delay, transparent=None, colors=None):
        """Append one time step of the film: a box painted over what is there.

        Args:
            packed: its colour numbers, from `lzw`.
            left: column of the box, pixels.
            top: row of the box, pixels.
            width: of the box, pixels.
            height: of the box, pixels.
            delay: how long the result is shown, hundredths of a second.
            transparent: the number that leaves a pixel as it is, or None.
            colors: the box's own colours 0xRRGGBB, or None for the shared table.
        """
        flags, table = 0, b""
        if colors is not None:
            bits = table_bits(len(colors))
            table = table_bytes(colors, bits)
            flags = _TABLE | (bits - 1)
        control = _KEEP if transparent is None else _KEEP | _TRANSPARENT
        self._body.write(struct.pack("<BBBBHBB", 0x21, 0xF9, 4, control, delay, transparent or 0, 0))
        self._body.write(struct.pack("<BHHHHB", 0x2C, left, top, width, height, flags))
        self._body.write(table)
        self._body.write(packed)
        if self._body.tell() > IN_MEMORY:
            if not self._on_disk:
                # How many colours will come is not known yet: leave room for all 256.
                self._file.write(self._header((), 8))
                self._on_disk = True
            self._file.write(self._body.getbuffer())
            self._body = io.BytesIO()

    def finish(self, colors):
        """Write what is missing.

        Args:
            colors: the shared table, colours 0xRRGGBB; empty if every box has its own.
        """
        self._body.write(_TRAILER)
        if not self._on_disk:
            self._file.write(self._header(colors, table_bits(len(colors)) if colors else 0))
        self._file.write(self._body.getbuffer())
        if self._on_disk:
            self._file.seek(0)
            self._file.write(self._header(colors, 8))

    def _header(self, colors, bits):
        flags = 0x70 | (_TABLE | (bits - 1) if bits else 0)
        header = b"GIF89a" + struct.pack("<HHBBB", *self._size, flags, 0, 0)
        if bits:
            header += table_bytes(colors, bits)
        if self._loop:
            header += b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
        return header
