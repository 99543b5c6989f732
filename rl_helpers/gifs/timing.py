"""The delays of a GIF: how long each frame is shown, in hundredths of a second, and which are left out."""

from copy import copy

FASTEST = 50
"""Frames per second that a GIF can show: browsers slow shorter delays down to ten frames per second."""

LONGEST = 0xFFFF
"""Hundredths of a second that one frame of a GIF can last."""


def with_delays(pictures, fps):
    """Yield (picture, delay in hundredths of a second) for the frames that are kept.

    Args:
        pictures: iterable of arrays; each must stay as it is until the next one is asked for.
        fps: frames per second, above 0. Up to 50, frame i starts at round(100 · i / fps) and all are kept.
            Above 50, each two hundredths show the frame that is due then, and the last frame is always kept.

    Returns:
        A generator of pairs.

    >>> [delay for _, delay in with_delays([0, 1, 2, 3], fps=30)]
    [3, 4, 3, 3]
    >>> list(with_delays("abcde", fps=100))
    [('a', 2), ('c', 2), ('e', 2)]
    >>> list(with_delays("abcd", fps=100))
    [('a', 2), ('d', 2)]
    """
    return _every(pictures, fps) if fps <= FASTEST else _thinned(pictures, fps)


def _every(pictures, fps):
    start = 0
    for number, picture in enumerate(pictures):
        end = round(100 * (number + 1) / fps)
        yield picture, end - start
        start = end


def _thinned(pictures, fps):
    shown = None  # waits, because the last frame may take its place
    slot = 0
    for number, picture in enumerate(pictures):
        # Slot k is for the frame that is due 2 k hundredths after the start.
        if number >= int(slot * fps / FASTEST):
            if shown is not None:
                yield shown, 2
            shown, slot, last = copy(picture), slot + 1, None
        else:
            last = copy(picture)
    if slot == 1 and last is not None:
        yield shown, 2  # too short for two, yet both its ends are shown
    yield (shown if last is None else last), 2
