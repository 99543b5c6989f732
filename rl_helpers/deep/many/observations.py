"""What a world must tell agents with networks: observations that are of the space and finite."""

import gymnasium as gym
import numpy as np

NOT_FINITE = "look where the environment makes its observations for a division by zero or a logarithm of 0"


def check_observation(state, space):
    """Raise unless an observation is of the kind that a space says; a box's bounds are not looked at.

    >>> check_observation(np.zeros(4), gym.spaces.Box(-1, 1, (3,)))
    Traceback (most recent call last):
    ...
    ValueError: the state is array([0., 0., 0., 0.]), expected one of Box(-1.0, 1.0, (3,), float32): make ...
    """
    if isinstance(space, gym.spaces.Discrete):
        fits = space.contains(state)
    else:
        fits = np.shape(state) == space.shape and np.asarray(state).dtype.kind in "fiu"
    if not fits:
        raise ValueError(
            f"the state is {state!r}, expected one of {space}: make the agent with env.observation_space"
        )
    if not is_finite(np.asarray(state)):
        raise ValueError(f"the state is {state!r}, expected finite numbers: {NOT_FINITE}")


def is_finite(observations):
    """Return whether no number of an array is NaN or infinite; whole numbers never are.

    >>> is_finite(np.array([1.0, np.nan])), is_finite(np.array([1, 2]))
    (False, True)
    """
    return observations.dtype.kind != "f" or bool(np.isfinite(observations).all())


def check_returned(method, observation, space):
    """Raise unless what `reset` or `step` of a world returned is of its own `observation_space`.

    >>> check_returned("reset", np.zeros(4), gym.spaces.Box(-1, 1, (3,)))
    Traceback (most recent call last):
    ...
    ValueError: reset returns array([0., 0., 0., 0.]), and the world's observation_space is Box(-1.0, ...
    """
    try:
        check_observation(observation, space)
    except ValueError as error:
        raise ValueError(
            f"{method} returns {observation!r}, and the world's observation_space is {space}: return finite "
            "numbers of this shape, or say another space"
        ) from error


def check_same_spaces(agent, env):
    """Raise unless a world has the observations and the actions that an agent was made for.

    Args:
        agent: of `rl_helpers.deep`.
        env: an environment; bounds and dtypes of its spaces are not looked at.

    Raises:
        ValueError: with what was expected and what came.
    """
    for name in ("observation_space", "action_space"):
        own, there = getattr(agent, name), getattr(env, name)
        if _kind(own) != _kind(there):
            raise ValueError(
                f"the {name} of {type(env.unwrapped).__name__} is {there}, and this agent was made for "
                f"{own}: make one with the spaces of this world"
            )


def _kind(space):
    return type(space), *(getattr(space, part, None) for part in ("n", "start", "shape"))
