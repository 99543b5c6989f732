"""What follows each action in each state, with which probability: the exact models of rooms and mazes.

Start with `room.py`.
"""

from rl_helpers.worlds.dynamics.maze import maze_model
from rl_helpers.worlds.dynamics.room import REWARDS, check_rewards, check_slip, room_model, scratch
from rl_helpers.worlds.dynamics.states import Model, Outcome, decode, encode

__all__ = [
    "REWARDS",
    "Model",
    "Outcome",
    "check_rewards",
    "check_slip",
    "decode",
    "encode",
    "maze_model",
    "room_model",
    "scratch",
]
