"""Double Q-learning has two tables, and a coin says which learns."""

import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DoubleQLearningAgent,
)
from rl_helpers.schedules import SampleAverage
from rl_helpers.training import Transition
from tests.agents.learning import HALF, learn, with_draws


def test_double_q_learning_moves_the_table_of_the_coin():
    agent = with_draws(DoubleQLearningAgent(3, 2, **HALF), 0.1, 0.9)
    agent.q_values = [[0, 0], [2, 6], [0, 0]]
    agent._tables[0][1][:] = [3.0, 1.0]  # tails
    # Heads learns: its best is the second action (6), which tails says is worth 1: halfway to 1 + 0.9.
    assert agent.update(Transition(0, 0, 1.0, 1, terminated=False)) == pytest.approx(1.9)
    assert agent._tables[1][0][0] == pytest.approx(0.95)
    # Tails learns: its best is the first action (3), which heads says is worth 2: halfway to 1 + 1.8.
    assert agent.update(Transition(0, 1, 1.0, 1, terminated=False)) == pytest.approx(2.8)
    assert agent._tables[0][0] == pytest.approx([0.0, 1.4])
    assert agent.q_values[0] == pytest.approx([0.475, 0.7])


def test_double_q_learning_acts_by_the_mean_of_both_tables():
    agent = DoubleQLearningAgent(1, 3, epsilon=0.0)
    agent._tables = [[5.0, 0.0, 3.0]], [[0.0, 5.0, 3.0]]
    assert {agent.act(0) for _ in range(20)} == {2}
    assert {agent.act(0, explore=False) for _ in range(20)} == {2}


def averaging(**options):
    return DoubleQLearningAgent(2, 2, learning_rate=SampleAverage(), rng=np.random.default_rng(0), **options)


def test_visits_are_those_of_both_tables():
    agent = averaging()
    learn(agent, *[(0, 1, 1.0, 1, True)] * 10, (1, 0, 1.0, 1, True))
    assert agent.visits.tolist() == [[0, 10], [1, 0]]


def test_assigned_visits_are_read_again_and_each_table_goes_on_from_half_of_them():
    agent = averaging()
    agent.visits = [[1000, 7], [0, 1]]
    assert agent.visits.tolist() == [[1000, 7], [0, 1]]
    with_draws(agent, 0.9, 0.1, 0.9, 0.1)  # tails, the first table, has the odd visit
    learn(agent, (0, 0, 501.0, 1, True), (0, 0, 501.0, 1, True), (0, 1, 5.0, 1, True), (0, 1, 5.0, 1, True))
    # In each table the 501st visit: 501 / 501 = 1. Then the fifth, 5 / 5 = 1, and the fourth, 5 / 4.
    assert agent.q_values[0] == pytest.approx([1.0, (1.0 + 1.25) / 2])
    assert agent.visits.tolist() == [[1002, 9], [0, 1]]


def test_visits_can_be_handed_on_in_the_midst_of_learning():
    first, second = averaging(), averaging()
    learn(first, *[(0, 1, 1.0, 1, True)] * 10)
    learn(second, (0, 1, 1.0, 1, True))
    second.visits = first.visits
    learn(second, (0, 1, 1.0, 1, True))
    assert second.visits.tolist() == [[0, 11], [0, 0]]
