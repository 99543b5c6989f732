"""Every algorithm stands where the textbook puts it, and can be read."""

import pytest

from rl_helpers import agents, planning
from rl_helpers.notebook import course
from rl_helpers.plots import new_axes
from rl_helpers.plots.algorithms import (
    ALGORITHMS,
    COLUMN_EDGES,
    FROM,
    LEARNS,
    Algorithm,
    algorithm_map,
    in_words,
)


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


@pytest.fixture
def course_of_two(tmp_path, monkeypatch):
    """A course in which 05 teaches SARSA, and PPO is only spoken of."""
    (tmp_path / "05_x.md").write_text(
        "# 05 X\n\n**SARSA** is: SarsaAgent. **PPO** is not here.\n", encoding="utf-8"
    )
    (tmp_path / "06_y.md").write_text("# 06 Y\n\n**SARSA** again: SarsaAgent. PPOAgent.\n", encoding="utf-8")
    monkeypatch.setattr(course.where, "__defaults__", (tmp_path,))


TWO = [
    Algorithm("SARSA", "values", "on-policy", "SarsaAgent"),
    Algorithm("PPO", "both", "on-policy", "PPOAgent"),
]


@pytest.mark.usefixtures("course_of_two")
def test_map_says_which_notebook_teaches_each_and_dashes_what_none_teaches(axes):
    algorithm_map(axes, TWO)
    boxes = [patch for patch in axes.patches if hasattr(patch, "get_boxstyle")]
    assert [patch.get_linestyle() for patch in boxes] == ["-", "--"]
    texts = [text.get_text() for text in axes.texts]
    assert texts[-4:] == ["SARSA", "notebook 05", "PPO", "outside this course"]


@pytest.mark.usefixtures("course_of_two")
def test_words_say_what_the_map_shows():
    assert in_words(TWO) == (
        "A map of algorithms. On-policy, learns values: SARSA (notebook 05). "
        "On-policy, learns both: PPO (outside this course)."
    )


def test_words_name_every_algorithm():
    assert all(each.name.replace("\n", " ") in in_words() for each in ALGORITHMS)


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


def test_every_algorithm_of_the_package_is_taught_by_a_notebook():
    ours = [each for each in ALGORITHMS if hasattr(agents, each.code) or hasattr(planning, each.code)]
    assert len(ours) >= 8
    assert [each.name for each in ours if each.notebook is None] == []
