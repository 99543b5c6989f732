"""A time limit is not the end: whoever is cut off goes on counting on what would have come next.

Fails when the loop passes on `terminated or truncated`, or an agent takes the one for the other.
"""

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.agents import DoubleQLearningAgent, DynaQAgent, DynaQPlusAgent
from rl_helpers.training import train
from tests.agents.learning import HALF, every_agent
from tests.random_worlds import World


@every_agent
def test_time_limit_still_bootstraps(agent_class):
    """The clock rings after a step from 0 to 1: the next state's value 10 counts, 0.9 × 10 + 5 = 14."""
    table = {state: {0: [(1.0, 1, 5.0, False)]} for state in range(2)}
    env = gym.wrappers.TimeLimit(World(table, start=np.array([1.0, 0.0])), max_episode_steps=1)
    agent = agent_class(2, 1, initial_value=10.0, **HALF)
    assert train(env, agent, 1, seed=0).lengths.tolist() == [1]
    assert agent.q_values[1, 0] == 10.0
    expected = {DoubleQLearningAgent: 11.0, DynaQAgent: 14 - 4 / 2**6, DynaQPlusAgent: 14 - 4 / 2**6}
    assert agent.q_values[0, 0] == pytest.approx(expected.get(agent_class, 12.0))
