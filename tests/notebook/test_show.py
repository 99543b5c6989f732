import base64
import io
import os
import re
from typing import ClassVar

import gymnasium as gym
import numpy as np
import pytest
from PIL import Image

from rl_helpers import plots
from rl_helpers.gifs import create_gif
from rl_helpers.notebook import show

PIXELS = np.arange(5 * 4 * 3, dtype=np.uint8).reshape(5, 4, 3)


def data_of(shown):
    """Return the type and the bytes of the first picture in the HTML."""
    kind, text = re.search(r'src="data:image/(\w+);base64,([^"]+)"', shown.html).groups()
    return kind, base64.b64decode(text)


def small_figure():
    fig, axes = plots.new_axes(width=3, height=2)
    plots.learning_curve(axes, np.arange(20.0).reshape(2, 10), label="two runs")
    return fig


def test_picture_keeps_every_pixel():
    kind, data = data_of(show.picture(PIXELS, alt="stripes"))
    assert kind == "png"
    assert np.array_equal(np.array(Image.open(io.BytesIO(data))), PIXELS)


def test_picture_takes_the_bytes_of_a_png():
    _, data = data_of(show.picture(PIXELS, alt="stripes"))
    assert data_of(show.picture(data, alt="again"))[1] == data


def test_film_shows_the_file_as_it_is(tmp_path):
    path = create_gif([PIXELS, PIXELS[::-1]], tmp_path / "film.gif", fps=5)
    shown = show.film(path, alt="a flip")
    assert data_of(shown) == ("gif", path.read_bytes())
    assert 'width="4"' in shown.html


def test_film_stands_still_where_the_system_asks_for_less_motion(tmp_path):
    path = create_gif([PIXELS, PIXELS[::-1]], tmp_path / "film.gif", fps=5)
    media, still = re.search(
        r'<picture><source media="([^"]*)" srcset="data:image/png;base64,([^"]*)">',
        show.film(path, alt="a").html,
    ).groups()
    assert media == "(prefers-reduced-motion: reduce)"
    image = Image.open(io.BytesIO(base64.b64decode(still)))
    assert np.array_equal(np.array(image.convert("RGB")), PIXELS)


def test_missing_film_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="create_gif"):
        show.film(tmp_path / "none.gif", alt="nothing")


def test_figure_is_sharp_and_the_same_every_time():
    first, second = (data_of(show.figure(small_figure(), alt="a line", dpi=96))[1] for _ in range(2))
    assert first == second
    assert Image.open(io.BytesIO(first)).size == (3 * 192, 2 * 192)


def test_figure_has_two_pixels_of_the_file_for_each_one_on_the_page():
    shown = show.figure(small_figure(), alt="a line", dpi=50)
    assert Image.open(io.BytesIO(data_of(shown)[1])).size == (300, 200)
    assert 'width="150"' in shown.html


def test_a_figure_can_have_few_colours():
    shown = show.figure(small_figure(), alt="a line", n_colours=8)
    assert len(Image.open(io.BytesIO(data_of(shown)[1])).getcolors()) <= 8


def test_figure_names_no_version_of_matplotlib():
    """With it, every release would change every stored output."""
    assert b"atplotlib" not in show.figure_png(small_figure())


def test_width_on_the_page_can_be_chosen(tmp_path):
    path = create_gif([PIXELS, PIXELS[::-1]], tmp_path / "film.gif", fps=5)
    assert 'width="9"' in show.film(path, alt="a flip", width=9).html
    assert 'width="7"' in show.picture(PIXELS, alt="stripes", width=7).html
    assert 'width="4"' in show.picture(PIXELS, alt="stripes").html


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_picture_without_words_is_refused(alt):
    with pytest.raises(ValueError, match="alt is empty"):
        show.picture(PIXELS, alt=alt)


def test_words_are_escaped_and_stand_for_the_picture():
    shown = show.picture(PIXELS, alt='a < "b"')
    assert 'alt="a &lt; &quot;b&quot;"' in shown.html
    assert repr(shown) == 'a < "b"'


def test_beside_gives_each_its_caption():
    one, other = show.picture(PIXELS, alt="one"), show.picture(PIXELS, alt="other")
    shown = show.beside(one, other, captions=["left", "right"])
    assert re.findall(r'alt="(\w+)".*?<figcaption>(\w+)<', shown.html) == [
        ("one", "left"),
        ("other", "right"),
    ]
    with pytest.raises(ValueError, match="1 captions for 2 pictures"):
        show.beside(one, other, captions=["left"])


class Glass(gym.Env):
    """A world that is one colour, and knows whether it was closed."""

    metadata: ClassVar = {"render_modes": ["rgb_array"]}
    observation_space = action_space = gym.spaces.Discrete(1)
    closed: ClassVar = []

    def __init__(self, render_mode=None, broken=False):
        self.render_mode, self.broken = render_mode, broken

    def reset(self, *, seed=None, options=None):
        self.colour = 100 + (seed or 0)
        return 0, {}

    def render(self):
        return None if self.broken else np.full((600, 900, 3), self.colour, np.uint8)

    def close(self):
        self.closed.append(self.broken)


@pytest.fixture
def glass():
    Glass.closed.clear()
    gym.register("Glass-v0", entry_point=Glass, disable_env_checker=True)
    gym.register("BrokenGlass-v0", entry_point=Glass, disable_env_checker=True, kwargs={"broken": True})
    yield
    for name in ("Glass-v0", "BrokenGlass-v0"):
        del gym.registry[name]


def test_worlds_are_shown_as_they_begin_small_and_closed_again(glass, monkeypatch):
    monkeypatch.delenv("SDL_VIDEODRIVER", raising=False)
    shown = show.worlds({"Glass-v0": "nothing", "FrozenLake-v1": "a <lake>"}, height=150, seed=7)
    kind, data = data_of(shown)
    image = Image.open(io.BytesIO(data))
    assert (kind, image.size) == ("png", (454, 304))
    assert image.convert("RGB").getpixel((200, 150)) == (107, 107, 107)
    assert re.findall(r'alt="([^"]+)" width="(\d+)".*?<figcaption>([^<]+)<', shown.html) == [
        ("nothing", "225", "Glass-v0"),
        ("a &lt;lake&gt;", "150", "FrozenLake-v1"),
    ]
    assert repr(shown) == "Glass-v0: nothing\nFrozenLake-v1: a <lake>"
    assert Glass.closed == [False]
    assert "SDL_VIDEODRIVER" not in os.environ


def test_worlds_want_words_and_a_picture_and_leave_nothing_open(glass):
    with pytest.raises(ValueError, match="alt is empty"):
        show.worlds({"Glass-v0": " "})
    with pytest.raises(ValueError, match="the picture of BrokenGlass-v0 is None"):
        show.worlds({"BrokenGlass-v0": "nothing"})
    assert Glass.closed == [False, True]
    with pytest.raises(ValueError, match="no worlds are given"):
        show.worlds({})
    with pytest.raises(TypeError, match="described is a list, expected a dict from id to alt text"):
        show.worlds(["Glass-v0"])


def test_table_for_eyes_and_for_terminals():
    shown = show.table([("a<b", -1.5), ("c", 1234.0)], header=("name", "value"), caption="Numbers", digits=1)
    assert "<caption>Numbers</caption>" in shown.html
    left, right = 'style="text-align:left"', 'style="text-align:right"'
    assert f'<th scope="col" {left}>name</th><th scope="col" {right}>value</th>' in shown.html
    assert f"<td {left}>a&lt;b</td><td {right}>−1.5</td>" in shown.html
    assert repr(shown).splitlines() == ["Numbers", "name  value", "a<b   −1.5", "c     1,234.0"]


def test_captions_and_titles_are_escaped():
    pictures = show.beside(show.picture(PIXELS, alt="one"), captions=["γ < 1 & more"])
    assert "<figcaption>γ &lt; 1 &amp; more</figcaption>" in pictures.html
    table = show.table([(1, 2)], header=("<i>", "b"), caption="γ < 1 & more")
    assert "<caption>γ &lt; 1 &amp; more</caption>" in table.html
    assert ">&lt;i&gt;</th>" in table.html
    assert repr(table).splitlines()[:2] == ["γ < 1 & more", "<i>  b"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (float("inf"), "∞"),
        (float("-inf"), "−∞"),
        (-0.001, "0.00"),
        (-0.0, "0.00"),
        (-0.006, "−0.01"),
        (np.float32(-2.5), "−2.50"),
        (-1234.5, "−1,234.50"),
        (19683, "19,683"),
        (np.int64(-70803), "−70,803"),
        (True, "True"),
    ],
)
def test_numbers_keep_their_sign_unless_they_are_shown_as_zero(number, text):
    assert repr(show.table([(number,)], header=("x",), caption="one")).splitlines()[-1] == text


def test_figure_made_with_pyplot_is_closed_and_not_shown_twice():
    from matplotlib import pyplot as plt

    plt.switch_backend("agg")
    shown = show.figure(plt.figure(figsize=(1, 1)), alt="nothing")
    assert 'alt="nothing"' in shown.html
    assert plt.get_fignums() == []
