"""Frames in, a GIF out: `create_gif`."""

import numpy as np

from rl_helpers.arguments import number_in
from rl_helpers.gifs.encoder import FilmEncoder
from rl_helpers.gifs.frames import open_film, target
from rl_helpers.gifs.saving import replacing
from rl_helpers.gifs.timing import LONGEST, with_delays


def create_gif(frames, filename, fps=None, *, loop=True, hold_last=0.0):
    """Write frames as a GIF that is exact and plays at the speed asked for.

    With 256 colours or fewer in all frames together every pixel is exact. With more, each frame still has
    up to 255 new ones of its own. Memory does not grow with the length, so a generator may go on for long.

    Args:
        frames: list or generator of uint8 arrays, (height, width, 3) or (height, width) for grey, or of
            dicts that have one as `"frame"`, as `record_episode` returns them.
        filename: of the file to write, ends in `.gif`. An old one is replaced when the new one is complete.
        fps: frames per second. None takes `"render_fps"` where frames carry it, else 30. Browsers show at
            most 50; above that, frames are left out so that the film takes the time it should.
        loop: whether the film starts again when it is over, for ever; 0 means so too, as in other libraries.
        hold_last: how much longer the last frame stays, in seconds, so that one sees how it ends.

    Returns:
        The `pathlib.Path` of the file.

    Raises:
        TypeError, ValueError: if a frame cannot be used, or fps or filename make no sense.
        FileNotFoundError: if the folder does not exist.

    >>> import numpy as np, pathlib, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> frames = [np.full((20, 30, 3), 60 * number, np.uint8) for number in range(4)]
    >>> create_gif(frames, pathlib.Path(folder.name) / "grey.gif", fps=10).name
    'grey.gif'
    >>> folder.cleanup()
    """
    path = target(filename, ".gif")
    pictures, shape, fps = open_film(frames, fps)
    if 100 / fps > LONGEST:
        raise ValueError(
            f"fps is {fps}: one frame of a GIF lasts at most {LONGEST / 100} s, give 0.002 or more"
        )
    loop = _loops(loop)
    hold_last = round(100 * number_in("hold_last", hold_last, 0, LONGEST / 100))
    with replacing(path) as partial, partial.open("r+b") as file:
        encoder = FilmEncoder(file, shape, loop=loop)
        for picture, delay in with_delays(pictures, fps):
            encoder.add(picture, delay)
        if hold_last:
            encoder.hold(hold_last)
        encoder.finish()
    return path


def _loops(loop):
    """Return whether a film starts again.

    >>> _loops(2)
    Traceback (most recent call last):
    ...
    ValueError: loop is 2: give True to play for ever (0 means so too), or False to play once
    """
    if isinstance(loop, bool | np.bool_):
        return bool(loop)
    if isinstance(loop, int | np.integer) and loop == 0:
        return True
    raise ValueError(f"loop is {loop!r}: give True to play for ever (0 means so too), or False to play once")
