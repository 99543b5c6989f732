"""How many rows and columns a table for a world has, and what to do where it can have none."""

from gymnasium import spaces

MOST_ENTRIES = 50_000_000
"""What a table may have at most: 400 MB."""


def table_shape(env):
    """Return how many states and actions a world has, (n_states, n_actions).

    Raises:
        TypeError: if its observations or actions are no numbers from 0; the message names the wrapper that
            makes such numbers of them.
        ValueError: if the table would not fit into memory.

    >>> import gymnasium as gym
    >>> table_shape(gym.make("FrozenLake-v1"))
    (16, 4)
    >>> table_shape(gym.make("Blackjack-v1"))
    Traceback (most recent call last):
    ...
    TypeError: the observations of BlackjackEnv are Tuple(Discrete(32), ...), and a table needs ...
    """
    n_states, n_actions = _count(env, env.observation_space, "observations"), n_actions_of(env)
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
    return _count(env, env.action_space, "actions")


def _count(env, space, what):
    if isinstance(space, spaces.Discrete) and space.start == 0:
        return int(space.n)
    way = _way_to_rows(space) if what == "observations" else _way_to_columns(space)
    raise TypeError(
        f"the {what} of {type(env.unwrapped).__name__} are {space}, and a table needs Discrete(n), numbers "
        f"from 0: {way}"
    )


def _way_to_rows(space):
    if is_countable(space):
        return "put rl_helpers.environments.RavelObservation around it"
    if isinstance(space, spaces.Box) and space.is_bounded():
        return (
            "put gymnasium.wrappers.DiscretizeObservation(env, bins=…) around it, or "
            "rl_helpers.environments.NumberedStates with buckets of your own"
        )
    return (
        "put rl_helpers.environments.NumberedStates around it, such as "
        "NumberedStates(env, StateSpace.of_buckets([(-0.1, 0.1), (-1, 1)])), one tuple of edges a number"
    )


def _way_to_columns(space):
    if isinstance(space, spaces.Box):
        return "put gymnasium.wrappers.DiscretizeAction(env, bins=…) around it"
    return (
        "put gymnasium.wrappers.TransformAction(env, from_number, gymnasium.spaces.Discrete(n)) around it, "
        "where from_number makes the world's action of a number"
    )


def is_countable(space):
    """Return whether a space holds finitely many whole numbers, one or several.

    >>> is_countable(spaces.Tuple([spaces.Discrete(3), spaces.MultiBinary(2)]))
    True
    >>> is_countable(spaces.Box(0, 1))
    False
    """
    if isinstance(space, spaces.Tuple):
        return all(map(is_countable, space))
    if isinstance(space, spaces.Dict):
        return all(map(is_countable, space.values()))
    return isinstance(space, spaces.Discrete | spaces.MultiDiscrete | spaces.MultiBinary)
