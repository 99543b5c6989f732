"""Breakout for a table: from the picture or the console's memory to a few hundred states.

Start with `spaces.py`.
"""

from rl_helpers.atari import ClipReward, LostLife, StateSpace, TrainingLog, bucket, learn, save_table
from rl_helpers.breakout.game.reading import Reading, read_memory, read_pixels
from rl_helpers.breakout.learning import decisions, load_agent, new_agent, trained, trained_together
from rl_helpers.breakout.pictures import field_view, make_breakout_games, mirrored_pictures
from rl_helpers.breakout.spaces import BEST, FINE, STEPS
from rl_helpers.breakout.states import Moment
from rl_helpers.breakout.worlds import make_breakout

__all__ = [
    "BEST",
    "FINE",
    "STEPS",
    "ClipReward",
    "LostLife",
    "Moment",
    "Reading",
    "StateSpace",
    "TrainingLog",
    "bucket",
    "decisions",
    "field_view",
    "learn",
    "load_agent",
    "make_breakout",
    "make_breakout_games",
    "mirrored_pictures",
    "new_agent",
    "read_memory",
    "read_pixels",
    "save_table",
    "trained",
    "trained_together",
]
