"""Films are judged by what readers of the written file see: Pillow, ffmpeg, and the blocks themselves."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageSequence

from rl_helpers.gifs import create_gif
from tests.gifs.films import noise, seen, seen_by_ffmpeg, walk


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


@pytest.mark.parametrize(
    ("loop", "for_ever"),
    [(True, True), (0, True), (np.int64(0), True), (np.bool_(True), True), (False, False)],
)
def test_a_film_plays_for_ever_or_once(path, loop, for_ever):
    create_gif(list(walk(3)), path, loop=loop)
    with Image.open(path) as image:
        assert image.info.get("loop") == (0 if for_ever else None)


@pytest.mark.parametrize("loop", [2, 1, -1, None, "yes", 0.0])
def test_another_number_of_rounds_is_refused(path, loop):
    with pytest.raises(ValueError, match=r"^loop is .*: give True to play for ever"):
        create_gif(list(walk(3)), path, loop=loop)
    assert not path.exists()
