"""Several whole numbers as one: the row of a table."""

from functools import partial
from operator import index

import gymnasium as gym
import numpy as np
from gymnasium import spaces

from rl_helpers.environments.table_rows import (
    NUMBER_YOURSELF,
    is_countable,
    n_values,
    parts_of,
    ranges,
    space_of,
)

MOST = 2**63 - 1


class RavelObservation(gym.ObservationWrapper, gym.utils.RecordConstructorArgs):
    """A world with `Discrete` observations, made of several whole numbers as `np.ravel_multi_index` does.

    It takes `Tuple` and `Dict` of countable spaces, `MultiDiscrete`, `MultiBinary`, `Box` of whole numbers
    with bounds, and `Discrete` that does not begin with 0. For numbers with a fraction there is
    `gymnasium.wrappers.DiscretizeObservation`.

    Args:
        env: an environment with such observations.

    Attributes:
        sizes: how many values each of the numbers has.
        starts: the least value of each.

    Raises:
        TypeError: if the observations are not countable.
        ValueError: if there are more of them than a whole number of 64 bits can count.

    >>> env = RavelObservation(gym.make("Blackjack-v1"))
    >>> env.observation_space, env.observation((14, 10, 0)), env.revert_observation(328)
    (Discrete(704), 328, (14, 10, 0))
    """

    def __init__(self, env):
        gym.utils.RecordConstructorArgs.__init__(self)
        gym.ObservationWrapper.__init__(self, env)
        space = space_of(env, "observation_space")
        name = type(env.unwrapped).__name__
        if not is_countable(space):
            raise TypeError(
                f"the observations of {name} are {space}, expected whole numbers with bounds: {_way(space)}"
            )
        if (n := n_values(space)) > MOST:
            raise ValueError(
                f"{name} can show about 10^{len(str(n)) - 1} different observations, {space}, and each would "
                f"be a row: {NUMBER_YOURSELF}"
            )
        self.sizes, self.starts = (tuple(numbers) for numbers in zip(*ranges(space), strict=True))
        self.observation_space = spaces.Discrete(n)
        self._read = _reader(space)

    def observation(self, observation):
        """Return the number of an observation."""
        try:
            values = self._read(observation)
            number = 0
            for value, size, start in zip(values, self.sizes, self.starts, strict=True):
                if not 0 <= value - start < size:
                    raise ValueError("outside")
                number = number * size + value - start
            return index(number)
        except (TypeError, ValueError, KeyError, IndexError):
            raise ValueError(
                f"the observation {observation!r} is not in {self.env.observation_space}: make the space "
                "larger, or look where the state leaves it"
            ) from None

    def revert_observation(self, number):
        """Return the numbers that one number was made of, in a tuple, the parts of a `Dict` in its order."""
        values = []
        for size, start in zip(self.sizes[::-1], self.starts[::-1], strict=True):
            number, value = divmod(number, size)
            values.append(value + start)
        return tuple(values[::-1])


def _reader(space):
    """Return a function from an observation to the numbers in it, made once, for speed."""
    if (parts := parts_of(space)) is not None:
        readers = [(key, _reader(part)) for key, part in parts.items()]
        return partial(_of_parts, readers)
    return _one if isinstance(space, spaces.Discrete) else _several


def _of_parts(readers, observation):
    return [value for key, read in readers for value in read(observation[key])]


def _one(observation):
    return (observation,)


def _several(observation):
    return np.ravel(observation).tolist()


def _way(space):
    if not isinstance(space, spaces.Box):
        return NUMBER_YOURSELF
    return (
        "sort them into buckets with gymnasium.wrappers.DiscretizeObservation, or with "
        "rl_helpers.environments.NumberedStates where they have no bounds"
    )
