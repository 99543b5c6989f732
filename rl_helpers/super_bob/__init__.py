"""Super Bob: a platform game of our own, `Bob/Super-v0`; levels as text, one game and many, proofs by search.

Start with `env.py`.
"""

from rl_helpers.super_bob.levels import LEGEND, LEVELS, Level, level_of, parse_level

__all__ = ["LEGEND", "LEVELS", "Level", "level_of", "parse_level"]
