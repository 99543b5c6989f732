"""What notebook 05 stands on: its map, its solutions beside the package's agents, and the rules it prints."""

import inspect
from collections import Counter

import numpy as np
import pytest

from rl_helpers import updates
from rl_helpers.agents import DynaQAgent
from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.answers import solutions
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.plots import new_axes
from rl_helpers.plots.algorithm_map import ALGORITHMS, COLUMN_EDGES, FROM, LEARNS, Algorithm, algorithm_map


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


@pytest.mark.parametrize("terminated", [False, True])
def test_solution_of_sarsa_is_the_rule_of_the_package(terminated):
    rng = np.random.default_rng(0)
    for _ in range(50):
        reward, row, action = rng.normal(), rng.normal(size=4), int(rng.integers(4))
        expected = updates.sarsa_target(reward, row, action, terminated, 0.9)
        assert solutions.sarsa_target(reward, row, action, terminated, 0.9) == pytest.approx(expected)


MODEL = {0: {1: (1.0, 2, True)}, 3: {0: (1.0, 2, True), 1: (1.0, 2, True), 2: (1.0, 2, True)}}


def imagined_by_the_agent(seed):
    agent = DynaQAgent(4, 3, learning_rate=0.5, planning_steps=1, rng=np.random.default_rng(seed))
    for state, actions in MODEL.items():
        for action, outcome in actions.items():
            agent.remember((state, action, *outcome))
    agent.plan()
    return agent.q_values


def imagined_by_the_solution(seed):
    q_values = np.zeros((4, 3))
    solutions.planning_loop(q_values, MODEL, 1, 0.5, 0.95, np.random.default_rng(seed))
    return q_values


@pytest.mark.parametrize("imagine", [imagined_by_the_agent, imagined_by_the_solution])
def test_agent_and_solution_draw_a_visited_state_and_then_an_action_tried_there(imagine):
    """Both states are as likely, though one has three tried actions and the other one."""
    n = 1200
    drawn = Counter()
    for seed in range(n):
        q_values = imagine(seed)
        ((state, action),) = np.argwhere(q_values)
        assert q_values[state, action] == 0.5
        drawn[int(state), int(action)] += 1
    for pair, probability in {(0, 1): 1 / 2, (3, 0): 1 / 6, (3, 1): 1 / 6, (3, 2): 1 / 6}.items():
        assert abs(drawn[pair] / n - probability) < 5 * np.sqrt(probability * (1 - probability) / n)


def test_solution_imagines_what_the_agent_imagines_when_only_one_thing_can_be():
    agent = DynaQAgent(2, 2, learning_rate=0.3, discount=0.8, planning_steps=5, rng=np.random.default_rng(0))
    agent.q_values = np.array([[1.0, 0.0], [2.0, 5.0]])
    q_values = agent.q_values.copy()
    agent.remember((0, 1, 0.5, 1, False))
    agent.plan()
    solutions.planning_loop(q_values, {0: {1: (0.5, 1, False)}}, 5, 0.3, 0.8, np.random.default_rng(1))
    np.testing.assert_allclose(q_values, agent.q_values)


def test_the_lines_that_the_notebook_prints_are_the_ones_that_compute():
    """The notebook takes the last line with a product of each rule."""
    computing = {
        updates.q_learning_target: "reward + discount * best * (1 - terminated)",
        updates.sarsa_target: "reward + discount * _entry(next_q_values, next_action) * (1 - terminated)",
        updates.monte_carlo_returns: "later = rewards[..., step] + discount * later",
        updates.dyna_bonus: "bonus_weight * np.sqrt(steps_since_tried)",
    }
    for rule, line in computing.items():
        products = [each.strip() for each in inspect.getsource(rule).splitlines() if " * " in each]
        assert products[-1].removeprefix("return ") == line


@pytest.mark.parametrize("seed", range(20))
def test_planning_is_judged_alike_whatever_the_draws(seed):
    """An answer may use the generator as it likes: none of its draws makes a right one fail."""

    def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
        rng.random(seed)
        solutions.planning_loop(q_values, model, planning_steps, learning_rate, discount, rng)

    assert judge(EXERCISES["planning_loop"], planning_loop).status == "solved"


def test_planning_without_the_given_generator_is_told_so():
    def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
        solutions.planning_loop(
            q_values, model, planning_steps, learning_rate, discount, np.random.default_rng(1)
        )

    assert "`rng` was not used" in judge(EXERCISES["planning_loop"], planning_loop).hint


def test_a_model_that_is_changed_does_not_pass_for_planning():
    def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
        solutions.planning_loop(q_values, model, planning_steps, learning_rate, discount, rng)
        if planning_steps:
            model.clear()

    report = judge(EXERCISES["planning_loop"], planning_loop)
    assert report.status == "wrong"
    assert "only real steps change it" in report.hint
