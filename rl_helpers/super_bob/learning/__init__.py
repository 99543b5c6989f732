"""Learning Super Bob: PPO with the settings that master it, measured and filmed.

Start with `training.py`.
"""

from rl_helpers.super_bob.learning.films import film_game
from rl_helpers.super_bob.learning.games import NotedGames, NumbersOnly, PixelGames
from rl_helpers.super_bob.learning.mastery import fluency, mastery
from rl_helpers.super_bob.learning.measuring import Games, play_games
from rl_helpers.super_bob.learning.shipped import load_agent
from rl_helpers.super_bob.learning.training import (
    Point,
    Stage,
    Training,
    curriculum,
    new_agent,
    starts_along,
)

__all__ = [
    "Games",
    "NotedGames",
    "NumbersOnly",
    "PixelGames",
    "Point",
    "Stage",
    "Training",
    "curriculum",
    "film_game",
    "fluency",
    "load_agent",
    "mastery",
    "new_agent",
    "play_games",
    "starts_along",
]
