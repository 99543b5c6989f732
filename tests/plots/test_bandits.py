import numpy as np
import pytest
from matplotlib.colors import to_hex

from rl_helpers import plots
from rl_helpers.intervals import mean_interval
from rl_helpers.notebook import palette


def marker_at(axes, row):
    """Return (mean, half width, whether the dot is full) of a row, as drawn."""
    (dot,) = (line for line in axes.lines if line.get_marker() == "o" and line.get_ydata()[0] == row)
    (bar,) = (
        part for part in axes.collections if np.allclose([each[:, 1] for each in part.get_segments()], row)
    )
    (low, high) = bar.get_segments()[0][:, 0]
    return dot.get_xdata()[0], low, high, to_hex(dot.get_markerfacecolor()) == palette.BLUE.lower()


def test_posts_show_value_spread_and_how_often_each_was_taken(axes):
    plots.posts(axes, [0.5, -1.0, 2.0], [0.25, 0.0, 1.5], [3, 0, 1997])
    assert [(bar.get_y(), bar.get_height()) for bar in axes.patches] == [(-0.5, 2), (-2, 2), (1, 2)]
    assert axes.lines[0].get_ydata().tolist() == [0.5, -1, 2]
    assert [text.get_text() for text in axes.texts] == ["3×", "0×", "1,997×"]


def test_an_estimate_that_rests_on_nothing_is_not_drawn(axes):
    plots.posts(axes, [0.5, -1.0, 2.0], [0.25, 0.0, 1.5], [3, 0, 1997])
    assert axes.lines[1].get_xydata().tolist() == [[0, 0.25], [2, 1.5]]


def test_posts_leave_room_for_what_stands_above_them(axes):
    plots.posts(axes, [0.0, 3.0], [0.0, 3.0], [1, 1])
    low, high = axes.get_ylim()
    assert low < -1
    assert high > 4 + 1


@pytest.fixture
def runs():
    rng = np.random.default_rng(0)
    luck = rng.normal(size=200)
    return {"low": luck, "high": luck + 1, "as high": luck + 1 + rng.normal(0, 0.1, 200) - 0.001}


def test_means_are_drawn_with_their_intervals_from_top_to_bottom(axes, runs):
    plots.means(axes, runs)
    assert [label.get_text() for label in axes.get_yticklabels()] == list(runs)
    assert axes.yaxis_inverted()
    for row, values in enumerate(runs.values()):
        mean, low, high, _ = marker_at(axes, row)
        assert mean == pytest.approx(values.mean())
        assert (low, high) == pytest.approx(mean_interval(values))
    assert [text.get_text() for text in axes.texts] == [f"{values.mean():.2f}" for values in runs.values()]


def test_full_dots_are_the_best_and_what_is_not_told_from_it_run_by_run(axes, runs):
    # The intervals of all three overlap; it is the differences within a run that tell.
    runs["low"] = runs["low"] + 0.95
    assert plots.means(axes, runs) == ["high", "as high"]
    assert [marker_at(axes, row)[3] for row in range(3)] == [False, True, True]


def test_the_smallest_may_be_the_best(axes, runs):
    assert plots.means(axes, runs, largest=False) == ["low"]


def test_each_run_can_be_seen_in_its_own_row(axes, runs):
    plots.means(axes, runs, each=True, digits=1)
    clouds = [line for line in axes.lines if line.get_marker() == "."]
    for row, (cloud, values) in enumerate(zip(clouds, runs.values(), strict=True)):
        assert cloud.get_xdata() == pytest.approx(values)
        assert np.abs(cloud.get_ydata() - row).max() < 0.5
    assert axes.texts[0].get_text() == plots.number(runs["low"].mean(), 1)


def test_settings_draw_a_valley_and_name_its_lowest_point(axes):
    results = {0.125: [0.9, 0.7], 0.25: [0.25, 0.15], 4.0: [0.3, 0.5]}
    best = plots.settings(axes, results, label="c", colour="#123456", line="--")
    assert best == 0.25
    valley, lowest = (line for line in axes.lines if line.get_marker() == "o")
    assert valley.get_xydata() == pytest.approx(np.array([[0.125, 0.8], [0.25, 0.2], [4, 0.4]]))
    assert (valley.get_color(), valley.get_linestyle()) == ("#123456", "--")
    assert lowest.get_xydata() == pytest.approx(np.array([[0.25, 0.2]]))
    assert axes.texts[0].get_text() == "0.20 at 1/4"
    assert axes.get_xlabel() == "c"


def test_settings_are_spaced_by_doubling_and_written_as_fractions(axes):
    plots.settings(axes, {0.125: [1, 2], 0.5: [0, 1], 32: [3, 4]}, label="c")
    assert axes.get_xscale() == "log"
    assert [label.get_text() for label in axes.get_xticklabels()] == ["1/8", "1/2", "32"]
    assert len(axes.get_xticks(minor=True)) == 0


def test_settings_have_intervals(axes):
    results = {1.0: [1.0, 2.0, 4.0], 2.0: [3.0, 3.5, 5.0]}
    plots.settings(axes, results, label="c")
    (bars,) = axes.collections
    drawn = [segment[:, 1] for segment in bars.get_segments()]
    assert np.array(drawn) == pytest.approx(np.array([mean_interval(runs) for runs in results.values()]))
