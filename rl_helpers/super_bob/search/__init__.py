"""Searches in the game itself for a way to the flag: whether a level is possible.

Start with `a_star.py`.
"""

from rl_helpers.super_bob.search.a_star import Solution, replay, solve
from rl_helpers.super_bob.search.verdict import Verdict, is_possible

__all__ = ["Solution", "Verdict", "is_possible", "replay", "solve"]
