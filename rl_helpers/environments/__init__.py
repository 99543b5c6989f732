"""Worlds that nobody here drew: checked in words, states as rows of a table, a model found by trying.

Start with `check_world.py`.
"""

from rl_helpers.environments.check_world import check_world
from rl_helpers.environments.explore_model import explore_model

__all__ = ["check_world", "explore_model"]
