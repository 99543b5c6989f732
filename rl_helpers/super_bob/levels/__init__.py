"""Levels as text: the legend, what moves in them, and the levels that have names.

Start with `level.py`.
"""

from rl_helpers.super_bob.levels.level import LEGEND, Level, parse_level
from rl_helpers.super_bob.levels.named import LEVELS, level_of

__all__ = ["LEGEND", "LEVELS", "Level", "level_of", "parse_level"]
