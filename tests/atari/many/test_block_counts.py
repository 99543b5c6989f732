"""Small pictures of the screen."""

import numpy as np
import pytest

from rl_helpers.atari.many import BlockCounts


@pytest.mark.parametrize("width", [1, 2, 4, 8])
@pytest.mark.parametrize("background", [0, 7])
def test_each_block_has_the_number_of_its_points_that_are_not_background(width, background):
    screen = np.random.default_rng(width).choice([0, 7, 255], size=(210, 160)).astype(np.uint8)
    view = BlockCounts((12, 30), (8, 24), block=(6, width), background=background)
    picture = view(screen)
    assert picture.dtype == np.uint8
    assert picture.shape == view.shape == (3, 16 // width)
    for row in range(3):
        for column in range(16 // width):
            rows = slice(12 + 6 * row, 18 + 6 * row)
            block = screen[rows, 8 + width * column : 8 + width * (column + 1)]
            assert picture[row, column] == (block != background).sum()


def test_a_full_block_counts_all_its_points():
    view = BlockCounts((0, 93), (0, 8), block=(31, 8))
    assert view.most == 248
    assert (view(np.ones((210, 160), np.uint8)) == 248).all()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"block": (4, 3)}, "width of 1, 2, 4 or 8"),
        ({"block": (42, 8)}, "at most 255 points"),
        ({"rows": (0, 211)}, "rows are 0 to 211, expected whole blocks of 5"),
        ({"columns": (4, 4)}, "columns are 4 to 4"),
    ],
)
def test_a_part_that_is_not_made_of_blocks_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        BlockCounts(**arguments)
