"""Random walks through any world, and observations as something that can be compared."""

import copy
import warnings
from typing import NamedTuple

import numpy as np
from gymnasium import wrappers

LOOKING_ON = (wrappers.TimeLimit, wrappers.OrderEnforcing, wrappers.PassiveEnvChecker)
"""What `gym.make` puts around a world; it speaks before a check can."""


class Step(NamedTuple):
    """A step of a walk; of the first, after `reset`, only `observation` is known.

    Attributes:
        observation: as `comparable` gives it.
    """

    observation: tuple
    reward: float = 0.0
    terminated: bool = False
    truncated: bool = False


def comparable(observation):
    """Return an observation as a value that can be compared, and be a key: numbers in tuples.

    >>> comparable({"at": np.array([1, 2]), "bag": (np.int64(0), True)})
    (('at', (1, 2)), ('bag', (0, True)))
    """
    if isinstance(observation, np.ndarray | np.generic):
        numbers = observation.tolist()
        return numbers if np.ndim(observation) == 0 else tuple(np.ravel(observation).tolist())
    if isinstance(observation, dict):
        return tuple((name, comparable(part)) for name, part in sorted(observation.items()))
    if isinstance(observation, tuple | list):
        return tuple(comparable(part) for part in observation)
    return observation


def differ(walk, other):
    """Return whether two walks differ; nan, which is not equal to itself, makes no difference.

    >>> differ([Step(0, float("nan"))], [Step(0, float("nan"))])
    False
    """
    return walk != other and repr(walk) != repr(other)


def inside(env, kinds=LOOKING_ON):
    """Return an environment without the outermost wrappers of some kinds.

    >>> import gymnasium as gym
    >>> type(inside(gym.make("FrozenLake-v1"))).__name__
    'FrozenLakeEnv'
    """
    while type(env) in kinds:
        env = env.env
    return env


def random_walk(env, seed, n_steps):
    """Return the steps of random actions; the same ones for the same seed, if the world keeps to it.

    Args:
        env: a Gymnasium environment.
        seed: of the world, in its first `reset`, and of the actions.
        n_steps: how many; an episode that ends is followed by another.

    Returns:
        A list of `Step`, one for every `reset` and one for every `step`.
    """
    actions = copy.deepcopy(env.action_space)
    actions.seed(seed)
    walk = [Step(comparable(env.reset(seed=seed)[0]))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gymnasium's remarks are for who asks Gymnasium
        for _ in range(n_steps):
            observation, reward, terminated, truncated, _ = env.step(actions.sample())
            walk.append(Step(comparable(observation), float(reward), bool(terminated), bool(truncated)))
            if terminated or truncated:
                walk.append(Step(comparable(env.reset()[0])))
    return walk
