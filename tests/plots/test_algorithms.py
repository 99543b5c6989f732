"""Every algorithm stands where the textbook puts it, and can be read."""

import pytest

from rl_helpers.plots import new_axes
from rl_helpers.plots.algorithms import ALGORITHMS, COLUMN_EDGES, FROM, LEARNS, Algorithm, algorithm_map


@pytest.fixture
def axes():
    return new_axes()[1]


def places(axes):
    """Return where the name of each algorithm stands."""
    names = {each.name for each in ALGORITHMS}
    return {text.get_text(): text.get_position() for text in axes.texts if text.get_text() in names}


def test_map_shows_every_algorithm_in_its_row_and_column(axes):
    algorithm_map(axes)
    shown = places(axes)
    assert shown.keys() == {each.name for each in ALGORITHMS}
    for each in ALGORITHMS:
        x, y = shown[each.name]
        column = LEARNS.index(each.learns)
        assert COLUMN_EDGES[column] < x < COLUMN_EDGES[column + 1]
        assert int(y) == FROM.index(each.source)


def test_boxes_of_the_map_do_not_overlap(axes):
    algorithm_map(axes)
    boxes = [patch.get_window_extent() for patch in axes.patches if hasattr(patch, "get_boxstyle")]
    assert len(boxes) == len(ALGORITHMS)
    for number, one in enumerate(boxes):
        assert not any(one.overlaps(other) for other in boxes[number + 1 :])


def test_map_dashes_what_comes_later(axes):
    algorithm_map(
        axes, [Algorithm("SARSA", "values", "on-policy"), Algorithm("PPO", "both", "on-policy", here=False)]
    )
    boxes = [patch for patch in axes.patches if hasattr(patch, "get_boxstyle")]
    assert [patch.get_linestyle() for patch in boxes] == ["-", "--"]


def test_map_names_its_rows_columns_and_groups(axes):
    algorithm_map(axes, [])
    texts = " ".join(text.get_text().replace("\n", " ") for text in axes.texts)
    for words in ("model-based", "model-free", "on-policy", "off-policy", "knows the rules", "actor-critic"):
        assert words in texts


def test_off_policy_and_model_based_stand_where_the_textbook_puts_them():
    table = {each.name.replace("\n", " "): each for each in ALGORITHMS}
    for name in ("Q-learning", "double Q-learning", "DQN"):
        assert table[name].source == "off-policy"
    for name in ("SARSA", "expected SARSA", "Monte Carlo control", "REINFORCE", "PPO"):
        assert table[name].source == "on-policy"
    assert {name for name, each in table.items() if each.source in FROM[:2]} == {
        "value iteration",
        "Dyna-Q",
        "Dyna-Q+",
    }
    assert {name for name, each in table.items() if each.learns != "values"} == {"REINFORCE", "PPO"}
