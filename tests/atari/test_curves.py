"""Curves that grow while an agent learns."""

import numpy as np
from matplotlib.figure import Figure

from rl_helpers.atari import TrainingLog, curves


def axes():
    return Figure().add_subplot()


def test_growing_curve_draws_every_game_and_a_mean_once_there_are_enough():
    few = curves.growing_curve(axes(), [10, 20], [1.0, 3.0], n_decisions=100)
    assert len(few.lines) == 1
    ends, scores = list(range(10, 130, 10)), [float(score) for score in range(12)]
    many = curves.growing_curve(axes(), ends, scores, n_decisions=500)
    assert many.lines[0].get_xydata().tolist() == [list(pair) for pair in zip(ends, scores, strict=True)]
    np.testing.assert_allclose(many.lines[1].get_ydata(), [4.5, 5.5, 6.5])
    np.testing.assert_allclose(many.lines[1].get_xdata(), ends[9:])
    assert many.get_xlim() == (0, 500)


def test_the_axis_shows_the_best_and_the_worst_game_whole():
    assert curves.growing_curve(axes(), [10], [4.0], n_decisions=20).get_ylim() == (0, 105)
    assert curves.growing_curve(axes(), [10], [200.0], n_decisions=20).get_ylim() == (0, 210)
    low = curves.growing_curve(axes(), [10], [-20.0], n_decisions=20, least_top=20)
    assert low.get_ylim() == (-21, 21)


def test_live_curve_is_redrawn_in_place_some_twenty_times(monkeypatch):
    shown = []

    class Handle:
        def update(self, picture):
            shown.append(picture)

    def display(picture, display_id):
        assert display_id is True
        shown.append(picture)
        return Handle()

    monkeypatch.setattr("IPython.display.display", display)
    curve, progress = curves.LiveCurve(1000), TrainingLog()
    for end in range(10, 1001, 10):
        progress.n_decisions = end
        progress.scores.append(end / 10)
        progress.ends.append(end)
        curve(progress)
    assert 15 <= len(shown) <= 25
    assert "games" in shown[-1].text


def test_points_below_0_have_a_minus_sign(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda picture, display_id: shown.append(picture))
    curves.LiveCurve(1000, least_top=20).show(TrainingLog(900, [-21.0, -20.0, -19.0], [300, 600, 900]))
    assert "brought −20 points" in shown[0].text
