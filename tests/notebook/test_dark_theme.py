"""What lies on white, in dark themes: it does not glare, words and lines are seen, and hues are kept."""

import re
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from rl_helpers import plots
from rl_helpers.notebook import palette, show
from tests.widgets.test_styles import colour, contrast, theme

ROOT = Path(__file__).parents[2]
LAB, SITE = ROOT / "jupyter/etc/jupyter/custom/custom.css", ROOT / "tools/site/site.css"
ROOM = np.full((24, 32, 3), 120, np.uint8)


def filters(name, path=LAB):
    """Return the steps of a class's filter, as [("invert", 0.94), …]."""
    body = re.search(rf"\.{name} {{[^}}]*?filter: ([^;]*);", path.read_text("utf-8"))[1]
    steps = re.findall(r"([\w-]+)\((\d+)(%|deg)\)", body)
    return [(step, int(number) / (100 if unit == "%" else 1)) for step, number, unit in steps]


def seen(colours, steps):
    """Return colours (…, 3), 0 to 1, as a filter of CSS shows them (W3C, Filter Effects Module Level 1)."""
    shown = np.asarray(colours, float)
    for step, by in steps:
        if step == "hue-rotate":
            cosine, sine = np.cos(np.radians(by)), np.sin(np.radians(by))
            grey = np.array([0.213, 0.715, 0.072])
            turn = np.array([[-0.213, -0.715, 0.928], [0.143, 0.140, -0.283], [-0.787, 0.715, 0.072]])
            shown = shown @ (grey + cosine * (np.eye(3) - grey) + sine * turn).T
        else:
            shown = {"invert": by + (1 - 2 * by) * shown, "brightness": by * shown}[step]
        shown = shown.clip(0, 1)
    return shown


def hue(rgb):
    """Return the angle of a colour in Oklab, in degrees (B. Ottosson, 2020)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    cones = np.cbrt(
        np.array(
            [
                [0.4122214708, 0.5363325363, 0.0514459929],
                [0.2119034982, 0.6806995451, 0.1073969566],
                [0.0883024619, 0.2817188376, 0.6299787005],
            ]
        )
        @ linear
    )
    a, b = (
        np.array([[1.9779984951, -2.4285922050, 0.4505937099], [0.0259040371, 0.7827717662, -0.8086757660]])
        @ cones
    )
    return np.degrees(np.arctan2(b, a))


CHART = filters(show.CHART)
PAGE = colour("var(--jp-layout-color0)", theme("dark"))
inks = pytest.mark.parametrize("ink", sorted(set(palette.CYCLE) | {palette.GREY}))


@pytest.mark.parametrize("name", [show.CHART, show.WHITE])
def test_site_and_jupyterlab_show_the_same(name):
    assert filters(name) == filters(name, SITE) != []


def test_a_filter_is_what_browsers_make_of_it():
    """Chromium's own pixels, of blue and orange, and of the vermilion behind some numbers."""
    for given, expected in (("#0072B2", "#51BFFD"), ("#E69F00", "#AB6700"), ("#E69E66", "#9F5923")):
        assert 255 * seen(to_rgb(given), CHART) == pytest.approx(255 * np.array(to_rgb(expected)), abs=1.5)


def test_a_chart_lies_on_the_ground_of_the_page():
    assert contrast(seen(to_rgb("white"), CHART), PAGE) < 1.02


@inks
def test_lines_stand_out_in_the_dark_and_keep_their_hue(ink):
    shown = seen(to_rgb(ink), CHART)
    assert contrast(shown, PAGE) >= 3
    if np.ptp(to_rgb(ink)):
        assert abs((hue(shown) - hue(np.array(to_rgb(ink))) + 180) % 360 - 180) <= 15


@pytest.mark.parametrize("ink", ["#000000", "#444444", palette.GREY])
def test_words_can_be_read_in_the_dark(ink):
    assert contrast(seen(to_rgb(ink), CHART), PAGE) >= 4.5


@pytest.mark.parametrize("value", np.linspace(0, 1, 9))
def test_numbers_can_be_read_on_every_colour_of_values(value):
    ground = plots.DIVERGING(value)[:3]
    for name in (show.CHART, show.WHITE):
        assert contrast(*(seen(each, filters(name)) for each in ((0, 0, 0), ground))) >= 4.5


def test_white_is_no_more_than_a_light_grey():
    assert contrast(seen(to_rgb("white"), filters(show.WHITE)), (0, 0, 0)) < 13.5  # 21 as it is


def class_of(shown):
    return re.search(r'<img(?: class="([^"]*)")? src', shown.html)[1]


def test_a_figure_of_lines_is_a_chart_and_one_with_a_room_is_not():
    fig, axes = plots.new_axes()
    axes.imshow(np.eye(3), cmap=plots.DIVERGING)
    assert class_of(show.figure(fig, alt="values")) == show.CHART
    axes.imshow(ROOM, alpha=0.35)
    assert class_of(show.figure(fig, alt="values over a faint room")) == show.CHART
    axes.imshow(ROOM)
    assert class_of(show.figure(fig, alt="a room")) == show.WHITE


def test_a_picture_is_dimmed_if_it_is_white(tmp_path):
    from rl_helpers.gifs import create_gif

    mixed = ROOM.copy()
    for n_rows, expected in ((0, None), (6, None), (12, show.WHITE), (24, show.WHITE)):
        mixed[:n_rows] = 255
        assert class_of(show.picture(mixed, alt="a picture")) == expected
        film = create_gif([mixed, ROOM], tmp_path / f"{n_rows}.gif", fps=5)
        assert class_of(show.film(film, alt="a film")) == expected
