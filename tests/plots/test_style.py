import gymnasium as gym
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.patches import Rectangle

from rl_helpers import plots
from tests.plots.ticks import names


def test_nothing_stays_open_and_no_style_is_changed():
    before = dict(plt.rcParams)
    plots.new_axes(columns=2)
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before


def least_contrast(axes):
    """Return the smallest contrast between black and any pixel of the axes, as WCAG 2.2 counts it."""
    frame = plots.pixels(axes.figure, dpi=100)
    inside = axes.get_window_extent()
    rows, columns = (
        slice(int(np.ceil(low)) + 2, int(high) - 2)
        for low, high in ((len(frame) - inside.y1, len(frame) - inside.y0), (inside.x0, inside.x1))
    )
    parts = frame[rows, columns] / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float((linear @ [0.2126, 0.7152, 0.0722]).min() + 0.05) / 0.05


@pytest.mark.parametrize("value", np.linspace(-1, 1, 9))
def test_black_numbers_can_be_read_on_every_colour_and_every_thing_in_the_room(axes, value):
    world = gym.make("Bob/Room-v0").unwrapped
    world.reset(seed=0)
    plots.values(axes, world, np.full((96, 5), value), limit=1)
    assert {text.get_color() for text in axes.texts} == {"black"}
    for each in [*axes.texts, *axes.lines]:
        each.remove()
    for row, column in np.ndindex(world.n_rows, world.n_columns):
        if world.layout.is_wall(row, column):  # no number stands there
            corner = (column * world.tile - 1, row * world.tile - 1)
            axes.add_patch(Rectangle(corner, world.tile + 2, world.tile + 2, color="white"))
    assert least_contrast(axes) >= 4.5

    axes = plots.new_axes()[1]
    plots.q_table(axes, [[value, 1.0, -1.0]], state_names="a", action_names="xyz")
    assert {text.get_color() for text in axes.texts} == {"black"}
    for each in axes.texts[:3]:
        each.remove()
    assert least_contrast(axes) >= 4.5


def test_a_figure_becomes_a_frame_as_it_is_drawn():
    fig, axes = plots.new_axes(width=3, height=2)
    blank = plots.pixels(fig, dpi=50)
    assert blank.shape == (100, 150, 3)
    assert blank.dtype == np.uint8
    assert (blank[0, 0] == 255).all()
    axes.axvspan(0, 1, color=(1.0, 0.0, 0.0))
    assert plots.pixels(fig, dpi=50)[40, 80].tolist() == [255, 0, 0]


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        (10_000, {0: "0", 4_000: "4,000", 10_000: "10,000"}),
        (2_000_000, {0: "0", 1_500_000: "1,500,000"}),
        (-1_000, {0: "0", -800: "−800", -1_000: "−1,000"}),
        (-1, {-0.2: "−0.2", -1: "−1.0"}),
        (900, {200: "200", 800: "800"}),
    ],
)
def test_numbers_along_an_axis_are_written_as_in_the_texts(end, shown):
    for axes in plots.new_axes(width=14, height=9, rows=2, columns=2)[1].flat:
        axes.plot([0, end], [0, end])
        axes.figure.draw_without_rendering()
        for axis in (axes.xaxis, axes.yaxis):
            written = {round(place, 9): name for place, name in names(axis).items()}
            assert shown.items() <= written.items()
            assert axis.get_offset_text().get_text() == ""


def test_names_and_scales_take_the_place_of_numbers():
    axes = plots.new_axes()[1]
    axes.bar(["one", "two"], [1, 1000])
    axes.set_yscale("log")
    axes.figure.draw_without_rendering()
    assert list(names(axes.xaxis).values()) == ["one", "two"]
    assert "10^{3}" in names(axes.yaxis)[1000]
