import os
import subprocess
import sys
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest

import rl_helpers
from rl_helpers.gifs import (
    create_gif,
    create_video,
    from_clip,
    to_clip,
)
from tests.gifs.films import GOOD, OLD, noise, seen, seen_by_ffmpeg, walk


def big_walk(n_frames, shape=(64, 96)):
    """Return frames of one grey each, which survive lossy packing."""
    return [np.full((*shape, 3), 40 + 4 * (number % 40), np.uint8) for number in range(n_frames)]


@pytest.mark.parametrize(("fps", "n_frames"), [(100, 130), (30, 31), (29.97, 20), (7, 1), (0.5, 3)])
def test_a_video_has_every_frame_once_and_in_order(tmp_path, fps, n_frames):
    path = create_video(big_walk(n_frames), tmp_path / "film.mp4", fps=fps)
    greys = seen_by_ffmpeg(path, (64, 96)).mean(axis=(1, 2, 3))
    np.testing.assert_allclose(greys, [frame.mean() for frame in big_walk(n_frames)], atol=1.9)
    _, seconds = imageio_ffmpeg.count_frames_and_secs(str(path))
    assert seconds == pytest.approx(n_frames / fps, abs=0.011)


def test_a_video_with_odd_sides_loses_no_pixel(tmp_path):
    frame = np.zeros((33, 41, 3), np.uint8)
    frame[-1], frame[:, -1] = 255, 255
    path = create_video([frame], tmp_path / "film.mp4", fps=1)
    shown = seen_by_ffmpeg(path, (34, 42))[0]
    assert shown[32:].min() > 200
    assert shown[:, 40:].min() > 200
    assert shown[:30, :38].max() < 60


def test_a_video_plays_in_browsers_at_the_speed_that_frames_carry(tmp_path):
    frames = [{"frame": frame, "render_fps": 12} for frame in big_walk(3)]
    path = create_video(iter(frames), tmp_path / "film.mp4")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-i", str(path)]
    report = subprocess.run(command, capture_output=True, text=True).stderr
    assert "yuv420p" in report
    assert "12 fps" in report


def test_a_video_that_is_stopped_leaves_the_old_file_and_no_rubbish(tmp_path):
    path = tmp_path / "film.mp4"
    path.write_bytes(OLD)

    def play():
        yield from big_walk(3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        create_video(play(), path)
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


def test_ffmpegs_reason_is_handed_on(tmp_path, monkeypatch):
    monkeypatch.setattr("subprocess.Popen", _broken_ffmpeg(subprocess.Popen))
    with pytest.raises(OSError, match=r"film\.mp4 could not be written, ffmpeg says: .*nonsense"):
        create_video(big_walk(300), tmp_path / "film.mp4")
    assert not list(tmp_path.iterdir())


def _broken_ffmpeg(start):
    def start_broken(command, **options):
        return start([*command[:-1], "-nonsense", "1", command[-1]], **options)

    return start_broken


def test_a_video_is_checked_like_a_gif(tmp_path):
    with pytest.raises(ValueError, match=r"does not end in \.mp4: call it '.*film\.mp4'"):
        create_video([GOOD], tmp_path / "film.gif")
    with pytest.raises(ValueError, match=r"frames\[1\] is None"):
        create_video([GOOD, None], tmp_path / "film.mp4")


def test_moviepy_keeps_every_frame_of_ours(path):
    frames = noise(400, (2, 3), 200)
    clip = to_clip(frames, fps=100)
    assert clip.duration == pytest.approx(4)
    for number in range(400):
        np.testing.assert_array_equal(clip.get_frame(number / 100), frames[number])
    np.testing.assert_array_equal([step["frame"] for step in from_clip(clip)], frames)


def test_no_frame_of_moviepys_is_lost_on_the_way_back():
    from moviepy import ImageSequenceClip, VideoClip

    frames = list(noise(1000, (1, 2), 200))
    rounds_down = VideoClip(lambda time: frames[int(time * 100)], duration=10).with_fps(100)
    for clip in (ImageSequenceClip(frames, fps=100), rounds_down):
        film = list(from_clip(clip))
        np.testing.assert_array_equal([step["frame"] for step in film], frames)
        assert film[0]["render_fps"] == 100


def test_moviepys_compositions_become_exact_films(path):
    from moviepy import clips_array

    a, b = walk(7), walk(7)[::-1]
    create_gif(from_clip(clips_array([[to_clip(a), to_clip(b)]]), fps=30), path)
    np.testing.assert_array_equal(seen(path), np.concatenate([a, b], axis=2))


def test_a_clip_without_an_end_is_refused():
    from moviepy import ColorClip

    with pytest.raises(ValueError, match="clip has no duration"):
        from_clip(ColorClip((4, 5), color=(1, 2, 3)), fps=10)


@pytest.mark.parametrize("name", ["FFMPEG_BINARY", "IMAGEIO_FFMPEG_EXE"])
def test_a_program_that_is_no_ffmpeg_is_named(name, tmp_path):
    code = (
        "import numpy as np; from rl_helpers.gifs import create_video; "
        "create_video([np.zeros((4, 6, 3), np.uint8)] * 2, 'film.mp4')"
    )
    search = os.pathsep.join([str(Path(rl_helpers.__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {name: str(tmp_path / "nothing"), "PYTHONPATH": search}
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("OSError: ffmpeg, which writes videos, does not start")
    assert f"{name} is " in last
    assert "unset" in last
    assert not list(tmp_path.iterdir())
