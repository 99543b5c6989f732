"""A finite world that is seen as small grey pictures: the same world, and a table no longer fits."""

import gymnasium as gym
import numpy as np

from rl_helpers.deep.many.finite import VectorFiniteWorld


class StatesAsPictures(gym.ObservationWrapper):
    """A world of Bob's that is told as its picture, made small and grey: what is drawn, and no number.

    The number of a state says where it is in a table, and nothing of what is there. A picture has nothing
    but what is there, and 1,728 numbers in place of one.

    Args:
        env: a world on a grid, such as `Bob/Room-v0`, as `gymnasium.make` returns it.
        block: pixels along the edge of the squares whose mean is one number.

    >>> import rl_helpers
    >>> room = StatesAsPictures(gym.make("Bob/Room-v0"))
    >>> room.reset(seed=0)[0].shape
    (36, 48)
    """

    def __init__(self, env, *, block=8):
        super().__init__(env)
        world = env.unwrapped
        if not all(hasattr(world, name) for name in ("P", "picture", "last_action")) or env.spec is None:
            raise TypeError(
                f"env is {env}, expected one of Bob's worlds with a transition model: Bob/Room-v0"
            )
        self.block = block
        shape = shrunk(world.picture(), block).shape
        self.observation_space = gym.spaces.Box(0, 255, shape, np.uint8)

    def observation(self, state):
        """Return what is to be seen now, bytes (height, width)."""
        return shrunk(self.env.unwrapped.picture(), self.block)

    def many(self, num_envs):
        """Return a vector environment of such worlds; `vector_of` asks for it."""
        return VectorPictures(self.env, num_envs, self.block)


class VectorPictures(VectorFiniteWorld):
    """Copies of a finite world, told as pictures; see `StatesAsPictures`.

    All pictures there can be are drawn once. What is to be seen depends on the state, the last action and its
    reward: where Bob looks, and what he has just scratched.

    Args:
        env: the world that is told.
        num_envs: how many copies.
        block: see `StatesAsPictures`.
    """

    def __init__(self, env, num_envs, block):
        super().__init__(env, num_envs)
        self._rewards, self._numbers, self.pictures = _all_pictures(gym.make(env.spec).unwrapped, block)
        self.single_observation_space = gym.spaces.Box(0, 255, self.pictures.shape[1:], np.uint8)
        self.observation_space = gym.vector.utils.batch_space(self.single_observation_space, num_envs)
        self._last = np.full(num_envs, -1), np.zeros(num_envs)

    def begin(self, copies):
        """Draw the states in which these copies begin; nothing was done before."""
        super().begin(copies)
        actions, rewards = (each.copy() for each in self._last)
        actions[copies], rewards[copies] = -1, 0.0
        self._last = actions, rewards

    def advance(self, actions):
        """Draw what follows the actions."""
        reward, terminated = super().advance(actions)
        self._last = actions, reward
        return reward, terminated

    def observe(self):
        """Return the pictures, bytes (num_envs, height, width)."""
        actions, rewards = self._last
        return self.pictures[self._numbers[self.state, actions, np.searchsorted(self._rewards, rewards)]]


def shrunk(picture, block):
    """Return the mean grey of each square of a picture (height, width, 3), bytes.

    >>> shrunk(np.full((8, 16, 3), 7, np.uint8), 8)
    array([[7, 7]], dtype=uint8)
    """
    height, width = picture.shape[0] // block, picture.shape[1] // block
    grey = picture[: height * block, : width * block].mean(axis=-1)
    return grey.reshape(height, block, width, block).mean(axis=(1, 3)).round().astype(np.uint8)


def _all_pictures(world, block):
    """Return the rewards there are, the number of each picture by (state, action, reward), and the pictures.

    The last action before there was one is −1, which is the last place of its axis.
    """
    n_actions = world.action_space.n
    seen = {(int(state), -1, 0.0) for state in np.flatnonzero(world.initial_state_distrib)}
    for actions in world.P.values():
        for action, outcomes in actions.items():
            seen |= {(following, action, reward) for _, following, reward, _ in outcomes}
    rewards = np.unique([reward for *_, reward in seen])
    numbers = np.full((world.n_states, n_actions + 1, len(rewards)), -1)
    pictures = []
    for state, action, reward in sorted(seen):
        world.state, world.last_reward = state, reward
        world.last_action = None if action == -1 else action
        numbers[state, action, np.searchsorted(rewards, reward)] = len(pictures)
        pictures.append(shrunk(world.picture(), block))
    return rewards, numbers, np.array(pictures)
