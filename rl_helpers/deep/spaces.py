"""Which spaces a network can take: what an agent of `deep` needs of a world."""

import gymnasium as gym
import numpy as np


def check_spaces(observation_space, action_space):
    """Raise unless an agent can see and act in these spaces.

    Raises:
        TypeError: with what was expected, what came, and what helps.

    >>> check_spaces(gym.spaces.Discrete(3), gym.spaces.MultiBinary(2))
    Traceback (most recent call last):
    ...
    TypeError: the action_space is MultiBinary(2), expected Discrete or a Box of one axis with bounds: ...
    """
    for name, space, way_out in (
        (
            "observation_space",
            observation_space,
            "gymnasium.wrappers.FlattenObservation makes one axis of many",
        ),
        ("action_space", action_space, "gymnasium.wrappers.TransformAction may help"),
    ):
        bounds = " with bounds" if name == "action_space" else ""
        if isinstance(space, gym.spaces.Discrete):
            fits = name == "action_space" or space.start == 0
        else:
            is_line = isinstance(space, gym.spaces.Box) and len(space.shape) == 1
            fits = is_line and (not bounds or bool(np.isfinite([space.low, space.high]).all()))
        if not fits:
            raise TypeError(
                f"the {name} is {space}, expected Discrete or a Box of one axis{bounds}: {way_out}"
            )
