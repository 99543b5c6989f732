"""How many rows and columns a table for a world has, and what to do where it can have none."""

from math import prod

import numpy as np
from gymnasium import Env, spaces

MOST_ENTRIES = 50_000_000
"""What a table may have at most: 400 MB."""

NUMBER_YOURSELF = (
    "put rl_helpers.environments.NumberedStates(env, StateSpace(function, sizes)) around it, where function "
    "makes a tuple of a few whole numbers from 0 of what is seen, and sizes says how many values each has"
)


def table_shape(env):
    """Return how many states and actions a world has, (n_states, n_actions).

    Raises:
        TypeError: if its observations or actions are no numbers from 0; the message names the wrapper that
            makes such numbers of them. Or if it has no spaces.
        ValueError: if the table would not fit into memory.

    >>> import gymnasium as gym
    >>> table_shape(gym.make("FrozenLake-v1"))
    (16, 4)
    >>> table_shape(gym.make("Blackjack-v1"))
    Traceback (most recent call last):
    ...
    TypeError: the observations of BlackjackEnv are Tuple(Discrete(32), ...), and a table needs ...
    """
    n_states, n_actions = _count(env, "observation_space", "observations"), n_actions_of(env)
    if n_states * n_actions > MOST_ENTRIES:
        raise ValueError(
            f"a table for {type(env.unwrapped).__name__} would have {n_states:,} rows of {n_actions}, and "
            f"{MOST_ENTRIES:,} entries are the most: leave out what matters least, or sort it into fewer "
            "buckets with rl_helpers.environments.NumberedStates"
        )
    return n_states, n_actions


def n_actions_of(env):
    """Return how many actions a world has.

    Raises:
        TypeError: if they are no numbers from 0.
    """
    return _count(env, "action_space", "actions")


def space_of(env, name):
    """Return the observation_space or the action_space of a world.

    Raises:
        TypeError: if it has none, or is no world.
    """
    if not isinstance(env, Env):
        raise TypeError(
            f"env is {env!r}, expected an environment: an instance of class MyWorld(gymnasium.Env)"
        )
    space = getattr(env, name, None)
    if not isinstance(space, spaces.Space):
        raise TypeError(
            f"{name} of {type(env.unwrapped).__name__} is {space!r}: set self.{name} in __init__, such as "
            "gymnasium.spaces.Discrete(8)"
        )
    return space


def _count(env, name, what):
    space = space_of(env, name)
    if isinstance(space, spaces.Discrete) and space.start == 0:
        return int(space.n)
    way = _way_to_rows(space) if what == "observations" else way_to_columns(space)
    raise TypeError(
        f"the {what} of {type(env.unwrapped).__name__} are {space}, and a table needs Discrete(n), numbers "
        f"from 0: {way}"
    )


def _way_to_rows(space):
    if is_countable(space) and n_values(space) <= MOST_ENTRIES:
        return "put rl_helpers.environments.RavelObservation around it"
    if not isinstance(space, spaces.Box) or space.dtype.kind != "f":
        return NUMBER_YOURSELF
    if isinstance(space, spaces.Box) and space.is_bounded():
        return (
            "put gymnasium.wrappers.DiscretizeObservation(env, bins=…) around it, or "
            "rl_helpers.environments.NumberedStates with buckets of your own"
        )
    return (
        "put rl_helpers.environments.NumberedStates around it, such as "
        "NumberedStates(env, StateSpace.of_buckets([(-0.1, 0.1), (-1, 1)])), one tuple of edges a number"
    )


def way_to_columns(space):
    """Return what to put around a world so that its actions are numbers from 0.

    >>> way_to_columns(spaces.Discrete(5, start=-2))
    'put gymnasium.wrappers.TransformAction(env, lambda number: number - 2, gymnasium.spaces.Discrete(5)) ...'
    """
    if isinstance(space, spaces.Box):
        return "put gymnasium.wrappers.DiscretizeAction(env, bins=…) around it"
    n, from_number, where = "n", "from_number", ", where from_number makes the world's action of a number"
    if isinstance(space, spaces.Discrete):
        sign = "-" if space.start < 0 else "+"
        n, from_number, where = space.n, f"lambda number: number {sign} {abs(space.start)}", ""
    elif is_countable(space) and not isinstance(space, spaces.Tuple | spaces.Dict) and len(space.shape) == 1:
        sizes, starts = map(tuple, zip(*ranges(space), strict=True))
        n = prod(sizes)
        if n <= MOST_ENTRIES and not any(starts):
            array = f"np.array(np.unravel_index(number, {sizes}), dtype=np.{space.dtype})"
            from_number, where = f"lambda number: {array}", ""
    return (
        f"put gymnasium.wrappers.TransformAction(env, {from_number}, gymnasium.spaces.Discrete({n})) around "
        f"it{where}"
    )


def is_countable(space):
    """Return whether a space holds finitely many whole numbers, one or several, maybe in a `Box`.

    >>> is_countable(spaces.Tuple([spaces.Discrete(3), spaces.MultiBinary(2)]))
    True
    >>> is_countable(spaces.Box(0, 1))
    False
    """
    if isinstance(space, spaces.Tuple):
        return all(map(is_countable, space))
    if isinstance(space, spaces.Dict):
        return all(map(is_countable, space.values()))
    if isinstance(space, spaces.Box):
        return space.dtype.kind in "iu" and space.is_bounded()
    return isinstance(space, spaces.Discrete | spaces.MultiDiscrete | spaces.MultiBinary)


def parts_of(space):
    """Return the parts of a space by the key of their observation, None where it has no parts."""
    if isinstance(space, spaces.Dict):
        return dict(space.items())
    return dict(enumerate(space)) if isinstance(space, spaces.Tuple) else None


def ranges(space):
    """Return (size, start) of every number in the observations of a countable space.

    >>> ranges(spaces.Box(-1, 1, (2,), dtype=int))
    [(3, -1), (3, -1)]
    """
    if (parts := parts_of(space)) is not None:
        return [each for part in parts.values() for each in ranges(part)]
    if isinstance(space, spaces.Discrete):
        return [(int(space.n), int(space.start))]
    if isinstance(space, spaces.MultiBinary):
        return [(2, 0)] * prod(space.shape)
    if isinstance(space, spaces.Box):
        bounds = zip(np.ravel(space.low).tolist(), np.ravel(space.high).tolist(), strict=True)
        return [(high - low + 1, low) for low, high in bounds]
    return list(zip(np.ravel(space.nvec).tolist(), np.ravel(space.start).tolist(), strict=True))


def n_values(space):
    """Return how many observations a countable space holds.

    >>> n_values(spaces.MultiDiscrete([2, 3]))
    6
    """
    return prod(size for size, _ in ranges(space))
