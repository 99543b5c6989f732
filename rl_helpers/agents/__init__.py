"""Agents: one file per algorithm.

Start with `q_learning.py`.

An agent is two methods, `act` and `update`; it never holds the environment. All but Monte Carlo and the
random agent learn in `table`: `update` moves one value towards `td_target`, which calls the algorithm's rule
in `updates`. The twins that learn in many runs at once are in `fast`, and call the same rules.
"""

from rl_helpers.agents.double_q_learning import DoubleQLearningAgent
from rl_helpers.agents.dyna_q import DynaQAgent
from rl_helpers.agents.dyna_q_plus import DynaQPlusAgent
from rl_helpers.agents.expected_sarsa import ExpectedSarsaAgent
from rl_helpers.agents.monte_carlo import MonteCarloAgent
from rl_helpers.agents.q_learning import QLearningAgent
from rl_helpers.agents.random import RandomAgent
from rl_helpers.agents.sarsa import SarsaAgent

__all__ = [
    "DoubleQLearningAgent",
    "DynaQAgent",
    "DynaQPlusAgent",
    "ExpectedSarsaAgent",
    "MonteCarloAgent",
    "QLearningAgent",
    "RandomAgent",
    "SarsaAgent",
]
