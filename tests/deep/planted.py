"""A world whose episodes are planted, and an agent that only watches."""

import gymnasium as gym
import numpy as np

LENGTHS, TERMINATES = (2, 3, 1), (True, False, False)


class Planted(gym.Env):
    """Episode k lasts LENGTHS[k % 3] steps, and is terminated or truncated; one sees (number, k, step)."""

    observation_space = gym.spaces.Box(0, 1000, shape=(3,))
    action_space = gym.spaces.Discrete(2)

    def __init__(self, number=0, rewards=None):
        self.number, self.episode, self.rewards = number, -1, rewards

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.episode += 1
        self.n_steps = 0
        return self.seen(), {}

    def step(self, action):
        self.n_steps += 1
        kind = self.episode % 3
        over = self.n_steps == LENGTHS[kind]
        reward = (
            10.0 * self.episode + self.n_steps if self.rewards is None else self.rewards[self.n_steps - 1]
        )
        return self.seen(), reward, over and TERMINATES[kind], over and not TERMINATES[kind], {"now": 1}

    def seen(self):
        return np.array([self.number, self.episode, self.n_steps], dtype=np.float32)


class Watcher:
    """Has what a player asks for, and always takes action 1."""

    def __init__(self, n_runs):
        self.n_runs, self.n_seen = n_runs, 0

    def see(self, observations, *, learn):
        self.n_seen += learn
        return observations

    def choose(self, inputs, *, explore):
        return np.ones(inputs.shape[:2], dtype=int)

    def for_world(self, actions):
        return actions
