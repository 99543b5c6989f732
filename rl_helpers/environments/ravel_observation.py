"""Several whole numbers as one: the row of a table."""

from math import prod

import gymnasium as gym
import numpy as np
from gymnasium import spaces

from rl_helpers.environments.table_rows import is_countable


class RavelObservation(gym.ObservationWrapper, gym.utils.RecordConstructorArgs):
    """A world with `Discrete` observations, made of several whole numbers as `np.ravel_multi_index` does.

    It takes `Tuple` and `Dict` of countable spaces, `MultiDiscrete`, `MultiBinary`, and `Discrete` that does
    not begin with 0. For numbers with a fraction there is `gymnasium.wrappers.DiscretizeObservation`.

    Args:
        env: an environment with such observations.

    Attributes:
        sizes: how many values each of the numbers has.
        starts: the least value of each.

    Raises:
        TypeError: if the observations are not countable.

    >>> env = RavelObservation(gym.make("Blackjack-v1"))
    >>> env.observation_space, env.observation((14, 10, 0)), env.revert_observation(328)
    (Discrete(704), 328, (14, 10, 0))
    """

    def __init__(self, env):
        gym.utils.RecordConstructorArgs.__init__(self)
        gym.ObservationWrapper.__init__(self, env)
        space = env.observation_space
        if not is_countable(space):
            raise TypeError(
                f"the observations of {type(env.unwrapped).__name__} are {space}, expected whole numbers: "
                "sort them into buckets with gymnasium.wrappers.DiscretizeObservation, or with "
                "rl_helpers.environments.NumberedStates where they have no bounds"
            )
        self.sizes, self.starts = (tuple(numbers) for numbers in zip(*_ranges(space), strict=True))
        self.observation_space = spaces.Discrete(prod(self.sizes))

    def observation(self, observation):
        """Return the number of an observation."""
        values = _values(self.env.observation_space, observation)
        number = 0
        for value, size, start in zip(values, self.sizes, self.starts, strict=True):
            if not 0 <= value - start < size:
                raise ValueError(
                    f"the observation {observation!r} is not in {self.env.observation_space}: make the space "
                    "larger, or look where the state leaves it"
                )
            number = number * size + value - start
        return number

    def revert_observation(self, number):
        """Return the numbers that one number was made of, in a tuple, the parts of a `Dict` in its order."""
        values = []
        for size, start in zip(self.sizes[::-1], self.starts[::-1], strict=True):
            number, value = divmod(number, size)
            values.append(value + start)
        return tuple(values[::-1])


def _parts(space):
    """Return the parts of a space by the key of their observation, None where it has no parts."""
    if isinstance(space, spaces.Dict):
        return dict(space.items())
    return dict(enumerate(space)) if isinstance(space, spaces.Tuple) else None


def _ranges(space):
    """Return (size, start) of every number in the observations of a space."""
    if (parts := _parts(space)) is not None:
        return [each for part in parts.values() for each in _ranges(part)]
    if isinstance(space, spaces.Discrete):
        return [(int(space.n), int(space.start))]
    if isinstance(space, spaces.MultiBinary):
        return [(2, 0)] * prod(space.shape)
    return list(zip(np.ravel(space.nvec).tolist(), np.ravel(space.start).tolist(), strict=True))


def _values(space, observation):
    """Return the numbers in an observation, as Python's."""
    if (parts := _parts(space)) is not None:
        return [value for key, part in parts.items() for value in _values(part, observation[key])]
    return np.ravel(observation).tolist()
