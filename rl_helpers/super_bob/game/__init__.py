"""The rules of the game, twice: one game in plain Python, many in NumPy; a test compares them step by step.

Start with `single.py`.
"""

from rl_helpers.super_bob.game.single import ACTIONS, CAUSES, Game

__all__ = ["ACTIONS", "CAUSES", "Game"]
