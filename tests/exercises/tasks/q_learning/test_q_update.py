"""Target, error and update of notebook 05 are together what the agent does."""

import numpy as np
import pytest

from rl_helpers import updates
from rl_helpers.agents import QLearningAgent
from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.exercises.tasks.q_learning.q_update import q_update
from rl_helpers.exercises.tasks.q_learning.td_error import td_error
from rl_helpers.exercises.tasks.q_learning.td_target import td_target
from rl_helpers.training import Transition


def test_solutions_do_what_the_courses_agent_does():
    rng = np.random.default_rng(0)
    agent = QLearningAgent(6, 3, learning_rate=0.25, discount=0.9, rng=rng)
    table = rng.normal(size=(6, 3))
    agent.q_values = table
    for _ in range(200):
        transition = Transition(
            *rng.integers((6, 3)).tolist(), rng.normal(), int(rng.integers(6)), rng.random() < 0.3
        )
        state, action, reward, next_state, terminated = transition
        target = td_target(reward, table[next_state], terminated, 0.9)
        assert target == updates.q_learning_target(reward, table[next_state], terminated, 0.9)
        error = td_error(target, table[state, action])
        assert error == pytest.approx(agent.update(transition))
        q_update(table, state, action, error, 0.25)
    np.testing.assert_allclose(agent.q_values, table)


def test_wrong_entries_of_a_table_are_named_one_by_one():
    def q_update(q_values, state, action, td_error, learning_rate):
        q_values[state, action] -= learning_rate * td_error

    rows = dict(judge(EXERCISES["q_update"], q_update).rows)
    assert rows["Table"] == "entry (2, 1): should be 2.75, is 1.25"
    assert rows["Called"].splitlines()[:3] == [
        "q_update(q_values=np.array([",
        "    [0.0, 0.0, 0.0],",
        "    [0.0, 1.0, 0.0],",
    ]


def test_many_wrong_entries_of_a_table_are_counted():
    def q_update(q_values, state, action, td_error, learning_rate):
        q_values += 1

    lines = dict(judge(EXERCISES["q_update"], q_update).rows)["Table"].splitlines()
    assert lines[0] == "entry (0, 0): should be 0.0, is 1.0"
    assert len(lines) == 5
    assert lines[-1] == "and 8 more"
