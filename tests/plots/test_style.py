import gymnasium as gym
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle

from rl_helpers import plots


def test_nothing_stays_open_and_no_style_is_changed():
    before = dict(plt.rcParams)
    plots.new_axes(columns=2)
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before


def least_contrast(axes):
    """Return the smallest contrast between black and any pixel of the axes, as WCAG 2.2 counts it."""
    canvas = FigureCanvasAgg(axes.figure)
    canvas.draw()
    inside = axes.get_window_extent()
    height = canvas.buffer_rgba().shape[0]
    rows, columns = (
        slice(int(np.ceil(low)) + 2, int(high) - 2)
        for low, high in ((height - inside.y1, height - inside.y0), (inside.x0, inside.x1))
    )
    parts = np.asarray(canvas.buffer_rgba())[rows, columns, :3] / 255
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
