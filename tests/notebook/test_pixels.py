"""One checker of pictures for all: films, videos, players and `show.picture` say the same about the same."""

import io

import gymnasium as gym
import numpy as np
import pytest
from PIL import Image

from rl_helpers import widgets
from rl_helpers.agents import RandomAgent
from rl_helpers.gifs import create_gif, create_video, record_episode
from rl_helpers.notebook import show
from rl_helpers.notebook.pixels import checked_pixels
from tests.widgets.pages import Counter

GOOD = np.arange(4 * 6 * 3, dtype=np.uint8).reshape(4, 6, 3)
SHEER = np.full((4, 6, 4), 9, np.uint8)
BAD = {
    "float": (GOOD / 255, TypeError, r"has dtype float64: give uint8 .*\(255 \* frame\)\.round"),
    "float32": (np.float32(GOOD), TypeError, r"has dtype float32: give uint8 .* frame\.round\(\)\.astype"),
    "NaN": (np.full((2, 2), np.nan), TypeError, r"give uint8 from 0 to 255; its numbers go from nan to nan"),
    "int64": (GOOD.astype(np.int64), TypeError, r"has dtype int64: give uint8 .* frame\.astype"),
    "too large": (
        GOOD * np.int64(9),
        TypeError,
        r"from 0 to 255; its numbers go from 0 to 639, so bring them",
    ),
    "negative": (
        GOOD - np.int64(9),
        TypeError,
        r"from 0 to 255; its numbers go from -9 to 62, so bring them",
    ),
    "numbers in words": (np.array([["a"]]), TypeError, r"has dtype <U1: give uint8 from 0 to 255$"),
    "bool": (GOOD > 9, TypeError, r"has dtype bool: give uint8 .*255 \* frame\.astype"),
    "None": (None, ValueError, r'is None: make the environment with render_mode="rgb_array"'),
    "list": (GOOD.tolist(), TypeError, "is a list: give NumPy arrays"),
    "str": ("a room", TypeError, "is a str: give NumPy arrays"),
    "two channels": (GOOD[:, :, :2], ValueError, r"has shape \(4, 6, 2\): give \(height, width, 3\)"),
    "line": (GOOD[0, 0], ValueError, r"has shape \(3,\)"),
    "empty": (GOOD[:0], ValueError, r"has shape \(0, 6, 3\)"),
}


class Draws(Counter):
    """A world that always looks the same."""

    def __init__(self, picture):
        super().__init__()
        self.picture = picture

    def render(self):
        return self.picture


def played(picture):
    return widgets.play(Draws(picture), keys={"a": 1})


@pytest.mark.parametrize(("picture", "kind", "words"), BAD.values(), ids=BAD)
def test_what_is_no_picture_is_told_the_same_everywhere(picture, kind, words, tmp_path):
    with pytest.raises(kind, match=words):
        create_gif([picture], tmp_path / "film.gif")
    with pytest.raises(kind, match=words):
        create_video([picture], tmp_path / "film.mp4")
    with pytest.raises(kind, match=words):
        show.picture(picture, alt="a picture")
    with pytest.raises(kind, match=words):
        played(picture)
    with pytest.raises(kind, match=words):
        record_episode(Draws(picture), RandomAgent(2))
    assert not list(tmp_path.iterdir())


def test_transparent_pictures_are_shown_and_not_filmed_or_played():
    assert "png" in show.picture(SHEER, alt="sheer").html
    for refuses in (played, lambda picture: checked_pixels(picture, "frame")):
        with pytest.raises(ValueError, match="is transparent in places"):
            refuses(SHEER)


@pytest.mark.parametrize(
    "picture", [GOOD[..., 0], GOOD[..., :1], np.dstack([GOOD, np.full((4, 6), 255, np.uint8)])]
)
def test_grey_and_opaque_pictures_are_played_and_filmed_in_colour(picture, tmp_path):
    frame = played(picture)._game.frame()
    expected = np.broadcast_to(picture[..., None], GOOD.shape) if picture.ndim == 2 else picture[:, :, :3]
    np.testing.assert_array_equal(frame, np.broadcast_to(expected, GOOD.shape))
    with Image.open(create_gif([picture], tmp_path / "film.gif")) as image:
        np.testing.assert_array_equal(np.asarray(image.convert("RGB")), frame)
    assert create_video([picture] * 2, tmp_path / "film.mp4").stat().st_size


def test_grey_with_an_axis_too_many_is_shown_in_grey():
    assert show.picture(GOOD[..., :1], alt="grey").html == show.picture(GOOD[..., 0], alt="grey").html


def test_a_picture_from_bytes_is_left_alone():
    buffer = io.BytesIO()
    Image.fromarray(GOOD).save(buffer, format="png")
    assert 'width="6"' in show.picture(buffer.getvalue(), alt="a picture").html


def test_gymnasiums_pictures_pass():
    env = gym.make("FrozenLake-v1", render_mode="rgb_array")
    env.reset(seed=0)
    assert checked_pixels(env.render(), "frame").shape == (256, 256, 3)
