import numpy as np
import pytest

from rl_helpers.gifs import create_gif, encoder
from tests.gifs.films import blocks, noise, seen, seen_by_ffmpeg, walk


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


def test_a_frame_equal_to_the_one_before_is_kept_with_its_time(path):
    frames = [*walk(2), walk(2)[1], walk(2)[1], walk(2)[0]]
    create_gif(frames, path, fps=10)
    np.testing.assert_array_equal(seen_by_ffmpeg(path, frames[0].shape[:2]), frames)
    assert [block.delay for block in blocks(path)] == [10] * 5
    assert blocks(path)[2][2:6] == (0, 0, 1, 1)


def test_pixels_that_stay_are_transparent_or_painted_whichever_is_smaller(path, monkeypatch):
    frames = [*noise(1, (40, 40), 50), *walk(12, (40, 40))]
    sizes = {}
    for choice in (min, max):
        monkeypatch.setattr(encoder, "min", choice, raising=False)
        sizes[choice] = create_gif(frames, path).stat().st_size
        np.testing.assert_array_equal(seen(path), frames)
    assert sizes[min] < sizes[max]


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
