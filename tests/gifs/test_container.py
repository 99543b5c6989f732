import numpy as np
import pytest
from PIL import Image

from rl_helpers.gifs import (
    container,
    create_gif,
)
from tests.gifs.films import blocks, noise, seen, walk


def test_colors_that_come_late_in_a_long_film_are_exact(path, monkeypatch):
    frames = [*walk(20), *noise(5, (30, 41), 100)]
    create_gif(frames, path)
    short = path.stat().st_size
    monkeypatch.setattr(container, "IN_MEMORY", 100)  # the table of colours is patched in at the end
    create_gif(frames, path)
    np.testing.assert_array_equal(seen(path), frames)
    assert len(blocks(path)) == 25
    assert path.stat().st_size == short + 3 * (256 - 256 // 2)


@pytest.mark.parametrize(("highest", "bits"), [(0, 2), (3, 2), (4, 3), (127, 7), (128, 8), (255, 8)])
def test_few_colors_take_few_bits(highest, bits):
    assert container.lzw(np.full((3, 3), highest, np.uint8), highest)[0] == bits


def test_a_small_film_has_a_small_table(path):
    create_gif([np.zeros((1, 1, 3), np.uint8)], path)
    assert path.stat().st_size < 80


def test_it_plays_for_ever_or_once(path):
    for options, loops in (({}, 0), ({"loop": True}, 0), ({"loop": False}, None)):
        create_gif(list(walk(2)), path, **options)
        with Image.open(path) as image:
            assert image.info.get("loop") == loops
