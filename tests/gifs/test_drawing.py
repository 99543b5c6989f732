"""Whatever way a box is drawn, what is seen is the frame."""

import numpy as np
import pytest

from rl_helpers.gifs import create_gif, encoder
from rl_helpers.gifs.container import lzw
from rl_helpers.gifs.drawing import WAYS, Drawing, mixed, opaque, through
from tests.gifs.films import blocks, noise, seen, seen_by_ffmpeg, walk

CHANGED = np.array([2, 3, 6, 11, 12])


def drawing(numbers, changed=CHANGED):
    numbers = np.array(numbers, np.uint8)
    return Drawing(changed, numbers[changed], numbers.size, numbers)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        # Between changes: one colour or two are painted, more are left (here 9 is free).
        ([5, 5, 0, 0, 4, 4, 0, 1, 2, 3, 3, 0, 0, 7], [5, 5, 0, 0, 4, 4, 0, 9, 9, 9, 9, 0, 0, 7]),
        ([5, 6, 0, 0, 1, 1, 0, 1, 1, 3, 3, 0, 0, 7], [5, 6, 0, 0, 1, 1, 0, 1, 1, 3, 3, 0, 0, 7]),
        ([5, 5, 0, 1, 2, 3, 0, 1, 1, 1, 1, 0, 0, 7], [5, 5, 0, 1, 2, 3, 0, 1, 1, 1, 1, 0, 0, 7]),
        ([5, 5, 0, 1, 1, 1, 0, 4, 5, 4, 5, 0, 8, 7], [5, 5, 0, 1, 1, 1, 0, 9, 9, 9, 9, 0, 8, 7]),
    ],
)
def test_patterns_between_changes_are_left_and_single_colors_painted(numbers, expected):
    box = drawing(numbers)
    box.free = 9
    assert mixed(box).tolist() == expected
    assert opaque(box).tolist() == numbers
    assert through(box).tolist() == [n if i in CHANGED else 9 for i, n in enumerate(numbers)]


def test_patterns_before_the_first_change_and_after_the_last_are_left():
    box = drawing([1, 2, 3, 0, 0, 0, 3, 2, 1], changed=np.array([4]))
    box.free = 9
    assert mixed(box).tolist() == [9, 9, 9, 9, 0, 9, 9, 9, 9]


def test_every_pixel_between_changes_keeps_its_number_or_is_left():
    rng = np.random.default_rng(0)
    for size in (2, 3, 10, 100, 1000):
        for _ in range(30):
            changed = np.flatnonzero(rng.random(size) < rng.random())
            if not 0 < changed.size < size:
                continue
            box = drawing(rng.integers(4, size=size).repeat(3)[:size], changed)
            drawn = mixed(box)
            assert (drawn[changed] == box.found).all()
            assert ((drawn == box.numbers) | (drawn == box.free)).all()


def test_the_free_number_is_the_smallest_that_is_not_painted():
    assert drawing([0] * 14).free == 1
    assert drawing([3] * 14).free == 0
    assert drawing(np.arange(256), changed=np.arange(256)).free is None


def test_what_has_no_number_is_left_however_it_is_drawn():
    known = np.array([True] * 13 + [False])
    numbers = np.array([0] * 13 + [77], np.uint8)
    box = Drawing(CHANGED, numbers[CHANGED], 14, look_up=lambda: (numbers.copy(), known))
    assert box.free == 1
    assert [way(box)[-1] for way in WAYS] == [1, 1, 1]
    assert box.unknown.tolist() == (~known).tolist()
    all_known = Drawing(CHANGED, numbers[CHANGED], 14, look_up=lambda: (numbers, np.ones(14, bool)))
    assert all_known.unknown is None


FILMS = {
    "few colours": lambda: np.concatenate([walk(20), noise(4, (30, 41), 100), walk(20)]),
    "256 colours": lambda: np.concatenate([noise(3, (30, 41), 256), walk(1), walk(1)]),
    "one after the other": lambda: np.concatenate([noise(2, (30, 41), 200, seed) for seed in range(4)]),
    "many, few changing": lambda: np.concatenate([noise(1, (30, 41), 1000), *[walk(12)] * 2]),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", FILMS)
def test_every_way_shows_the_same(path, monkeypatch, name, way):
    frames = FILMS[name]()
    create_gif(list(frames), path)
    expected = seen(path)
    if name != "many, few changing":
        np.testing.assert_array_equal(expected, frames)
    monkeypatch.setattr(encoder, "WAYS", (way,))
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), expected)
    np.testing.assert_array_equal(seen_by_ffmpeg(path, frames.shape[1:3]), expected)


def test_after_too_many_colors_what_stayed_is_found_by_its_color(path, monkeypatch):
    """As a rod that turns: inside it nothing changes, and its edges have other colours every time."""
    frames = noise(8, (60, 80), 2000, seed=3)
    frames[:, 10:50, 10:70] = 200, 30, 40
    for number, frame in enumerate(frames):
        frame[12:48:2, 20 + number : 60 : 7] = 10, 200, number
    frames[:, 0], frames[:, :, 0] = frames[0, 0], frames[0, :, 0]
    sizes = {}
    for ways in (WAYS, (through,)):
        monkeypatch.setattr(encoder, "WAYS", ways)
        sizes[ways] = create_gif(list(frames), path).stat().st_size
    assert all(block.own_table for block in blocks(path)[1:])
    assert sizes[WAYS] < sizes[through,]


def test_of_sixteen_boxes_of_a_kind_one_is_packed_in_every_way(path, monkeypatch):
    calls = []
    monkeypatch.setattr(encoder, "lzw", lambda *args: calls.append(1) or lzw(*args))
    frames = np.zeros((40, 50, 64, 3), np.uint8)
    for number, frame in enumerate(frames):
        frame[10:30:19, 20 + number % 2 : 30] = 9
    create_gif(list(frames), path)
    np.testing.assert_array_equal(seen(path), frames)
    # The first frame; then boxes of two kinds, painted and wiped out, the 1st and 17th in all three ways.
    assert len(calls) == 1 + 39 + 2 * 2 * 2
