"""Small worlds for tests of many runs."""

import gymnasium as gym
import numpy as np


class Corridor(gym.Env):
    """Three steps, one action, no chance."""

    observation_space = gym.spaces.Discrete(3)
    action_space = gym.spaces.Discrete(1)
    P = {  # noqa: RUF012
        0: {0: [(1.0, 1, 0.5, False)]},
        1: {0: [(1.0, 2, -1.0, False)]},
        2: {0: [(1.0, 2, 4.0, True)]},
    }
    initial_state_distrib = np.array([1.0, 0.0, 0.0])

    def reset(self, *, seed=None, options=None):
        self.state = 0
        return 0, {}

    def step(self, action):
        _, self.state, reward, terminated = self.P[self.state][action][0]
        return self.state, reward, terminated, False, {}


class Dice(gym.Env):
    """Throw once: 1 in a fifth of all episodes, else −3."""

    P = {0: {0: [(0.2, 0, 1.0, True), (0.8, 0, -3.0, True)]}}  # noqa: RUF012
    initial_state_distrib = np.array([1.0])


class Choice(gym.Env):
    """Choose once: action 1 earns 1, action 0 nothing."""

    P = {0: {0: [(1.0, 0, 0.0, True)], 1: [(1.0, 0, 1.0, True)]}}  # noqa: RUF012
    initial_state_distrib = np.array([1.0])


class Lottery(gym.Env):
    """The start state is the reward."""

    P = {s: {0: [(1.0, s, float(s), True)]} for s in range(3)}  # noqa: RUF012
    initial_state_distrib = np.array([0.25, 0.0, 0.75])
