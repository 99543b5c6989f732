"""The time limit that wrappers put around a world."""

import numpy as np


def time_limit(env):
    """Return after how many steps the wrappers of `env` truncate an episode, infinity if never.

    >>> import gymnasium as gym
    >>> time_limit(gym.make("FrozenLake-v1")), time_limit(gym.make("FrozenLake-v1").unwrapped)
    (100, inf)
    """
    from gymnasium.wrappers import TimeLimit

    limit = np.inf
    while env is not env.unwrapped:
        if isinstance(env, TimeLimit):
            limit = min(limit, env._max_episode_steps)
        env = env.env
    return limit
