"""What counts as a picture: uint8 pixels, grey, RGB or RGBA; and what is said about anything else."""

import numpy as np


def checked_pixels(frame, name, *, opaque=True):
    """Return a picture as an array, or say why it is none.

    Args:
        frame: uint8 array (height, width), or (height, width, channels) with 1, 3 or 4 channels.
        name: of the picture, for the message.
        opaque: whether RGBA with transparent pixels is refused.

    Raises:
        TypeError, ValueError: with what came and what to do about it.

    >>> checked_pixels(np.zeros((2, 3)), "frame")
    Traceback (most recent call last):
    ...
    TypeError: frame has dtype float64: give uint8 from 0 to 255, e.g. (255 * frame).round().astype(np.uint8)
    """
    if frame is None:
        raise ValueError(f'{name} is None: make the environment with render_mode="rgb_array"')
    if not hasattr(frame, "__array__"):
        raise TypeError(
            f"{name} is a {type(frame).__name__}: give NumPy arrays, such as env.render() returns"
        )
    frame = np.asarray(frame)
    if frame.dtype != np.uint8:
        raise TypeError(f"{name} has dtype {frame.dtype}: give uint8 from 0 to 255{_way_to_bytes(frame)}")
    channels = frame.shape[2] if frame.ndim == 3 else 1
    if frame.ndim not in (2, 3) or channels not in (1, 3, 4) or not frame.size:
        raise ValueError(
            f"{name} has shape {frame.shape}: give (height, width, 3) for colour or (height, width) for grey"
        )
    if opaque and channels == 4 and frame[:, :, 3].min() != 255:
        raise ValueError(f"{name} is transparent in places: films are opaque, put it on a background first")
    return frame


def checked_figure(fig):
    """Return a figure of matplotlib; raise a `TypeError` for anything else.

    >>> checked_figure(None)
    Traceback (most recent call last):
    ...
    TypeError: the figure is None, expected one of matplotlib: end a function that draws with `return fig`
    """
    if not hasattr(fig, "savefig"):
        came = fig if fig is None else type(fig).__name__
        raise TypeError(
            f"the figure is {came}, expected one of matplotlib: end a function that draws with `return fig`"
        )
    return fig


def _way_to_bytes(frame):
    """Return how to make bytes of other numbers, by what they are: cut to bytes they show other colours."""
    kind = frame.dtype.kind
    if kind == "b":
        return ", e.g. 255 * frame.astype(np.uint8)"
    if kind not in "iuf":
        return ""
    lowest, highest = (float(frame.min()), float(frame.max())) if frame.size else (0.0, 0.0)
    if kind == "f" and lowest >= 0 and highest <= 1:
        return ", e.g. (255 * frame).round().astype(np.uint8)"
    if lowest >= 0 and highest <= 255:
        return f", e.g. frame{'.round()' if kind == 'f' else ''}.astype(np.uint8)"
    return f"; its numbers go from {lowest:g} to {highest:g}, so bring them there first"


def to_rgb(picture):
    """Return a grey, colour or opaque picture as (height, width, 3), without a copy if it can."""
    if picture.ndim == 3 and picture.shape[2] == 3:
        return picture
    if picture.ndim == 3 and picture.shape[2] == 4:
        return picture[:, :, :3]
    grey = picture.reshape(picture.shape[0], picture.shape[1], 1)
    return np.broadcast_to(grey, (*picture.shape[:2], 3))
