"""Searches in the game itself for a way to the flag: whether a level is possible.

Start with `a_star.py`.
"""

from rl_helpers.super_bob.search.a_star import Solution, replay, solve

__all__ = ["Solution", "replay", "solve"]
