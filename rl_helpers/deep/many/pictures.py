"""A finite world that is seen as small grey pictures: the same world, and a table no longer fits."""

import gymnasium as gym
import numpy as np

from rl_helpers.deep.many.finite import VectorFiniteWorld


class StatesAsPictures(gym.ObservationWrapper):
    """A world of Bob's in which each state is told as its picture, made small and grey.

    The number of a state says where it is in a table, and nothing of what is there. A picture has nothing
    but what is there, and 1,728 numbers in place of one.

    Args:
        env: a world on a grid, such as `Bob/Room-v0`, as `gymnasium.make` returns it.
        block: pixels along the edge of the squares whose mean is one number.

    Attributes:
        pictures: of all states, bytes (n_states, height, width); black where Bob cannot be.

    >>> import rl_helpers
    >>> room = StatesAsPictures(gym.make("Bob/Room-v0"))
    >>> room.reset(seed=0)[0].shape
    (36, 48)
    """

    def __init__(self, env, *, block=8):
        super().__init__(env)
        if not hasattr(env.unwrapped, "P") or env.spec is None:
            raise TypeError(f"env is {env}, expected a world with a transition model, such as Bob/Room-v0")
        self.pictures = _pictures(env.spec, block)
        self.observation_space = gym.spaces.Box(0, 255, self.pictures.shape[1:], np.uint8)

    def observation(self, state):
        """Return the picture of a state, bytes (height, width)."""
        return self.pictures[state].copy()

    def many(self, num_envs):
        """Return a vector environment of such worlds; `vector_of` asks for it."""
        return VectorPictures(self.env, num_envs, self.pictures)


class VectorPictures(VectorFiniteWorld):
    """Copies of a finite world in which each state is told as its picture; see `StatesAsPictures`."""

    def __init__(self, env, num_envs, pictures):
        super().__init__(env, num_envs)
        self.pictures = pictures
        self.single_observation_space = gym.spaces.Box(0, 255, pictures.shape[1:], np.uint8)
        self.observation_space = gym.vector.utils.batch_space(self.single_observation_space, num_envs)

    def observe(self):
        """Return the pictures, bytes (num_envs, height, width)."""
        return self.pictures[self.state]


def _pictures(spec, block):
    """Return a picture of every state in which an episode can begin, bytes (n_states, height, width)."""
    room = gym.make(spec, render_mode="rgb_array").unwrapped
    pictures = None
    for state in range(room.n_states):
        try:
            room.reset(seed=0, options={"state": state})
        except ValueError:
            continue  # a wall: nobody ever sees it
        frame = room.render().mean(axis=-1)
        height, width = frame.shape[0] // block, frame.shape[1] // block
        small = frame[: height * block, : width * block].reshape(height, block, width, block)
        if pictures is None:
            pictures = np.zeros((room.n_states, height, width), np.uint8)
        pictures[state] = small.mean(axis=(1, 3)).round()
    room.close()
    return pictures
