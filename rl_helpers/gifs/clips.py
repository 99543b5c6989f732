"""Videos, and the way to MoviePy and back without losing a frame."""

import os
import subprocess
import tempfile
from contextlib import suppress
from fractions import Fraction

import numpy as np

from rl_helpers.gifs.compose import Film
from rl_helpers.gifs.frames import checked_fps, open_film, target
from rl_helpers.gifs.saving import replacing

FFMPEG_NAMES = ("FFMPEG_BINARY", "IMAGEIO_FFMPEG_EXE")
"""Variables of the environment that name another ffmpeg, of MoviePy and of imageio-ffmpeg."""


def create_video(frames, filename, fps=None):
    """Write frames as an mp4 video that every browser plays, each frame once.

    Args:
        frames: as `create_gif` takes them.
        filename: of the file to write, ends in `.mp4`. An old one is replaced when the new one is complete.
        fps: frames per second. None takes `"render_fps"` where frames carry it, else 30.

    Returns:
        The `pathlib.Path` of the file. Sides of an odd length are one pixel longer, as the format needs.

    Raises:
        TypeError, ValueError: if a frame cannot be used, or fps or filename make no sense.
        FileNotFoundError: if the folder does not exist.
        OSError: if the video cannot be written, with the reason that ffmpeg gave.
    """
    path = target(filename, ".mp4")
    pictures, (height, width), fps = open_film(frames, fps)
    ffmpeg = _ffmpeg()
    odd = ((0, height % 2), (0, width % 2), (0, 0))
    rate = str(Fraction(fps).limit_denominator(100_000))
    with replacing(path) as partial, tempfile.TemporaryFile() as log:
        command = [ffmpeg, "-y", "-loglevel", "error"]
        command += ["-f", "rawvideo", "-pix_fmt", "rgb24", "-r", rate]
        command += ["-s", f"{width + width % 2}x{height + height % 2}", "-i", "-"]
        command += ["-vcodec", "libx264", "-crf", "17", "-pix_fmt", "yuv420p", "-r", rate]
        command += ["-movflags", "+faststart", "-f", "mp4", str(partial)]
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=log)
        except OSError as error:
            raise OSError(_no_ffmpeg(error)) from error
        try:
            for picture in pictures:
                try:
                    process.stdin.write(np.pad(picture, odd, mode="edge").tobytes())
                except OSError:
                    break  # ffmpeg gave up: it says why below
        except BaseException:
            process.kill()
            raise
        finally:
            with suppress(OSError):
                process.stdin.close()
            status = process.wait()
        if status:
            log.seek(0)
            reason = log.read().decode(errors="replace").strip()
            raise OSError(f"{path.name} could not be written, ffmpeg says: {reason}")
    return path


def _ffmpeg():
    """Return the program that MoviePy uses."""
    try:
        # Imported here: MoviePy takes half a second, and only videos need it. It knows where ffmpeg is.
        from moviepy.config import FFMPEG_BINARY
    except (OSError, RuntimeError) as error:
        raise OSError(_no_ffmpeg(error)) from error
    return FFMPEG_BINARY


def _no_ffmpeg(error):
    named = [f"{name} is {os.environ[name]!r}" for name in FFMPEG_NAMES if name in os.environ]
    named = " and ".join(named) or f"neither {' nor '.join(FFMPEG_NAMES)} is set"
    return (
        f"ffmpeg, which writes videos, does not start ({error}); {named}: unset what names no program and "
        "restart the kernel, then the one of imageio-ffmpeg is taken; or make a GIF, with create_gif"
    )


def to_clip(frames, fps=None):
    """Make a MoviePy clip of frames, to compose with everything that MoviePy has.

    MoviePy's own `ImageSequenceClip` computes times in float32 under NumPy 2 and loses frames.

    Args:
        frames: as `create_gif` takes them; all are kept in memory.
        fps: frames per second. None takes `"render_fps"` where frames carry it, else 30.

    Returns:
        A `moviepy.VideoClip` of len(frames) / fps seconds.
    """
    from moviepy import VideoClip

    pictures, _, fps = open_film(frames, fps)
    pictures = [np.array(picture) for picture in pictures]

    def picture_at(time):
        # A clip asks for the very moment at which a frame starts: a little later is well inside.
        return pictures[min(int(float(time) * fps + 1e-3), len(pictures) - 1)]

    return VideoClip(picture_at, duration=len(pictures) / fps).with_fps(fps)


def from_clip(clip, fps=None):
    """Take the frames of a MoviePy clip, for `create_gif` or `create_video`.

    Each is taken in the middle of its time, where no rounding can reach the frame before or after.

    Args:
        clip: a `moviepy.VideoClip` with a duration.
        fps: frames per second; None takes the clip's own.

    Returns:
        A `Film` of dicts with `"frame"` and `"render_fps"`.

    Raises:
        ValueError: if the clip has no end.
    """
    if clip.duration is None:
        raise ValueError("clip has no duration: set one, with clip.with_duration(seconds)")
    fps = checked_fps(fps or clip.fps)
    n_frames = max(1, round(clip.duration * fps))

    def make():
        for number in range(n_frames):
            picture = clip.get_frame((number + 0.5) / fps)
            yield {"frame": np.asarray(picture).astype(np.uint8), "render_fps": fps}

    return Film(make)
