"""Expected SARSA learns the values of its own policy."""

import pytest
from hypothesis import given, settings

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    ExpectedSarsaAgent,
)
from tests.agents.learning import sweep
from tests.random_worlds import random_worlds, values_of_random_walk


@settings(deadline=None, max_examples=20)
@given(world=random_worlds(most_outcomes=1))
def test_expected_sarsa_finds_the_values_of_its_own_policy(world):
    agent = ExpectedSarsaAgent(len(world.P), len(world.P[0]), learning_rate=1.0, discount=0.8, epsilon=1.0)
    sweep(agent, world, 150)
    assert agent.q_values == pytest.approx(values_of_random_walk(world, 0.8), abs=1e-9)
