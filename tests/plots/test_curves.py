import numpy as np
import pytest
from matplotlib.colors import to_rgba

from rl_helpers import plots
from rl_helpers.history import History
from rl_helpers.intervals import mean_interval


def test_band_is_the_interval_of_the_mean_at_each_point():
    curves = np.random.default_rng(0).normal(size=(20, 3))
    mean, *band = plots.mean_and_band(curves)
    assert mean == pytest.approx(curves.mean(axis=0))
    assert np.array_equal(band, mean_interval(curves))
    _, *narrow = plots.mean_and_band(curves, confidence=0.5)
    assert np.array_equal(narrow, mean_interval(curves, level=0.5))


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
    assert axes.get_ylabel() == "return (reward)"


def test_the_axis_says_in_what_the_world_counts(axes):
    curves = np.ones((2, 5))

    def ylabel(curves, **options):
        return plots.learning_curve(axes, curves, label="x", **options).get_ylabel()

    assert ylabel(History(curves, curves)) == "return (reward)"
    assert ylabel(History(curves, curves, reward_unit="euros")) == "return (euros)"
    assert ylabel(History(curves, curves, reward_unit="euros"), unit="cents") == "return (cents)"
    assert ylabel(curves, unit="cents") == "return (cents)"
    assert ylabel(curves) == "return (cents)"  # beside what has a unit already


def test_a_history_is_drawn_by_its_returns(axes):
    returns, lengths = np.arange(10.0).reshape(2, 5), np.zeros((2, 5))
    plots.learning_curve(axes, History(returns, lengths), label="x")
    assert axes.lines[0].get_ydata().tolist() == returns.mean(axis=0).tolist()


@pytest.mark.parametrize("curves", [{"a": [1.0]}, [[1.0, 2.0], [1.0]], "abc"])
def test_what_is_no_curve_is_told_in_words(axes, curves):
    with pytest.raises(
        TypeError, match=r"curves are (dict|list|str), expected one curve, or several of one len"
    ):
        plots.learning_curve(axes, curves, label="Bob")


def test_runs_of_several_learners_at_once_are_refused(axes):
    with pytest.raises(ValueError, match=r"curves have shape \(2, 3, 4\), expected \(n_runs, n_episodes\)"):
        plots.learning_curve(axes, np.zeros((2, 3, 4)), label="Bob")
