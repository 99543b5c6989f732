"""Films to write, and what is read from the files: by Pillow, by ffmpeg, byte by byte."""

import itertools
import subprocess
from typing import NamedTuple

import imageio_ffmpeg
import numpy as np
from PIL import Image, ImageSequence

OLD = b"the film that was there before"


def seen(path):
    """Return the frames that Pillow reads, uint8 (n, height, width, 3)."""
    with Image.open(path) as image:
        return np.stack([np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)])


def seen_by_ffmpeg(path, shape):
    """Return the frames that ffmpeg reads, uint8 (n, height, width, 3)."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-loglevel", "error", "-i", str(path)]
    command += ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    raw = subprocess.run(command, capture_output=True, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, *shape, 3)


class Block(NamedTuple):
    delay: int
    disposal: int
    left: int
    top: int
    width: int
    height: int
    own_table: bool


def blocks(path):
    """Return the time steps in a file, as GIF89a says; numbers must be in tables, nothing may follow."""
    data = path.read_bytes()
    shared = table_size(data[10])
    position = 13 + 3 * shared
    found, control = [], None
    while data[position] != 0x3B:
        if data[position] == 0x21:
            if data[position + 1] == 0xF9:
                control = data[position + 3 : position + 7]
            position += 2
        else:
            place = np.frombuffer(data[position + 1 : position + 9], "<u2").tolist()
            own = table_size(data[position + 9])
            assert not control[0] & 1 or control[3] < (own or shared), "transparent number without an entry"
            found.append(Block(control[1] + 256 * control[2], control[0] >> 2, *place, own > 0))
            position += 11 + 3 * own
        while data[position]:
            position += 1 + data[position]
        position += 1
    assert position == len(data) - 1
    return found


def table_size(flags):
    return 2 << (flags & 7) if flags & 0x80 else 0


def noise(n_frames, shape, n_colors, seed=0):
    """Return frames of random pixels that have exactly `n_colors` colours in all, if they fit."""
    rng = np.random.default_rng(seed)
    codes = rng.choice(1 << 24, n_colors, replace=False)
    palette = np.stack([codes >> 16, codes >> 8 & 255, codes & 255], axis=1).astype(np.uint8)
    chosen = rng.integers(n_colors, size=(n_frames, *shape))
    chosen.reshape(-1)[:n_colors] = np.arange(n_colors)[: chosen.size]
    return palette[chosen]


def walk(n_frames, shape=(30, 41)):
    """Return frames in which a square walks over a striped floor, each different from the one before."""
    height, width = shape
    floor = np.zeros((*shape, 3), np.uint8)
    floor[::3] = 90, 120, 20
    film = np.stack([floor] * n_frames)
    for number, frame in enumerate(film):
        row, column = (3 * number) % (height - 4), (5 * number) % (width - 4)
        frame[row : row + 4, column : column + 4] = 250, 200, number % 100
    return film


def starts(path):
    """Return when each frame starts, and the end, hundredths of a second."""
    return [0, *itertools.accumulate(block.delay for block in blocks(path))]


GOOD = np.zeros((4, 5, 3), np.uint8)
