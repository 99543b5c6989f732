"""Agents: one file an algorithm.

An agent is two methods, `act` and `update`; it never holds the environment.
"""

from rl_helpers.agents.q_learning import QLearningAgent
from rl_helpers.agents.random import RandomAgent

__all__ = ["QLearningAgent", "RandomAgent"]
