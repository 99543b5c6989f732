"""Whole levels, and charts of what was measured."""

import gymnasium as gym
import numpy as np

from rl_helpers import plots
from rl_helpers.super_bob import level_of
from rl_helpers.super_bob.lesson import charts
from rl_helpers.super_bob.lesson.alley import ALLEY
from rl_helpers.super_bob.lesson.pictures import whole_level


def test_strips_of_a_level_are_the_level():
    whole, strips = whole_level("meadow"), whole_level("meadow", n_strips=3)
    assert whole.shape == (208, 80 * 16, 3)
    width = 27 * 16
    assert strips.shape == (3 * 208 + 2 * 8, width, 3)
    assert np.array_equal(strips[216 : 216 + 208], whole[:, width : 2 * width])
    assert (strips[208:216] == 255).all()
    assert (strips[-208:, 26 * 16 :] == 255).all()
    assert level_of("meadow").n_columns == 80


def test_what_bob_sees_is_drawn_where_it_is():
    env = gym.make("Bob/Super-v0", level=ALLEY)
    observation, _ = env.reset(seed=0)
    _, axes = plots.new_axes()
    charts.seen_tiles(axes, observation)
    told = {text.get_position(): text.get_text() for text in axes.texts}
    assert told[4, 5] == "Bob"
    assert told[4, 6] == "1"
    assert (11, 6) not in told  # the gap
    assert told[4, 8] == "−0.5"
    assert axes.images[0].get_array().shape == (11, 13)


def test_bars_of_outcomes_add_up_and_each_seed_has_a_dot():
    rows = [
        {"rewards": "a", "finished": 40, "waiting": 10, "died": 50},
        {"rewards": "a", "finished": 60, "waiting": 0, "died": 40},
        {"rewards": "b", "finished": 0, "waiting": 100, "died": 0},
    ]
    _, axes = plots.new_axes()
    charts.outcomes_chart(axes, rows, ["a", "b"])
    widths = [patch.get_width() for patch in axes.patches]
    assert widths == [50, 5, 45, 0, 100, 0]
    assert [list(line.get_xdata()) for line in axes.lines] == [[40, 60], [0]]
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["finished", "waiting", "died"]


def test_shares_have_dots_means_and_intervals():
    _, axes = plots.new_axes()
    charts.shares_chart(axes, {"whole": [90.0, 100.0, 95.0], "without": [0.0, 0.0, 0.0]})
    band, dots, mean, *_ = axes.lines
    assert list(dots.get_xdata()) == [90.0, 100.0, 95.0]
    assert band.get_xdata()[0] < 90
    assert mean.get_xdata()[0] == 95
    assert [label.get_text() for label in axes.get_yticklabels()] == ["whole", "without"]


def test_flags_and_what_the_sum_says():
    _, axes = plots.new_axes()
    charts.flags_chart(axes, {1.0: [0, 10], 12.0: [100, 90]}, 9.8)
    dots = [(list(line.get_xdata()), list(line.get_ydata())) for line in axes.lines[:2]]
    assert dots == [([1.0, 1.0], [0, 10]), ([12.0, 12.0], [100, 90])]
    assert list(axes.lines[2].get_ydata()) == [5, 95]
    assert axes.lines[3].get_xdata()[0] == 9.8


def test_levels_trained_on_and_new_ones_have_means_and_seeds():
    _, axes = plots.new_axes()
    charts.levels_chart(axes, [1, 10], {"trained": [[90, 100], [80, 90]], "new": [[10, 20], [30, 50]]})
    means = [list(line.get_ydata()) for line in axes.lines[::2]]
    assert means == [[95, 85], [15, 40]]
    assert list(axes.lines[3].get_xdata()) == [1, 1, 10, 10]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["1", "10"]
