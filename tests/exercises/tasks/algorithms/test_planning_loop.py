"""The planning loop that notebook 06 asks for is the agent's, and its check judges chance fairly."""

from collections import Counter

import numpy as np
import pytest

from rl_helpers.agents import DynaQAgent
from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.exercises.tasks.algorithms import planning_loop as task

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
    task.planning_loop(q_values, MODEL, 1, 0.5, 0.95, np.random.default_rng(seed))
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
    task.planning_loop(q_values, {0: {1: (0.5, 1, False)}}, 5, 0.3, 0.8, np.random.default_rng(1))
    np.testing.assert_allclose(q_values, agent.q_values)


@pytest.mark.parametrize("seed", range(20))
def test_planning_is_judged_alike_whatever_the_draws(seed):
    """An answer may use the generator as it likes: none of its draws makes a right one fail."""

    def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
        rng.random(seed)
        task.planning_loop(q_values, model, planning_steps, learning_rate, discount, rng)

    assert judge(EXERCISES["planning_loop"], planning_loop).status == "solved"


def test_planning_without_the_given_generator_is_told_so():
    def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
        task.planning_loop(q_values, model, planning_steps, learning_rate, discount, np.random.default_rng(1))

    assert "`rng` was not used" in judge(EXERCISES["planning_loop"], planning_loop).hint


def test_a_model_that_is_changed_does_not_pass_for_planning():
    def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
        task.planning_loop(q_values, model, planning_steps, learning_rate, discount, rng)
        if planning_steps:
            model.clear()

    report = judge(EXERCISES["planning_loop"], planning_loop)
    assert report.status == "wrong"
    assert "only real steps change it" in report.hint
