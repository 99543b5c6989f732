"""What is known of Breakout: where things are, how the ball flies, how the paddle follows.

Start with `reading.py`.
"""

from rl_helpers.breakout.game.misses import Meeting, meetings, tally
from rl_helpers.breakout.game.paddle import REACH
from rl_helpers.breakout.game.reading import NARROW

__all__ = ["NARROW", "REACH", "Meeting", "meetings", "tally"]
