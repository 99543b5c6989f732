import numpy as np
import pytest
from matplotlib.colors import to_rgba

from rl_helpers import plots


@pytest.fixture
def runs():
    return np.random.default_rng(0).exponential(size=(30, 4))


def band(axes):
    """Return lower and upper edge of the one band on the axes, from left to right."""
    (drawn,) = axes.collections
    corners = drawn.get_paths()[0].vertices
    steps = np.unique(corners[:, 0])
    at_each = [corners[corners[:, 0] == step, 1] for step in steps]
    return [one.min() for one in at_each], [one.max() for one in at_each]


def test_a_point_lies_in_the_middle_of_the_steps_it_stands_for(axes):
    plots.over_steps(axes, np.ones((2, 3)), label="x", window=10)
    assert axes.lines[0].get_xdata().tolist() == [5.5, 15.5, 25.5]
    assert axes.get_xlim() == (0, 30)
    assert axes.get_xlabel() == "time step"


def test_single_steps_are_counted_from_one(axes):
    plots.over_steps(axes, np.ones((2, 3)), label="x")
    assert axes.lines[0].get_xdata().tolist() == [1, 2, 3]


def test_points_of_smoothed_lie_where_smoothed_says(axes):
    points, middles = plots.smoothed(np.random.default_rng(0).normal(size=(5, 40)), window=8)
    plots.over_steps(axes, points, label="x", window=8)
    assert axes.lines[0].get_xdata().tolist() == middles.tolist()


def test_curve_is_the_mean_with_its_band(axes, runs):
    plots.over_steps(axes, runs, label="Bob", colour="#123456", line="--")
    mean, low, high = plots.mean_and_band(runs)
    (curve,) = axes.lines
    assert curve.get_ydata() == pytest.approx(mean)
    assert (curve.get_label(), curve.get_color(), curve.get_linestyle()) == ("Bob", "#123456", "--")
    drawn_low, drawn_high = band(axes)
    assert drawn_low == pytest.approx(low)
    assert drawn_high == pytest.approx(high)
    assert axes.collections[0].get_facecolor()[0] == pytest.approx(to_rgba("#123456", 0.25))


def test_regret_adds_up_from_nothing_to_the_sum_over_all_steps(axes, runs):
    plots.regret(axes, runs, label="x", window=10)
    steps, so_far = axes.lines[0].get_data()
    assert steps.tolist() == [0, 10, 20, 30, 40]
    assert so_far[0] == 0
    assert so_far == pytest.approx(10 * np.concatenate([[0], runs.mean(axis=0).cumsum()]))
    assert axes.get_xlim() == (0, 40)


def test_regret_is_the_same_however_many_steps_a_point_stands_for(axes):
    each_step = np.random.default_rng(0).exponential(size=(6, 40))
    plots.regret(axes, each_step, label="x")
    plots.regret(axes, plots.smoothed(each_step, window=8)[0], label="x", window=8)
    by_steps, by_windows = (line.get_ydata() for line in axes.lines)
    assert by_windows == pytest.approx(by_steps[::8])


def test_band_of_the_regret_is_that_of_the_sums_and_not_the_sum_of_the_bands(axes, runs):
    plots.regret(axes, runs, label="x", colour="#123456")
    _, low, high = plots.mean_and_band(runs.cumsum(axis=1))
    drawn_low, drawn_high = band(axes)
    assert drawn_low == pytest.approx([0, *low])
    assert drawn_high == pytest.approx([0, *high])


def test_regret_is_named_with_its_unit_and_begins_at_zero(axes):
    plots.regret(axes, [[1.0, 1.0]], label="Bob", colour="#123456", line=":")
    assert axes.get_ylabel() == "regret so far (reward)"
    assert axes.get_xlabel() == "time step"
    assert axes.get_ylim()[0] == 0
    (curve,) = axes.lines
    assert (curve.get_label(), curve.get_color(), curve.get_linestyle()) == ("Bob", "#123456", ":")


@pytest.mark.parametrize("draw", [plots.over_steps, plots.regret])
def test_a_single_run_is_a_curve_without_a_band(axes, draw):
    assert draw(axes, [1.0, 2.0], label="x") is axes
    (curve,) = axes.lines
    assert curve.get_ydata()[-2:].tolist() == ([1, 3] if draw is plots.regret else [1, 2])
    assert sum(len(path.vertices) for path in axes.collections[0].get_paths()) == 0


@pytest.mark.parametrize("draw", [plots.over_steps, plots.regret])
def test_nothing_to_draw_and_half_steps_are_refused(axes, draw):
    with pytest.raises(ValueError, match=r"shape \(0, 5\): give one row for each run"):
        draw(axes, np.zeros((0, 5)), label="x")
    with pytest.raises(ValueError, match=r"shape \(3, 0\): give one row for each run"):
        draw(axes, np.zeros((3, 0)), label="x")
    with pytest.raises(ValueError, match=r"window is 2\.5"):
        draw(axes, np.zeros((2, 4)), label="x", window=2.5)
