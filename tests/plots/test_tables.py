import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from rl_helpers import plots
from rl_helpers.plots import palette
from tests.plots.ticks import names


def test_q_table_shows_every_number(axes):
    plots.q_table(axes, [[1.25, -3.0], [0.0, 4.0]], state_names=["a", "b"], action_names=["x", "y"])
    texts = {text.get_position(): text.get_text() for text in axes.texts if "action" not in text.get_text()}
    assert texts == {(0, 0): "1.25", (1, 0): "−3.00", (0, 1): "0.00", (1, 1): "4.00"}


def test_q_table_has_states_as_rows_and_actions_as_columns(axes):
    plots.q_table(axes, np.zeros((3, 2)), state_names=["a", "b", "c"], action_names=["x", "y"])
    assert names(axes.xaxis) == {0: "x", 1: "y"}
    assert names(axes.yaxis) == {0: "a", 1: "b", 2: "c"}
    # Row 0 is at the top: y grows downwards.
    assert axes.yaxis.get_inverted()
    assert not axes.xaxis.get_inverted()


def test_q_table_frames_the_entry_asked_for(axes):
    q_values = np.zeros((3, 2))
    plots.q_table(axes, q_values, state_names="abc", action_names="xy", highlight=[(2, 1)])
    (frame,) = axes.patches
    assert isinstance(frame, Rectangle)
    assert tuple(frame.get_center()) == pytest.approx((1, 2))  # x is the column, y the row
    assert not frame.get_fill()


def test_q_table_is_bluish_above_zero_and_reddish_below(axes):
    plots.q_table(axes, [[2.0, -2.0], [0.0, 1.0]], state_names="ab", action_names="xy")
    image = axes.images[0]
    colours = image.to_rgba(image.get_array())
    for column, colour in enumerate((palette.BLUE, palette.VERMILION)):  # at 60 % over white
        assert colours[0, column] == pytest.approx(0.6 * np.array(to_rgba(colour)) + 0.4, abs=0.01)
    assert colours[1, 0] == pytest.approx((1, 1, 1, 1))
