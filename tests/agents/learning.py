"""What tests of several agents share: all agents with a table, and ways to teach them."""

import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DoubleQLearningAgent,
    DynaQAgent,
    DynaQPlusAgent,
    ExpectedSarsaAgent,
    MonteCarloAgent,
    QLearningAgent,
    SarsaAgent,
)
from rl_helpers.training import Transition

AGENTS = [
    QLearningAgent,
    SarsaAgent,
    ExpectedSarsaAgent,
    DoubleQLearningAgent,
    MonteCarloAgent,
    DynaQAgent,
    DynaQPlusAgent,
]
HALF = {"learning_rate": 0.5, "discount": 0.9}
every_agent = pytest.mark.parametrize("agent_class", AGENTS)


def learn(agent, *transitions):
    """Update with each transition, end the episode, and return the TD errors."""
    errors = [agent.update(Transition(*transition)) for transition in transitions]
    agent.end_episode()
    return errors


class Draws:
    """A generator whose numbers are given, one after the other."""

    def __init__(self, *numbers):
        self.numbers = list(numbers)

    def random(self, shape=None):
        return self.numbers.pop(0) if shape is None else np.array([self.numbers.pop(0) for _ in range(shape)])


def with_draws(agent, *numbers):
    agent._random = Draws(*numbers)
    return agent


def sweep(agent, world, n_sweeps):
    for _ in range(n_sweeps):
        for state, actions in world.P.items():
            for action, ((_, next_state, reward, terminated),) in actions.items():
                agent.update(Transition(state, action, reward, next_state, terminated))
