"""What callers hand over as frames, checked and brought into one form."""

import itertools
import math
from pathlib import Path

import numpy as np

from rl_helpers.notebook.pixels import checked_pixels, to_rgb

DEFAULT_FPS = 30


def open_film(frames, fps):
    """Look at the first frame of a film, and at all of them if they are in a list.

    Args:
        frames: list or generator of arrays, or of dicts that have one as `"frame"`.
        fps: frames per second; None takes the `"render_fps"` that the first frame carries, else 30.

    Returns:
        (pictures, shape, fps): a generator of uint8 arrays (height, width, 3) in memory that belongs to the
        caller, their (height, width), and the frames per second as a float.

    Raises:
        TypeError, ValueError: if something is not a frame, with its number and what to do about it.
    """
    if fps is not None:
        fps = checked_fps(fps)
    if isinstance(frames, dict | str | bytes | None):
        raise TypeError(f"frames is {_kind(frames)}: give a list or a generator of frames, e.g. [frame]")
    if isinstance(frames, np.ndarray) and (
        frames.ndim < 3 or (frames.ndim == 3 and frames.shape[-1] in (3, 4))
    ):
        raise ValueError(f"frames is one picture of shape {frames.shape}: give a list of them, e.g. [frame]")
    try:
        iterator = iter(frames)
    except TypeError:
        raise TypeError(f"frames is {_kind(frames)}: give a list or a generator of frames") from None
    if isinstance(frames, list | tuple):
        # All of a list can be looked at before any work is done.
        for number, frame in enumerate(frames):
            _picture(frame, number, frames[0])
    try:
        first = next(iterator)
    except StopIteration:
        raise ValueError("frames is empty: give at least one frame, e.g. [env.render()]") from None
    picture = _picture(first, 0, first)
    if fps is None:
        carried = first.get("render_fps") if isinstance(first, dict) else None
        fps = DEFAULT_FPS if carried is None else checked_fps(carried)
    pictures = (
        _picture(frame, number, picture) for number, frame in enumerate(itertools.chain([picture], iterator))
    )
    return (to_rgb(picture) for picture in pictures), picture.shape[:2], fps


def checked_fps(fps):
    """Return frames per second as a float above 0.

    >>> checked_fps(0)
    Traceback (most recent call last):
    ...
    ValueError: fps is 0: give the number of frames per second, above 0, e.g. env.metadata["render_fps"]
    """
    try:
        number = float(fps)
    except (TypeError, ValueError):
        number = math.nan
    if not 0 < number < math.inf:
        raise ValueError(
            f'fps is {fps!r}: give the number of frames per second, above 0, e.g. env.metadata["render_fps"]'
        )
    return number


def target(filename, suffix):
    """Return the path to write to, in a folder that exists and with the suffix asked for.

    >>> target("bob.png", ".gif")
    Traceback (most recent call last):
    ...
    ValueError: filename is 'bob.png', which does not end in .gif: call it 'bob.gif'
    """
    try:
        path = Path(filename).expanduser()
    except RuntimeError:
        raise ValueError(
            f"filename is {str(filename)!r}, and nobody knows that home: give the folder"
        ) from None
    if path.suffix.lower() != suffix:
        raise ValueError(
            f"filename is {str(filename)!r}, which does not end in {suffix}: "
            f"call it {str(path.with_suffix(suffix)) if path.name else 'film' + suffix!r}"
        )
    if not path.parent.is_dir():
        raise FileNotFoundError(
            f"the folder of {str(filename)!r} does not exist: make it first, with "
            f"Path({str(path.parent)!r}).mkdir(parents=True)"
        )
    if path.is_dir():
        raise IsADirectoryError(f"{str(filename)!r} is a folder: give the name of a file")
    return path.resolve()  # a link stays a link, and its target is replaced


def _picture(frame, number, first):
    """Return the array of a frame after checking it against the first one."""
    name = f"frames[{number}]"
    if isinstance(frame, dict):
        if "frame" not in frame:
            raise ValueError(f'{name} is a dict without "frame": it has {", ".join(map(repr, frame))}')
        name, frame = f'{name}["frame"]', frame["frame"]
    frame = checked_pixels(frame, name)
    if max(frame.shape[:2]) > 0xFFFF:
        raise ValueError(f"{name} has shape {frame.shape}: a GIF has at most 65535 pixels a side")
    expected = np.shape(first["frame"] if isinstance(first, dict) else first)
    if frame.shape != expected:
        raise ValueError(
            f"{name} has shape {frame.shape}, frames[0] has {expected}: "
            "render every frame of one animation in one mode"
        )
    return frame


def _kind(value):
    return "None" if value is None else f"a {type(value).__name__}"
