"""SARSA plays the action that it has learned from."""

import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    SarsaAgent,
)
from rl_helpers.training import Transition
from tests.agents.learning import with_draws


def test_sarsa_plays_the_action_it_has_learned_from():
    """In a hundred states with random choices, the action played is always the one in the target."""
    rng = np.random.default_rng(0)
    agent = SarsaAgent(100, 5, learning_rate=1.0, discount=1.0, epsilon=1.0, rng=rng)
    table = rng.normal(size=(100, 5))
    agent.q_values = table
    for state in range(0, 98, 2):
        agent.update(Transition(state, 0, 0.0, state + 1, terminated=False))
        # Odd states were not changed, so the entry of the even one says which action was in the target.
        assert agent.q_values[state, 0] == pytest.approx(table[state + 1, agent.act(state + 1)])


def test_sarsa_forgets_its_choice_when_the_episode_ends():
    agent = SarsaAgent(2, 50, epsilon=1.0, rng=np.random.default_rng(0))

    def next_action(*, ends):
        agent.update(Transition(0, 0, 0.0, 1, terminated=False))
        kept = agent._chosen[1]
        if ends:
            agent.end_episode()
        return kept == agent.act(1)

    assert all(next_action(ends=False) for _ in range(20))
    # A choice of its own is the same by chance in 1 of 50.
    assert sum(next_action(ends=True) for _ in range(20)) < 5


def test_sarsa_chooses_anew_in_another_state_than_foreseen():
    agent = SarsaAgent(3, 2, epsilon=0.0)
    agent.q_values = [[0, 0], [5, 0], [0, 5]]
    agent.update(Transition(0, 0, 0.0, 1, terminated=False))
    assert agent.act(2) == 1
    # And does not come back to the old choice later.
    agent.q_values = [[0, 0], [0, 5], [0, 5]]
    assert agent.act(1) == 1


def test_sarsa_is_greedy_on_demand_and_keeps_its_choice():
    agent = SarsaAgent(2, 2, epsilon=0.5)
    agent.q_values = [[0, 0], [0, 5]]
    with_draws(agent, 0.1, 0.0)  # ε-greedy explores, and draws action 0
    agent.update(Transition(0, 0, 0.0, 1, terminated=False))
    assert agent.act(1, explore=False) == 1
    assert agent.act(1) == 0
