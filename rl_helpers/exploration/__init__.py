"""Exploration: rules that choose an action from action values, and policies that agents follow with them.

Start with `rules.py`.
"""

from rl_helpers.exploration.block_random import BlockRandom
from rl_helpers.exploration.policies import UCB, Boltzmann, EpsilonGreedy
from rl_helpers.exploration.rules import boltzmann, epsilon_greedy, greedy, softmax, ucb, ucb_scores
from rl_helpers.schedules import ExponentialDecay, LinearDecay

__all__ = [
    "UCB",
    "BlockRandom",
    "Boltzmann",
    "EpsilonGreedy",
    "ExponentialDecay",
    "LinearDecay",
    "boltzmann",
    "epsilon_greedy",
    "greedy",
    "softmax",
    "ucb",
    "ucb_scores",
]
