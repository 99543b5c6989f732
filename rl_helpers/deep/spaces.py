"""Which spaces a network can take: what an agent of `deep` needs of a world."""

import gymnasium as gym
import numpy as np

from rl_helpers.environments.table_rows import way_to_columns


def check_spaces(observation_space, action_space):
    """Raise unless an agent can see and act in these spaces.

    Raises:
        TypeError: with what was expected, what came, and what helps.

    >>> check_spaces(gym.spaces.Discrete(3), gym.spaces.MultiBinary(2))
    Traceback (most recent call last):
    ...
    TypeError: the action_space is MultiBinary(2), expected Discrete or a Box of one axis with bounds: ...
    """
    check_number_of_states(observation_space)
    is_box = isinstance(action_space, gym.spaces.Box)
    way_to_actions = (
        "put gymnasium.wrappers.TransformAction(env, function, gymnasium.spaces.Box(-1, 1, (n,))) around it, "
        "where function makes the world's action of n numbers"
    )
    for name, space, way_out in (
        ("observation_space", observation_space, way_to_one_axis(observation_space)),
        ("action_space", action_space, way_to_actions if is_box else way_to_columns(action_space)),
    ):
        bounds = " with bounds" if name == "action_space" else ""
        if isinstance(space, gym.spaces.Discrete):
            fits = name == "action_space" or space.start == 0
        else:
            fits = isinstance(space, gym.spaces.Box) and len(space.shape) == 1
            if fits and bounds:  # actions are drawn as fractions
                fits = space.dtype.kind == "f" and bool(np.isfinite([space.low, space.high]).all())
                way_out = "gymnasium.wrappers.TransformAction makes whole numbers of fractions"
        if isinstance(space, gym.Env):
            way_out = f"give env.{name}"
        if not fits:
            raise TypeError(
                f"the {name} is {space}, expected Discrete or a Box of one axis{bounds}: {way_out}"
            )


MOST_STATES = 1_000_000
"""How many states a network takes by their numbers: each has a row of weights."""


def check_number_of_states(space):
    """Raise for more states than a network can have rows for."""
    if isinstance(space, gym.spaces.Discrete) and space.n > MOST_STATES:
        raise ValueError(
            f"the observation_space has {space.n:,} states, and each would have a row of weights; "
            f"{MOST_STATES:,} are the most: show the numbers that a state is made of, each in its own place "
            "of a Box"
        )


def way_to_one_axis(space):
    """Return what to put around a world so that its observations are numbers along one axis."""
    if space is not None and space.is_np_flattenable:
        return "put gymnasium.wrappers.FlattenObservation(env) around it, which makes one axis of many"
    return (
        "put gymnasium.wrappers.TransformObservation(env, function, gymnasium.spaces.Box(low, high, (n,))) "
        "around it, where function makes n numbers of what is seen"
    )


def into_box(numbers, box):
    """Return actions of a box for numbers (..., n): 0 is its middle, −1 and 1 its bounds, which none leaves.

    >>> into_box(np.array([0.0, 7.0]), gym.spaces.Box(np.float32([-2, 0]), np.float32([2, 1])))
    array([0., 1.], dtype=float32)
    """
    middle, half = _middle_and_half(box)
    return np.clip(middle + half * np.clip(numbers, -1, 1), box.low, box.high).astype(np.float32)


def out_of_box(actions, box):
    """Return the numbers (..., n) that `into_box` makes these actions of.

    >>> out_of_box(np.array([0.0, 1.0]), gym.spaces.Box(np.float32([-2, 0]), np.float32([2, 1])))
    array([0., 1.])
    """
    middle, half = _middle_and_half(box)
    return (actions - middle) / half


def _middle_and_half(box):
    return (box.low + box.high) / 2, (box.high - box.low) / 2


def first_outputs(space, action, probabilities):
    """Return what a policy's network shall say at first, float (n_outputs,), None if nothing was asked for.

    Args:
        space: of the actions.
        action: the first mean of a Gaussian policy, an action of a box, or None.
        probabilities: the first ones of a categorical policy, (n_actions,), or None.

    >>> first_outputs(gym.spaces.Discrete(2), None, (0.95, 0.05)).round(2)
    array([ 1.47, -1.47])
    """
    is_box = isinstance(space, gym.spaces.Box)
    given, other = (action, probabilities) if is_box else (probabilities, action)
    if other is not None:
        raise TypeError(
            f"first_action is {action} and first_probabilities {probabilities}: a Box takes an action, "
            "Discrete actions take probabilities"
        )
    if given is None:
        return None
    numbers = np.asarray(given, dtype=float)
    if is_box:
        if numbers.shape != space.shape or not space.contains(numbers.astype(np.float32)):
            raise ValueError(f"first_action is {action}, expected one of {space}")
        return out_of_box(numbers, space)
    if numbers.shape != (space.n,) or not (numbers > 0).all() or abs(numbers.sum() - 1) > 1e-6:
        raise ValueError(
            f"first_probabilities are {probabilities}, expected {space.n} numbers above 0 that sum to 1"
        )
    return np.log(numbers) - np.log(numbers).mean()
