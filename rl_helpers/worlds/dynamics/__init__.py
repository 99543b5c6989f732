"""What follows each action in each state, with which probability: the exact models of rooms and mazes."""

from rl_helpers.worlds.dynamics.room import REWARDS, check_rewards, room_model

__all__ = ["REWARDS", "check_rewards", "room_model"]
