"""Films are judged by what readers of the written file see: Pillow, ffmpeg, and the blocks themselves."""

import itertools
import subprocess
import sys
import tracemalloc
from pathlib import Path
from typing import ClassVar, NamedTuple

import gymnasium as gym
import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageSequence

from rl_helpers.gifs import (
    change_speed,
    container,
    create_gif,
    create_video,
    encoder,
    from_clip,
    record_episode,
    record_steps,
    side_by_side,
    to_clip,
    with_title,
)

OLD = b"the film that was there before"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "film.gif"


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


# What is written is what is read


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (5, 7), (7, 8), (8, 10), (11, 12), (13, 300)])
@pytest.mark.parametrize("n_colors", [1, 2, 3, 4, 5, 17, 200])
def test_every_pixel_is_exact_at_any_size(path, shape, n_colors):
    frames = noise(4, shape, n_colors)
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), frames)


@settings(deadline=None)
@given(
    arrays.arrays(np.uint8, st.tuples(*[st.integers(1, 6)] * 3), elements=st.integers(0, 5)),
    st.lists(st.tuples(*[st.sampled_from([0, 1, 127, 128, 254, 255])] * 3), min_size=6, max_size=6),
)
def test_any_small_film_comes_back(tmp_path_factory, chosen, palette):
    path = tmp_path_factory.mktemp("film") / "film.gif"
    frames = np.array(palette, np.uint8)[chosen]
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), frames)


@pytest.mark.parametrize("frames", [walk(40), noise(3, (20, 31), 256), noise(3, (40, 31), 700), walk(1)])
def test_two_readers_see_the_same(path, frames):
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen_by_ffmpeg(path, frames.shape[1:3]), seen(path))
    assert len(seen(path)) == len(frames)


@pytest.mark.parametrize("n_colors", [254, 255, 256])
@pytest.mark.parametrize("n_frames", [1, 6])
def test_256_colors_are_exact(path, n_colors, n_frames):
    frames = noise(n_frames, (17, 23), n_colors)
    frames[1:, 3, 4] = frames[0, 3, 4]  # one pixel never changes
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), frames)
    np.testing.assert_array_equal(seen_by_ffmpeg(path, (17, 23)), frames)
    assert not any(block.own_table for block in blocks(path))


def test_257_colors_are_exact_while_each_change_has_fewer(path):
    frames = np.zeros((257, 4, 5, 3), np.uint8)
    frames[:, 1, 2, 0] = np.minimum(np.arange(257), 255)
    frames[256, 1, 2, 1] = 7
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), frames)
    assert [block.own_table for block in blocks(path)] == [False] * 256 + [True]


def test_more_than_256_colors_at_once_come_close(path):
    ramp = np.zeros((3, 40, 50, 3), np.uint8)
    ramp[..., 0], ramp[..., 1] = np.arange(50), np.arange(40)[:, None]
    ramp[1:, :20] += 100
    ramp[2, 35:] += 50
    create_gif(list(ramp), path)
    assert np.abs(seen(path).astype(int) - ramp).max() <= 8
    assert np.abs(seen(path)[2, 35:].astype(int) - ramp[2, 35:]).max() <= 4


def test_colors_of_large_areas_get_small_numbers(path):
    frame = np.full((60, 60, 3), 255, np.uint8)
    frame[:4] = noise(1, (4, 60), 200)[0]
    create_gif([frame], path)
    with Image.open(path) as image:
        assert image.getpalette()[:3] == [255, 255, 255]


def test_a_small_thing_keeps_its_color_among_many(path):
    frame = noise(1, (300, 300), 5000)[0] // 4
    frame[50:52, 50:52] = 255, 0, 255
    create_gif([frame], path)
    assert np.abs(seen(path)[0, 50:52, 50:52].astype(int) - (255, 0, 255)).max() <= 16


def test_after_too_many_colors_a_change_that_needs_the_whole_table_is_still_painted(path):
    few = noise(1, (20, 20), 256, seed=1)[0]
    many = few.copy()
    many[0, 0] = 1, 2, 3  # colour 257: its box has a table of its own
    again = few[:, ::-1].copy()
    again[0, 0] = many[0, 0]  # one pixel of 257 colours does not change
    create_gif([few, many, again], path)
    np.testing.assert_array_equal(seen(path)[:2], [few, many])
    assert np.abs(seen(path)[2].astype(int) - again).mean() < 1
    np.testing.assert_array_equal(seen_by_ffmpeg(path, (20, 20)), seen(path))


def test_each_frame_of_a_film_may_have_256_other_colors(path):
    frames = np.stack([noise(1, (20, 20), 256, seed)[0] for seed in range(4)])
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), frames)
    assert [block.own_table for block in blocks(path)] == [False, True, True, True]


def test_shared_colors_are_found_again_after_a_frame_with_its_own(path):
    shared = noise(2, (20, 20), 200, seed=1)
    many = noise(1, (20, 20), 300, seed=2)[0]
    many[:5], many[5:10] = shared[0, 5:10], shared[0, :5]
    late = shared[1].copy()
    late[3, 4] = many[15, 3]
    create_gif([shared[0], many, shared[1], late], path)
    repainted = (many != shared[1]).any(axis=2)
    np.testing.assert_array_equal(seen(path)[2][repainted], shared[1][repainted])
    np.testing.assert_array_equal(seen(path)[3, 3, 4], late[3, 4])
    assert [block.own_table for block in blocks(path)] == [False, True, False, False]


def test_a_frame_equal_to_the_one_before_is_kept_with_its_time(path):
    frames = [*walk(2), walk(2)[1], walk(2)[1], walk(2)[0]]
    create_gif(frames, path, fps=10)
    np.testing.assert_array_equal(seen_by_ffmpeg(path, frames[0].shape[:2]), frames)
    assert [block.delay for block in blocks(path)] == [10] * 5
    assert blocks(path)[2][2:6] == (0, 0, 1, 1)


def test_only_the_box_that_changed_is_written(path):
    frames = np.zeros((3, 50, 64, 3), np.uint8)
    frames[1:, 20:23, 31:33] = 9
    frames[2, 49, 63] = 1
    create_gif(list(frames), path)
    assert [block[2:6] for block in blocks(path)] == [(0, 0, 64, 50), (31, 20, 2, 3), (63, 49, 1, 1)]
    assert {block.disposal for block in blocks(path)} == {1}


def test_pixels_that_stay_are_transparent_or_painted_whichever_is_smaller(path, monkeypatch):
    frames = [*noise(1, (40, 40), 50), *walk(12, (40, 40))]
    sizes = {}
    for choice in (min, max):
        monkeypatch.setattr(encoder, "min", choice, raising=False)
        sizes[choice] = create_gif(frames, path).stat().st_size
        np.testing.assert_array_equal(seen(path), frames)
    assert sizes[min] < sizes[max]


def test_colors_that_come_late_in_a_long_film_are_exact(path, monkeypatch):
    frames = [*walk(20), *noise(5, (30, 41), 100)]
    create_gif(frames, path)
    short = path.stat().st_size
    monkeypatch.setattr(container, "IN_MEMORY", 100)  # the table of colours is patched in at the end
    create_gif(frames, path)
    np.testing.assert_array_equal(seen(path), frames)
    assert len(blocks(path)) == 25
    assert path.stat().st_size == short + 3 * (256 - 256 // 2)


@pytest.mark.parametrize("n_colors", [2, 4, 128, 300])
def test_the_transparent_number_is_in_the_table_that_counts(path, monkeypatch, n_colors):
    monkeypatch.setattr(encoder, "min", lambda packings, key: packings[-1], raising=False)  # transparency
    frames = noise(5, (20, 30), n_colors)
    frames[:, 3, 4] = frames[0, 3, 4]
    frames[3:] = frames[2]
    frames[4, 9, :8] = [[0, 0, number % 4] for number in range(8)]
    frames[4, 9, 4] = frames[3, 9, 4]
    create_gif(list(frames), path)
    assert len(blocks(path)) == 5


def test_a_table_of_its_own_has_an_entry_for_transparency(path):
    first = noise(1, (20, 30), 255)[0]
    second = first.copy()
    second[9, :8:2] = [[number, 0, 1] for number in range(4)]
    create_gif([first, second], path)
    np.testing.assert_array_equal(seen(path), [first, second])
    assert [block.own_table for block in blocks(path)] == [False, True]


def test_what_a_frame_left_in_colors_of_its_own_is_not_painted_over(path, monkeypatch):
    few, many = noise(1, (20, 20), 10, seed=1)[0], noise(1, (20, 20), 300, seed=2)[0]
    last = many.copy()
    last[2, 2], last[17, 17] = few[0, 0], few[5, 5]
    for choice in (min, max):
        monkeypatch.setattr(encoder, "min", choice, raising=False)
        create_gif([few, many, last], path)
        _, before, after = seen(path)
        changed = (before != after).any(axis=2)
        assert np.argwhere(changed).tolist() == [[2, 2], [17, 17]]


@pytest.mark.parametrize(("highest", "bits"), [(0, 2), (3, 2), (4, 3), (127, 7), (128, 8), (255, 8)])
def test_few_colors_take_few_bits(highest, bits):
    assert container.lzw(np.full((3, 3), highest, np.uint8), highest)[0] == bits


def test_a_small_film_has_a_small_table(path):
    create_gif([np.zeros((1, 1, 3), np.uint8)], path)
    assert path.stat().st_size < 80


# Time


@pytest.mark.parametrize("fps", [1, 3.3, 4, 7, 15, 24, 29.97, 30, 40, 45, 49.9, 50])
def test_up_to_50_frames_a_second_each_starts_in_time(path, fps):
    create_gif(list(walk(60)), path, fps=fps)
    assert starts(path) == [round(100 * number / fps) for number in range(61)]
    assert min(block.delay for block in blocks(path)) >= 2
    assert len(seen(path)) == 60


@pytest.mark.parametrize("fps", [50.1, 60, 64, 75, 99, 100, 120, 240, 1000])
@pytest.mark.parametrize("n_frames", [1, 2, 3, 4, 59, 60])
def test_above_50_frames_a_second_some_are_left_out_and_the_last_is_kept(path, fps, n_frames):
    frames = walk(60)[:n_frames]
    create_gif(list(frames), path, fps=fps)
    kept = seen(path)
    numbers = [int((frames == frame).all(axis=(1, 2, 3)).argmax()) for frame in kept]
    np.testing.assert_array_equal(kept, frames[numbers])
    assert (numbers[0], numbers[-1]) == (0, n_frames - 1)
    assert numbers == sorted(set(numbers))
    assert {block.delay for block in blocks(path)} == {2}
    asked = 100 * n_frames / fps
    assert starts(path)[-1] == 4 if asked < 2 <= n_frames else abs(starts(path)[-1] - asked) <= 2
    due = [int(slot * fps / 50) for slot in range(len(numbers) - 1)]
    assert numbers[:-1] == due


def test_the_speed_is_the_one_that_frames_carry(path):
    frames = [{"frame": frame, "render_fps": 10} for frame in walk(3)]
    create_gif(frames, path)
    assert starts(path) == [0, 10, 20, 30]
    create_gif(frames, path, fps=5)
    assert starts(path) == [0, 20, 40, 60]
    create_gif([{"frame": frame, "render_fps": None} for frame in walk(3)], path)
    assert starts(path) == [0, 3, 7, 10]
    create_gif(walk(3), path)
    assert starts(path) == [0, 3, 7, 10]


def test_a_frame_may_be_shown_as_long_as_the_format_can(path):
    create_gif(list(walk(2)), path, fps=100 / 65535)
    assert starts(path) == [0, 65535, 131070]
    with pytest.raises(ValueError, match=r"at most 655.35 s"):
        create_gif(list(walk(2)), path, fps=0.0015)


def test_it_plays_for_ever_or_once(path):
    for options, loops in (({}, 0), ({"loop": True}, 0), ({"loop": False}, None)):
        create_gif(list(walk(2)), path, **options)
        with Image.open(path) as image:
            assert image.info.get("loop") == loops


# What is taken for frames


def test_an_array_a_list_a_tuple_and_a_generator_give_the_same_file(path):
    frames = walk(5)
    files = set()
    for given_frames in (frames, list(frames), tuple(frames), iter(frames), ({"frame": f} for f in frames)):
        files.add(create_gif(given_frames, path).read_bytes())
    assert len(files) == 1


def test_an_environment_may_draw_into_the_same_memory(path):
    canvas = np.zeros((30, 41, 3), np.uint8)

    def play():
        for frame in walk(50):
            canvas[:] = frame
            yield canvas

    for fps, frames in ((50, walk(50)), (100, walk(50)[[*range(0, 48, 2), 49]])):
        create_gif(play(), path, fps=fps)
        np.testing.assert_array_equal(seen(path), frames)


@pytest.mark.parametrize(
    "view",
    [
        lambda frame: np.asfortranarray(frame),
        lambda frame: frame[::-1, ::-1],
        lambda frame: frame.transpose(1, 0, 2),
        lambda frame: frame[1::2, 1:-3],
        lambda frame: frame[..., ::-1],
        lambda frame: np.repeat(frame, 2, axis=2)[..., ::2],
    ],
)
def test_any_layout_in_memory_will_do(path, view):
    frames = [view(frame) for frame in walk(6, (30, 40))]
    create_gif(frames, path)
    np.testing.assert_array_equal(seen(path), frames)


def test_frames_are_not_written_to(path):
    frames = walk(6)
    frames.flags.writeable = False
    create_gif(list(frames), path)
    np.testing.assert_array_equal(frames, walk(6))


@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 1)])
def test_grey_frames_are_exact(path, shape):
    frames = np.random.default_rng(0).integers(0, 256, (4, *shape), dtype=np.uint8)
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), np.repeat(frames.reshape(4, 20, 30, 1), 3, axis=3))


def test_opaque_rgba_is_exact(path):
    frames = np.concatenate([walk(4), np.full((4, 30, 41, 1), 255, np.uint8)], axis=3)
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), walk(4))


GOOD = np.zeros((4, 5, 3), np.uint8)
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


# Nothing is lost


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
@pytest.mark.parametrize("in_memory", [1, 1 << 20])
def test_a_film_that_is_stopped_leaves_the_old_file_and_no_rubbish(path, monkeypatch, stop, in_memory):
    monkeypatch.setattr(container, "IN_MEMORY", in_memory)

    def play():
        yield from walk(5)
        raise stop

    path.write_bytes(OLD)
    with pytest.raises(stop):
        create_gif(play(), path)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("place", ["rl_helpers.gifs.container.Container.finish", "os.replace"])
def test_a_full_disk_leaves_the_old_file_and_no_rubbish(path, monkeypatch, place):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place, full)
    path.write_bytes(OLD)
    with pytest.raises(OSError, match="No space left"):
        create_gif(list(walk(3)), path)
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


def test_the_old_file_stays_until_the_new_one_is_complete(path):
    path.write_bytes(OLD)

    def play():
        for frame in walk(3):
            assert path.read_bytes() == OLD
            yield frame

    assert create_gif(play(), str(path)) == path
    assert len(seen(path)) == 3


def test_rights_and_links_of_the_old_file_stay(path):
    create_gif([GOOD], path)
    plain = path.parent / "plain"
    plain.touch()
    assert path.stat().st_mode == plain.stat().st_mode
    path.chmod(0o640)
    mode = path.stat().st_mode
    link = path.parent / "link.gif"
    try:
        link.symlink_to(path)
    except OSError:
        link = path  # Windows lets only some users make links
    create_gif(list(walk(2)), link)
    assert path.stat().st_mode == mode
    assert len(seen(path)) == 2


def test_memory_does_not_grow_with_the_film(path):
    def peak(n_frames):
        film = walk(10, (200, 300))
        tracemalloc.start()
        create_gif((film[number % 10] for number in range(n_frames)), path)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    short, long = peak(12), peak(300)
    assert long < short + 500_000
    assert long < 32e6


# Filming


class Corridor(gym.Env):
    """A corridor of 5 cells, drawn into the same memory each time; the right end terminates."""

    metadata: ClassVar = {"render_modes": ["rgb_array"], "render_fps": 12}
    observation_space = gym.spaces.Box(0, 9, (1,), np.int64)
    action_space = gym.spaces.Discrete(2)

    def __init__(self, render_mode=None, cells=5):
        self.render_mode, self.cells = render_mode, cells
        self.canvas, self.place, self.seeds = np.zeros((1, cells, 3), np.uint8), np.zeros(1, np.int64), []

    def reset(self, *, seed=None, options=None):
        self.seeds.append(seed)
        self.place[0] = 0
        return self.place, {}

    def step(self, action):
        self.place += action
        return self.place, int(self.place[0]), bool(self.place[0] == self.cells - 1), False, {}

    def render(self):
        self.canvas[:] = 0
        self.canvas[0, self.place[0]] = 255
        return self.canvas


class Walker:
    """Always goes right, and remembers what it was asked."""

    def __init__(self):
        self.explored = set()

    def act(self, state, *, explore=True):
        self.explored.add(explore)
        return 1


def bright(steps):
    return [int(step["frame"][0, :, 0].argmax()) for step in steps]


def test_an_episode_is_filmed_from_the_first_state_to_the_last():
    film = record_episode(Corridor("rgb_array"), Walker(), seed=3)
    assert [set(step) for step in film] == [{"frame", "state", "action", "reward", "render_fps"}] * 5
    assert bright(film) == [0, 1, 2, 3, 4]
    assert [int(step["state"][0]) for step in film] == [0, 1, 2, 3, 4]
    assert [step["action"] for step in film] == [1, 1, 1, 1, None]
    assert [step["reward"] for step in film] == [1.0, 2.0, 3.0, 4.0, 0.0]
    assert {step["render_fps"] for step in film} == {12}


def test_filming_stops_when_time_is_up():
    env = gym.wrappers.TimeLimit(Corridor("rgb_array"), 2)
    assert bright(record_episode(env, Walker())) == [0, 1, 2]


@pytest.mark.parametrize(("max_steps", "n_frames"), [(1, 2), (3, 4), (4, 5), (100, 5), (None, 5)])
def test_filming_can_stop_after_some_steps(max_steps, n_frames):
    film = record_episode(Corridor("rgb_array"), Walker(), max_steps=max_steps)
    assert bright(film) == list(range(n_frames))
    assert film[-1]["action"] is None


def test_the_agent_is_filmed_at_its_best_unless_asked():
    agent = Walker()
    record_episode(Corridor("rgb_array"), agent)
    list(record_steps(Corridor("rgb_array"), agent, 3))
    assert agent.explored == {False}
    record_episode(Corridor("rgb_array"), agent, explore=True)
    assert agent.explored == {False, True}


def test_steps_are_filmed_across_episodes_one_at_a_time():
    env = Corridor("rgb_array")
    steps = record_steps(env, Walker(), 13, seed=8)
    assert env.seeds == []
    assert bright(steps) == [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2]
    assert env.seeds == [8, None, None]


@pytest.mark.parametrize("film", [record_episode, lambda *ends: record_steps(*ends, 3)])
def test_an_environment_that_does_not_draw_is_refused_at_once(film):
    with pytest.raises(
        ValueError, match=r"render_mode=None, filming needs 'rgb_array': make it with gym\.make"
    ):
        film(Corridor(), Walker())


def test_a_recorded_episode_becomes_a_film_at_its_own_speed(path):
    create_gif(record_episode(Corridor("rgb_array"), Walker()), path)
    assert starts(path) == [0, 8, 17, 25, 33, 42]
    assert bright({"frame": frame} for frame in seen(path)) == [0, 1, 2, 3, 4]


# Films made of films


def test_the_shorter_film_holds_its_last_frame():
    long, short = walk(5), walk(5)[:2] // 2
    film = list(side_by_side({"a": long, "b": iter(short)}))
    assert len(film) == 5
    for number, step in enumerate(film):
        np.testing.assert_array_equal(step["frame"][20:, :41], long[number])
        np.testing.assert_array_equal(step["frame"][20:, 49:], short[min(number, 1)])


def test_titles_are_written_in_black_on_white_and_add_no_other_color():
    grey = np.full((30, 100, 3), 128, np.uint8)
    (step,) = with_title([grey], "ε = 0.1")
    bar = step["frame"][:20]
    assert set(np.unique(bar)) == {0, 255}
    assert (bar == 0).sum() > 90
    (other,) = with_title([grey], "α = 0.1")
    assert (other["frame"] != step["frame"]).any()
    np.testing.assert_array_equal(step["frame"][20:], grey)


def test_a_long_title_gets_the_room_it_needs():
    dot = np.full((2, 2, 3), 128, np.uint8)
    (narrow,), (wide,) = with_title([dot], "Bob"), with_title([dot], "Bob, after 500 episodes")
    assert narrow["frame"].shape[1] < 60 < 100 < wide["frame"].shape[1]
    for step in (narrow, wide):
        frame = step["frame"]
        assert (frame == 128).all(axis=2).sum() == 4
        assert (frame[:, :4] == 255).all()
        assert (frame[:, -3:] == 255).all()


def test_films_of_different_speeds_show_what_is_due():
    film = {"a": change_speed(walk(8), 2), "b": walk(3)}
    steps = list(side_by_side(film))
    assert {step["render_fps"] for step in steps} == {60}
    assert len(steps) == 8
    for number, step in enumerate(steps):
        np.testing.assert_array_equal(step["frame"][20:, 49:], walk(3)[min(number // 2, 2)])


def test_a_frame_that_is_due_at_that_very_moment_is_shown():
    fast = [{"frame": GOOD, "render_fps": 47}] * 60
    slow = [{"frame": frame, "render_fps": 12} for frame in walk(20)]
    for number, step in enumerate(side_by_side({"fast": fast, "slow": slow})):
        np.testing.assert_array_equal(step["frame"][20:, -41:], walk(20)[min(12 * number // 47, 19)])


def test_a_film_made_of_lists_can_be_gone_through_twice(path):
    film = side_by_side({"a": list(walk(3)), "b": list(walk(2))})
    assert len(list(film)) == len(list(film)) == 3
    create_gif(film, path)
    np.testing.assert_array_equal(seen(path), [step["frame"] for step in film])


def test_side_by_side_says_which_film_is_wrong():
    with pytest.raises(ValueError, match=r"film 'after': frames\[0\] is None"):
        side_by_side({"before": [GOOD], "after": [None]})
    with pytest.raises(ValueError, match="dict from titles to frames"):
        side_by_side([GOOD])


@pytest.mark.parametrize(("factor", "end"), [(0.5, 40), (2, 10), (1, 20)])
def test_speed_changes_and_every_frame_stays(path, factor, end):
    create_gif(change_speed([{"frame": frame, "render_fps": 20} for frame in walk(4)], factor), path)
    assert starts(path)[-1] == end
    np.testing.assert_array_equal(seen(path), walk(4))


@pytest.mark.parametrize("factor", [0, -1, float("nan")])
def test_an_impossible_factor_is_refused(factor):
    with pytest.raises(ValueError, match="factor is"):
        change_speed(walk(2), factor)


# MoviePy and videos


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


def test_filming_does_not_wait_for_moviepy():
    code = "import sys, rl_helpers.gifs; sys.exit('moviepy' in sys.modules or 'matplotlib' in sys.modules)"
    root = Path(__file__).resolve().parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0


def test_last_frame_is_held_for_as_long_as_asked(tmp_path):
    path = create_gif(
        [np.full((4, 5, 3), grey, np.uint8) for grey in (0, 100, 200)], tmp_path / "x.gif", 10, hold_last=1.5
    )
    delays, last = [], None
    with Image.open(path) as film:
        for picture in ImageSequence.Iterator(film):
            delays.append(picture.info["duration"])
            last = np.array(picture.convert("RGB"))
    assert sum(delays) == 300 + 1500
    assert (last == 200).all()
    with pytest.raises(ValueError, match="hold_last"):
        create_gif([last], tmp_path / "x.gif", hold_last=-1)
