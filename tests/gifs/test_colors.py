import numpy as np
import pytest
from PIL import Image

from rl_helpers.gifs import create_gif
from tests.gifs.films import blocks, noise, seen, seen_by_ffmpeg


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
