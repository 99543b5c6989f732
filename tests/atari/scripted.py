"""A game that follows a script, for tests."""

import gymnasium as gym


class Scripted(gym.Env):
    """Gives rewards and lives from a script, one row a step."""

    observation_space = action_space = gym.spaces.Discrete(10)

    def __init__(self, rows):
        self.rows = rows
        self.n_resets = 0

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.n_resets += 1
        self.at = 0
        return 0, {"lives": 3}

    def step(self, action):
        reward, lives, terminated, truncated = self.rows[self.at]
        self.at += 1
        return self.at, reward, terminated, truncated, {"lives": lives}
