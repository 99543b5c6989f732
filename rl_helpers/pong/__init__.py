"""Pong for a table: the ball, the two paddles, and 57 states. A small example of a second game.

Start with `reading.py`.
"""

from rl_helpers.pong.learning import new_agent, trained
from rl_helpers.pong.reading import Reading, read_memory, read_pixels
from rl_helpers.pong.states import SPACE, Moment
from rl_helpers.pong.worlds import make_pong

__all__ = ["SPACE", "Moment", "Reading", "make_pong", "new_agent", "read_memory", "read_pixels", "trained"]
