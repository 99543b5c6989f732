"""Many runs of double Q-learning."""

import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DoubleQLearningAgent,
    QLearningAgent,
)
from rl_helpers.training import train_many
from tests.random_worlds import World


@pytest.mark.parametrize("seed", range(3))
def test_double_q_learning_does_not_overrate_noise(seed):
    """Ten ways with mean 0 and noise: the largest of their estimates is above 0, a second opinion is not."""
    noise = [(0.5, 1, 1.0, True), (0.5, 1, -1.0, True)]
    world = World({0: {a: [(1.0, 1, 0.0, False)] for a in range(10)}, 1: dict.fromkeys(range(10), noise)})
    world.initial_state_distrib = np.array([1.0, 0.0])
    settings = {"n_runs": 100, "n_steps": 400, "seed": seed, "epsilon": 1.0, "discount": 1.0}
    plain, double = (
        train_many(kind, world, learning_rate=0.5, **settings).q_values[:, 0].mean()
        for kind in (QLearningAgent, DoubleQLearningAgent)
    )
    assert plain > 0.5
    assert abs(double) < 0.2
