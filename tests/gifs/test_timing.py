import numpy as np
import pytest

from rl_helpers.gifs import create_gif
from tests.gifs.films import blocks, seen, starts, walk


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
