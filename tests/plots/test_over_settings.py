import numpy as np
import pytest

from rl_helpers import plots
from rl_helpers.plots.curves import mean_and_band
from tests.plots.ticks import names

SETTINGS = (0.0, 0.01, 1.0)
RESULTS = np.array([[1.0, 0.0, 4.0], [3.0, 0.0, 2.0], [2.0, 3.0, 3.0]])


def test_each_setting_has_its_mean_its_band_and_its_name_at_equal_distances(axes):
    plots.over_settings(axes, SETTINGS, RESULTS, label="100 episodes", line=":", marker="s")
    (curve,) = axes.lines
    assert curve.get_xydata().tolist() == [[0, 2], [1, 1], [2, 3]]
    assert (curve.get_label(), curve.get_linestyle(), curve.get_marker()) == ("100 episodes", ":", "s")
    assert names(axes.xaxis) == {0: "0", 1: "0.01", 2: "1"}
    _, low, high = mean_and_band(RESULTS)
    edges = axes.collections[0].get_paths()[0].vertices
    for place in range(3):
        heights = edges[edges[:, 0] == place, 1]
        assert (heights.min(), heights.max()) == pytest.approx((low[place], high[place]))


def test_truth_values_are_drawn_as_shares(axes):
    plots.over_settings(axes, SETTINGS[:2], [[True, False], [True, True]], label="found it")
    assert axes.lines[0].get_ydata().tolist() == [1.0, 0.5]


def test_results_without_a_column_for_each_setting_are_refused(axes):
    with pytest.raises(ValueError, match=r"shape \(3, 3\) for 2 settings: give one row a run"):
        plots.over_settings(axes, SETTINGS[:2], RESULTS, label="100 episodes")
