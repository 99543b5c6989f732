"""A world with a transition model as a Gymnasium vector environment."""

import numpy as np

from rl_helpers.fast.world_copies import copies_of
from rl_helpers.training.steps import LONGEST_EPISODE
from rl_helpers.worlds.vector.vector_world import VectorWorld
from rl_helpers.worlds.wrappers import has_time_limit, time_limit


def longest_episode(env):
    """Return after how many steps an episode is cut off, an int: 108,000 where nobody has set a limit.

    >>> import gymnasium as gym
    >>> longest_episode(gym.make("FrozenLake-v1")), longest_episode(gym.make("CliffWalking-v1"))
    (100, 108000)
    """
    return int(time_limit(env)) if has_time_limit(env) else LONGEST_EPISODE


class VectorFiniteWorld(VectorWorld):
    """Copies of a finite world, which step in its transition model: the same as `train_many` plays in.

    Args:
        env: a world with a transition model or `copies` of its own, as `gymnasium.make` returns it.
        num_envs: how many copies.

    >>> import gymnasium as gym
    >>> lakes = VectorFiniteWorld(gym.make("FrozenLake-v1"), 3)
    >>> lakes.reset(seed=0)
    (array([0, 0, 0]), {})
    """

    def __init__(self, env, num_envs):
        super().__init__(num_envs, env.observation_space, env.action_space, longest_episode(env))
        self._env, self._runs = env, np.arange(num_envs)
        self._copies = copies_of(env, num_envs, np.random.default_rng(0))  # complains now if there are none
        self.state = np.zeros(num_envs, dtype=np.intp)

    def reset(self, *, seed=None, options=None):
        """Begin an episode in every copy; a seed starts all chance afresh."""
        if seed is not None or not self._has_begun:
            self._copies = copies_of(self._env, self.num_envs, np.random.default_rng(seed))
        return super().reset(seed=seed, options=options)

    def begin(self, copies):
        """Draw the states in which these copies begin."""
        self.state[copies] = self._copies.start(len(copies))

    def advance(self, actions):
        """Draw what follows the actions."""
        self.state, reward, terminated = self._copies.step(self._runs, self.state, actions)
        return reward, terminated

    def observe(self):
        """Return the numbers of the states."""
        return self.state.copy()
