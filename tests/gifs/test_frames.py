import numpy as np
import pytest

from rl_helpers.gifs import create_gif, encoder
from tests.gifs.films import GOOD, OLD, seen, walk


def test_an_array_a_list_a_tuple_and_a_generator_give_the_same_file(path):
    frames = walk(5)
    files = set()
    for given_frames in (frames, list(frames), tuple(frames), iter(frames), ({"frame": f} for f in frames)):
        files.add(create_gif(given_frames, path).read_bytes())
    assert len(files) == 1


@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 1)])
def test_grey_frames_are_exact(path, shape):
    frames = np.random.default_rng(0).integers(0, 256, (4, *shape), dtype=np.uint8)
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), np.repeat(frames.reshape(4, 20, 30, 1), 3, axis=3))


def test_opaque_rgba_is_exact(path):
    frames = np.concatenate([walk(4), np.full((4, 30, 41, 1), 255, np.uint8)], axis=3)
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), walk(4))


SHEER = np.full((4, 5, 4), 254, np.uint8)


BAD_FRAMES = {
    "none at all": ([], ValueError, "frames is empty: give at least one"),
    "shape": ([GOOD, GOOD, GOOD[:3]], ValueError, r"frames\[2\] has shape \(3, 5, 3\), frames\[0\] has"),
    "mode": ([GOOD, GOOD[..., 0]], ValueError, r"frames\[1\] has shape \(4, 5\).* in one mode"),
    "float": ([GOOD, GOOD / 255], TypeError, r"frames\[1\] has dtype float64: give uint8 .*255 \* frame"),
    "int": ([GOOD.astype(int)], TypeError, r"frames\[0\] has dtype int64: give uint8"),
    "None": ([GOOD, None], ValueError, r'frames\[1\] is None: .*render_mode="rgb_array"'),
    "None in a dict": ([{"frame": None}], ValueError, r'frames\[0\]\["frame"\] is None'),
    "dict without": ([{"state": 3}], ValueError, r"frames\[0\] is a dict without \"frame\": it has 'state'"),
    "transparent": ([SHEER], ValueError, r"frames\[0\] is transparent in places"),
    "channels": ([GOOD[..., :2]], ValueError, r"frames\[0\] has shape \(4, 5, 2\)"),
    "no pixels": ([GOOD[:0]], ValueError, r"frames\[0\] has shape \(0, 5, 3\)"),
    "too long": ([np.zeros((1, 65536), np.uint8)], ValueError, "at most 65535 pixels"),
    "text": (["bob.png"], TypeError, r"frames\[0\] is a str"),
}


@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(("frames", "error", "message"), BAD_FRAMES.values(), ids=BAD_FRAMES)
def test_frames_that_cannot_be_used_are_named_and_leave_the_old_file(path, frames, error, message, streamed):
    path.write_bytes(OLD)
    with pytest.raises(error, match=message):
        create_gif(iter(frames) if streamed else frames, path)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("frames", [GOOD, GOOD[0, :, 0], None, 7, {"frame": GOOD}, "film"])
def test_what_is_no_list_of_frames_is_refused(path, frames):
    with pytest.raises((TypeError, ValueError), match=r"^frames is .*: give a list"):
        create_gif(frames, path)


def test_all_of_a_list_is_looked_at_before_any_work(path, monkeypatch):
    monkeypatch.setattr(encoder.FilmEncoder, "__init__", None)
    with pytest.raises(ValueError, match=r"frames\[2\] is None"):
        create_gif([GOOD, GOOD, None], path)


@pytest.mark.parametrize("fps", [0, -1, float("nan"), float("inf"), "fast", [30]])
def test_an_impossible_speed_is_refused_before_a_frame_is_asked_for(path, fps):
    frames = iter([GOOD])
    with pytest.raises(ValueError, match=r"fps is .*: give the number of frames per second, above 0"):
        create_gif(frames, path, fps=fps)
    assert next(frames) is GOOD


@pytest.mark.parametrize("name", ["film.png", "film", "", "film.gif.mp4"])
def test_another_suffix_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match=r"does not end in \.gif: call it '.*\.gif'"):
        create_gif([GOOD], str(tmp_path / name) if name else name)
    assert not list(tmp_path.iterdir())


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"does not exist: make it first, with Path\(.*nowhere"):
        create_gif([GOOD], tmp_path / "nowhere" / "film.gif")
    (tmp_path / "folder.gif").mkdir()
    with pytest.raises(IsADirectoryError, match="is a folder"):
        create_gif([GOOD], tmp_path / "folder.gif")
