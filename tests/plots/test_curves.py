import numpy as np
import pytest
from matplotlib.colors import to_rgba

from rl_helpers import plots


def test_band_covers_the_true_mean_as_often_as_it_says():
    """95 % of the intervals must cover; 300 of them, binomial standard deviation 1.3 points."""
    rng = np.random.default_rng(0)
    curves = rng.exponential(size=(300, 40, 1)) - 1
    covered = []
    for curve in curves:
        _, low, high = plots.mean_and_band(curve)
        covered.append(low[0] <= 0 <= high[0])
    assert 0.89 <= np.mean(covered) <= 0.98


def test_band_is_the_same_for_the_same_data():
    curves = np.random.default_rng(0).normal(size=(20, 3))
    first, second = plots.mean_and_band(curves), plots.mean_and_band(curves)
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


def test_band_is_as_wide_as_95_percent_ask():
    """Of many normal numbers the mean ± 1.96 standard errors; 2.58 would be 99 %, 1.64 would be 90 %."""
    curves = np.random.default_rng(0).normal(size=(300, 200))
    _, low, high = plots.mean_and_band(curves)
    standard_error = curves.std(axis=0) / np.sqrt(300)
    assert ((high - low) / 2 / standard_error).mean() == pytest.approx(1.96, abs=0.06)


def test_curve_has_its_band_around_it(axes):
    curves = np.random.default_rng(0).normal(size=(6, 5))
    plots.learning_curve(axes, curves, label="x", colour="#123456")
    _, low, high = plots.mean_and_band(curves)
    (band,) = axes.collections
    corners = band.get_paths()[0].vertices
    drawn = [corners[corners[:, 0] == episode, 1] for episode in range(1, 6)]
    assert [one.min() for one in drawn] == pytest.approx(low)
    assert [one.max() for one in drawn] == pytest.approx(high)
    assert band.get_facecolor()[0] == pytest.approx(to_rgba("#123456", 0.25))
    assert axes.lines[0].get_color() == "#123456"
    assert axes.lines[0].get_label() == "x"


def test_no_runs_are_refused():
    with pytest.raises(ValueError, match=r"shape \(0, 5\), that is no runs"):
        plots.mean_and_band(np.zeros((0, 5)))


def test_a_window_longer_than_the_training_is_refused(axes):
    with pytest.raises(ValueError, match="window is 11 and there are 10 episodes: take a smaller window"):
        plots.learning_curve(axes, np.zeros((2, 10)), label="x", window=11)
    points, _ = plots.smoothed(np.ones((2, 10)), window=10)
    assert points.tolist() == [[1.0], [1.0]]


@pytest.mark.parametrize("window", [0, -1, 2.5])
def test_a_window_must_be_a_whole_number(window):
    with pytest.raises(ValueError, match="window is"):
        plots.smoothed(np.zeros((2, 10)), window)


def test_reference_line_lies_at_its_value_and_is_named(axes):
    axes.plot([0, 10], [0, 5])
    plots.reference_line(axes, 3.5, "best possible")
    line = axes.lines[-1]
    assert list(line.get_ydata()) == [3.5, 3.5]
    assert line.get_linestyle() == "--"
    (name,) = axes.texts
    assert (name.get_text(), name.xy[1]) == ("best possible", 3.5)


def test_one_run_has_no_band():
    mean, low, high = plots.mean_and_band([[1.0, 2.0]])
    assert mean.tolist() == [1.0, 2.0]
    assert np.isnan([low, high]).all()


def test_curve_shows_the_mean_over_runs_at_the_middle_of_each_window(axes):
    plots.learning_curve(axes, [[0.0, 2.0, 4.0, 6.0, 9.0], [2.0, 4.0, 6.0, 8.0, 9.0]], label="x", window=2)
    x, y = axes.lines[0].get_data()
    assert (x.tolist(), y.tolist()) == ([1.5, 3.5], [2.0, 6.0])
    assert axes.get_xlabel() == "episode"
    assert "treats" in axes.get_ylabel()
