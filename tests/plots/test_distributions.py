"""Runs are shown one by one, or as shares, and none is lost."""

import numpy as np
import pytest

from rl_helpers import plots


def bars(axes):
    return {round(bar.get_center()[0], 3): bar.get_height() for bar in axes.patches if bar.get_height()}


def test_each_whole_value_has_its_bar_and_all_runs_are_there(axes):
    plots.shares_of_runs(axes, [5, 0, 1, 0, -2], label="x", colour="#112233", hatch="//")
    assert bars(axes) == pytest.approx({-2: 20, 0: 40, 1: 20, 5: 20})
    assert axes.get_ylabel() == "share of runs (%)"
    assert axes.patches[0].get_hatch() == "//"
    assert axes.get_legend_handles_labels()[1] == ["x"]


@pytest.mark.parametrize("values", [np.linspace(0, 1, 200), np.arange(0, 4_000, 10)])
def test_other_values_share_twenty_bars(axes, values):
    plots.shares_of_runs(axes, values)
    assert len(axes.patches) == 20
    assert sum(bars(axes).values()) == pytest.approx(100)


def test_bars_can_be_chosen_so_that_two_pictures_compare(axes):
    plots.shares_of_runs(axes, [0.2, 0.7, 0.8, 1.4], bins=[0, 1, 2])
    assert bars(axes) == {0.5: 75, 1.5: 25}


def test_every_run_is_a_dot_at_its_height_and_none_lies_over_another(axes):
    values = np.random.default_rng(0).normal(size=60)
    plots.dots_of_runs(axes, {"one": [2.0] * 30, "two": values})
    for place, wanted in ((0, [2.0] * 30), (1, values)):
        x, y = axes.lines[2 * place].get_data()
        assert len({*zip(x.round(6), y.round(6), strict=True)}) == len(wanted)
        step = np.ptp([2.0, *values]) / 40
        assert np.abs(np.sort(y) - np.sort(wanted)).max() <= step / 2 + 1e-9
        assert abs(x - place).max() < 0.45
        median = axes.lines[2 * place + 1].get_ydata()
        assert median == pytest.approx([np.median(wanted)] * 2)
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["one", "two"]
    assert axes.lines[0].get_marker() != axes.lines[2].get_marker()
    assert axes.lines[0].get_color() != axes.lines[2].get_color()


def test_runs_that_are_all_alike_can_be_drawn(axes):
    plots.dots_of_runs(axes, {"one": [3.0, 3.0]})
    plots.shares_of_runs(axes, [0.3, 0.3])


@pytest.mark.parametrize("values", [[], [1.0, np.nan]])
def test_no_runs_and_strange_values_are_refused(axes, values):
    with pytest.raises(ValueError, match="expected at least one, all of them finite"):
        plots.shares_of_runs(axes, values)
    with pytest.raises(ValueError, match="expected at least one, all of them finite"):
        plots.dots_of_runs(axes, {"x": values})
    with pytest.raises(ValueError, match="there are no groups"):
        plots.dots_of_runs(axes, {})
