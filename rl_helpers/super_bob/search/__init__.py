"""Searches in the game itself: whether a level is possible, and how hard it is.

Start with `a_star.py`.
"""

from rl_helpers.super_bob.search.a_star import Solution, replay, solve

__all__ = ["Solution", "replay", "solve"]
