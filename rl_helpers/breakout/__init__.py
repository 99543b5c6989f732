"""Breakout for a table: from the picture or the console's memory to a few hundred states."""

from rl_helpers.atari.parallel_training import trained_together
from rl_helpers.breakout.game.reading import Reading, read_memory, read_pixels
from rl_helpers.breakout.learning import (
    Progress,
    decisions,
    learn,
    load_agent,
    new_agent,
    save_table,
    trained,
)
from rl_helpers.breakout.spaces import BEST, FINE, STEPS
from rl_helpers.breakout.states import Moment, StateSpace, bucket
from rl_helpers.breakout.worlds import ClipReward, LostLife, make_breakout

__all__ = [
    "BEST",
    "FINE",
    "STEPS",
    "ClipReward",
    "LostLife",
    "Moment",
    "Progress",
    "Reading",
    "StateSpace",
    "bucket",
    "decisions",
    "learn",
    "load_agent",
    "make_breakout",
    "new_agent",
    "read_memory",
    "read_pixels",
    "save_table",
    "trained",
    "trained_together",
]
