"""Many runs of Monte Carlo control, whose episodes are of different lengths."""

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    MonteCarloAgent,
)
from rl_helpers.training import train_many
from tests.random_worlds import World


def test_many_monte_carlo_learn_long_episodes_of_different_lengths():
    """Episodes longer than the first log, entangled: with one action and no chance, all must be exact."""
    n = 150
    corridor = World(
        {s: {0: [(1.0, s + 1, float(s % 7), s == n - 1)]} for s in range(n)} | {n: {0: [(1.0, n, 0.0, True)]}}
    )
    corridor.initial_state_distrib = np.zeros(n + 1)
    corridor.initial_state_distrib[[0, 75, 140]] = 1 / 3
    history = train_many(
        MonteCarloAgent, corridor, n_runs=12, n_episodes=8, seed=0, learning_rate=1.0, discount=0.9
    )
    later, expected = 0.0, np.zeros(n + 1)
    for s in reversed(range(n)):
        later = expected[s] = s % 7 + 0.9 * later
    assert len(np.unique(history.lengths)) == 3
    for run in range(12):
        seen = history.lengths[run].max()
        assert history.q_values[run, n - seen : n, 0] == pytest.approx(expected[n - seen : n])
        assert (history.q_values[run, : n - seen] == 0).all()


def test_many_monte_carlo_learn_first_visits():
    """Two steps in one state, then the end: 1 + 0.5 × 1 follow the first visit, 1 the second."""
    world = World({0: {0: [(1.0, 0, 1.0, False)]}})
    env = gym.wrappers.TimeLimit(world, 2)
    settings = {"n_runs": 3, "n_episodes": 1, "seed": 0, "learning_rate": 1.0, "discount": 0.5}
    history = train_many(MonteCarloAgent, env, initial_value=8.0, **settings)
    # And 8 is expected after the time limit: 1 + 0.5 × (1 + 0.5 × 8).
    assert history.q_values.ravel().tolist() == [3.5] * 3
