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
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Gymnasium's remarks are for who asks Gymnasium
        return list(_steps(env, seed, n_steps))


def _steps(env, seed, n_steps):
    actions = copy.deepcopy(env.action_space)
    actions.seed(seed)
    yield Step(comparable(env.reset(seed=seed)[0]))
    for _ in range(n_steps):
        observation, reward, terminated, truncated, _ = env.step(actions.sample())
        yield Step(comparable(observation), float(reward), bool(terminated), bool(truncated))
        if terminated or truncated:
            yield Step(comparable(env.reset()[0]))


SHARED = (
    "a copy changes the world that it was copied from, so something that changes belongs to the class, such "
    "as a list or an array written right below `class`: make it in __init__, with self.… = …"
)


def shares_with_copies(env, seed=0, n_steps=50):
    """Return whether a copy that plays beside a world changes what the world does.

    Args:
        env: a Gymnasium environment; it is left as it is.
        seed: of the random steps.
        n_steps: how many random steps are looked at.
    """
    try:
        world, twin = copy.deepcopy(env), copy.deepcopy(env)
        alone, again = (random_walk(world, seed, n_steps) for _ in range(2))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            beside = _steps(twin, seed + 1, 2 * n_steps)
            together = [(step, next(beside, None))[0] for step in _steps(world, seed, n_steps)]
    except Exception:
        return False  # what cannot be copied, or fails, is said elsewhere
    return not differ(alone, again) and differ(alone, together)
