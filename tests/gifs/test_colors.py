import numpy as np
import pytest
from PIL import Image

from rl_helpers.gifs import create_gif
from rl_helpers.gifs.colors import SharedTable, choose_colors, nearest
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


@pytest.mark.parametrize("n_colors", [257, 300, 700, 1024])
def test_a_few_colors_too_many_are_merged_where_it_is_seen_least(n_colors):
    rng = np.random.default_rng(n_colors)
    # Grey steps that are far from each other, and one crowd of colours that nobody can tell apart.
    far = np.repeat(np.arange(200, dtype=np.uint32)[:, None] + 56, 3, axis=1) @ np.array([1, 1 << 8, 1 << 16])
    crowd = rng.choice(40**3, n_colors - 200, replace=False)
    crowd = crowd % 40 + (crowd // 40 % 40 << 8) + (crowd // 1600 << 16)
    colors = np.concatenate([far, crowd]).astype(np.uint32)
    counts = np.concatenate([np.full(200, 10_000), np.full(crowd.size, 2)])
    chosen = choose_colors(colors, counts, 255)
    assert chosen.size == 255
    assert np.isin(far, chosen).mean() > (0.99 if n_colors <= 300 else 0.5)
    channels = [codes.astype("<u4").view(np.uint8).reshape(-1, 4).astype(int) for codes in (colors, chosen)]
    off = np.abs(channels[0] - channels[1][nearest(colors, chosen)]).max(axis=1)
    assert off[200:].mean() < 12  # of 40 a side, 55 groups


def test_merged_colors_are_means_by_area():
    colors = np.array([0x000000, 0x000004, 0x0000FF], np.uint32)
    assert sorted(choose_colors(colors, np.array([3, 1, 9]), 2).tolist()) == [0x000001, 0x0000FF]


def test_what_a_part_of_many_pixels_shows_is_not_all_that_counts():
    table = SharedTable()
    table.number(np.arange(250, dtype=np.uint32))
    many = np.full(10_000, 1000, np.uint32)
    many[1:8] = np.arange(2000, 2007)  # seven more than the part shows
    assert table.number(many) is None
    assert table.n_colors == 250
    many[7] = 2000
    many[6] = 2001
    assert table.number(many).tolist()[:8] == [250, *table.number(many[1:8]).tolist()]
    assert table.n_colors == 256


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
