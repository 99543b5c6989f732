"""The time limit of a world is the shortest of its wrappers'."""

import gymnasium as gym

from rl_helpers.worlds.wrappers import time_limit


def test_the_shortest_of_two_time_limits_counts():
    env = gym.wrappers.TimeLimit(gym.make("FrozenLake-v1", max_episode_steps=9), max_episode_steps=30)
    assert time_limit(env) == 9
