"""Monte Carlo control learns when the episode is over."""

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    MonteCarloAgent,
)
from tests.agents.learning import learn


def test_monte_carlo_learns_the_return_of_the_first_visit():
    agent = MonteCarloAgent(2, 2, learning_rate=0.5, discount=0.5)
    # Pair (0, 0) comes twice; after the first time follow 1, 2, 4: 1 + 1 + 1 = 3. After (0, 1): 2 + 2 = 4.
    learn(agent, (0, 0, 1.0, 0, False), (0, 1, 2.0, 0, False), (0, 0, 4.0, 1, True))
    assert agent.q_values.tolist() == [[1.5, 2.0], [0.0, 0.0]]
    # A new episode does not remember the old one: 6, halfway from 1.5.
    learn(agent, (0, 0, 6.0, 1, True))
    assert agent.q_values[0, 0] == 3.75


def test_monte_carlo_expects_what_its_policy_would_earn_after_a_time_limit():
    agent = MonteCarloAgent(2, 2, learning_rate=1.0, discount=0.5, epsilon=0.5)
    agent.q_values = [[0, 0], [0, 4]]
    learn(agent, (0, 0, 1.0, 1, False))
    # 1 + 0.5 × (0.25 × 0 + 0.75 × 4)
    assert agent.q_values[0, 0] == 2.5


def test_monte_carlo_without_an_episode_does_nothing():
    agent = MonteCarloAgent(1, 1, initial_value=2.0)
    agent.end_episode()
    assert agent.q_values.tolist() == [[2.0]]
