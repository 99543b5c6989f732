"""Many consoles with one game, seen as small pictures: what a network learns from, and is measured by.

Start with `vector_env.py`.
"""

from rl_helpers.atari.many.block_counts import BlockCounts
from rl_helpers.atari.many.elsewhere import Elsewhere
from rl_helpers.atari.many.stopping import StopBetweenSteps
from rl_helpers.atari.many.vector_env import ConsoleVectorEnv
from rl_helpers.atari.many.whole_games import SignsAndLives, game_scores

__all__ = [
    "BlockCounts",
    "ConsoleVectorEnv",
    "Elsewhere",
    "SignsAndLives",
    "StopBetweenSteps",
    "game_scores",
]
