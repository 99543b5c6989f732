"""Backup diagrams say which next actions an algorithm looks at, and what it makes of them."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import Arc, Circle, Rectangle

from rl_helpers import plots
from rl_helpers.plots.backups import ACTION, BOTTOM, MIDDLE, SIZE, STATE


def drawn(axes, name):
    plots.backup_diagram(axes, name)
    circles = [each for each in axes.patches if isinstance(each, Circle)]
    states = [each for each in circles if each.get_edgecolor() == to_rgba(STATE)]
    actions = [each for each in circles if each.get_facecolor() == to_rgba(ACTION)]
    arcs = [each for each in axes.patches if isinstance(each, Arc)]
    squares = [each for each in axes.patches if isinstance(each, Rectangle)]
    return len(states), len(actions), len(arcs), len(squares)


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("Q-learning", (1, 4, 1, 0)),
        ("SARSA", (1, 2, 0, 0)),
        ("expected SARSA", (1, 4, 0, 0)),
        ("double Q-learning", (1, 4, 1, 0)),
        ("Dyna-Q", (2, 8, 2, 0)),
        ("Monte Carlo", (2, 2, 0, 1)),
    ],
)
def test_states_actions_arcs_and_ends_are_those_of_the_algorithm(axes, name, counts):
    assert drawn(axes, name) == counts
    texts = [text.get_text() for text in axes.texts]
    assert {"s, a", plots.BACKUPS[name].target} <= set(texts)
    assert axes.get_title() == name
    assert min(text.get_fontsize() for text in axes.texts if text.get_text()) >= SIZE - 1.5


def test_every_diagram_is_tested_and_told_in_words():
    assert plots.backup_words(*plots.BACKUPS).count(": ") >= len(plots.BACKUPS)


def test_an_arc_reaches_from_the_first_branch_to_the_last(axes):
    plots.backup_diagram(axes, "Q-learning")
    (arc,) = (each for each in axes.patches if isinstance(each, Arc))
    ends = [line.get_xydata()[1] for line in axes.lines if line.get_xydata()[1][1] == BOTTOM]
    angles = sorted(np.degrees(np.arctan2(y - MIDDLE, x)) % 360 for x, y in ends)
    assert (arc.theta1, arc.theta2) == pytest.approx((angles[0], angles[-1]))


def test_what_is_imagined_is_dashed(axes):
    plots.backup_diagram(axes, "Dyna-Q")
    dashed = {line.get_xydata()[0][0] > 0: line.is_dashed() for line in axes.lines}
    assert dashed == {False: False, True: True}


def test_nothing_is_cut_off_nor_written_over_another_word(axes):
    for name in plots.BACKUPS:
        axes.clear()
        plots.backup_diagram(axes, name)
        axes.figure.draw_without_rendering()
        boxes = [text.get_window_extent() for text in axes.texts if text.get_text()]
        assert not any(one.overlaps(other) for number, one in enumerate(boxes) for other in boxes[:number])
        assert all(axes.figure.bbox.containsx(box.x0) and axes.figure.bbox.containsx(box.x1) for box in boxes)


def test_a_name_that_nobody_knows_is_refused(axes):
    with pytest.raises(ValueError, match="no backup diagram of 'DQN': choose from Q-learning, SARSA"):
        plots.backup_diagram(axes, "DQN")
