"""What stands between a world's transition model and its steps: wrappers, options, overridden methods."""

import inspect

import gymnasium as gym
import numpy as np
from gymnasium import wrappers

from rl_helpers.worlds.reward_functions import is_pure

WITHOUT_EFFECT = (
    wrappers.HumanRendering,
    wrappers.OrderEnforcing,
    wrappers.PassiveEnvChecker,
    wrappers.RecordEpisodeStatistics,
    wrappers.RecordVideo,
    wrappers.RenderCollection,
    wrappers.TimeLimit,
)
"""Wrappers with a `step` of their own that leave states, actions, rewards and starts alone.

A time limit ends episodes, which is no end in the model: who trains reads it apart.
"""

KNOWN_WORLDS = ("gymnasium.envs.", "rl_helpers.worlds.")
FROM_EXPERIENCE = "learn from experience with `train`, in a loop over seeds"


class NoModelError(TypeError, ValueError):
    """There is no model of a world that is known to be true; it can still be learned from experience."""


def world_and_rewards(env):
    """Return the world under all wrappers, and the functions that these apply to its rewards.

    Args:
        env: an environment.

    Returns:
        The world, and a list of functions of a number, the innermost first.

    Raises:
        NoModelError: if a wrapper may change states, actions, rewards or starts in a way that cannot be told
            from outside.

    >>> lake = gym.make("FrozenLake-v1")
    >>> world, (tenfold,) = world_and_rewards(wrappers.TransformReward(lake, lambda reward: 10 * reward))
    >>> world is lake.unwrapped, tenfold(1)
    (True, 10)
    """
    functions = []
    while isinstance(env, gym.Wrapper):
        if type(env) in (wrappers.TransformReward, wrappers.ClipReward):
            functions.append(_reward_function(env))
        elif not (_is_without_effect(env) or _passes_everything_on(env)):
            raise NoModelError(
                f"{type(env).__name__} around {type(env.unwrapped).__name__} may change states, actions, "
                f"rewards or starts, and the world's model does not know: leave it out, or {FROM_EXPERIENCE}"
            )
        env = env.env
    if getattr(env, "unwrapped", env) is not env:
        raise NoModelError(
            f"{type(env).__name__} is no gymnasium.Wrapper, and hides {type(env.unwrapped).__name__}: "
            f"hand over the world itself, or {FROM_EXPERIENCE}"
        )
    return env, functions[::-1]


def time_limit(env):
    """Return after how many steps the wrappers of `env` truncate an episode, infinity if never.

    >>> time_limit(gym.make("FrozenLake-v1")), time_limit(gym.make("FrozenLake-v1").unwrapped)
    (100, inf)
    """
    limit = np.inf
    while isinstance(env, gym.Wrapper):
        if isinstance(env, wrappers.TimeLimit):
            limit = min(limit, env._max_episode_steps)
        env = env.env
    return limit


def refuse_untrue_model(world, name="P"):
    """Raise where it is known that a world's `P`, or its `copies`, do not say all that its steps do.

    Args:
        world: without wrappers.
        name: what is to be read.

    Raises:
        NoModelError: for a taxi whose passenger changes the mind, and for a subclass of a known world with a
            `step` or `reset` of its own.
    """
    for kind in type(world).__mro__:
        if kind.__module__.startswith(KNOWN_WORLDS):
            break
    else:
        return  # a world of somebody else's, who knows what it does
    for method in ("step", "reset"):
        if getattr(getattr(world, method), "__func__", None) is not getattr(kind, method):
            raise NoModelError(
                f"{type(world).__name__} has a {method} of its own in place of {kind.__name__}'s, so its "
                f"`{name}` may not hold: change `{name}` in place of {method}, or {FROM_EXPERIENCE}"
            )
    is_taxi = (kind.__module__, kind.__name__) == ("gymnasium.envs.toy_text.taxi", "TaxiEnv")
    if is_taxi and world.fickle_passenger and world.fickle_probability:
        raise NoModelError(
            "the passenger of TaxiEnv changes the destination on the way (fickle_passenger=True), which its "
            f"transition model `P` does not know: make the world without, or {FROM_EXPERIENCE}"
        )


def _reward_function(env):
    if not _steps_as(env, gym.RewardWrapper) or not is_pure(env.func):
        raise NoModelError(
            f"the function of {type(env).__name__} may give different results for the same reward: give one "
            f"that computes with the reward, numbers, math and NumPy alone, or {FROM_EXPERIENCE}"
        )
    return env.func


def _is_without_effect(env):
    """Return whether a wrapper is of a kind that is known, and nobody has given it another `step` since."""
    return type(env) in WITHOUT_EFFECT and _steps_as(env, type(env))


def _passes_everything_on(env):
    return _steps_as(env, gym.Wrapper)


def _steps_as(env, kind):
    """Return whether `step` and `reset` are those of a class, in the wrapper's class and in itself."""
    return all(
        getattr(getattr(env, name), "__func__", None) is getattr(kind, name) for name in ("step", "reset")
    )


def has_time_limit(env):
    """Return whether a `TimeLimit` is among the wrappers of an environment.

    >>> has_time_limit(gym.make("FrozenLake-v1")), has_time_limit(gym.make("CliffWalking-v1"))
    (True, False)
    """
    while isinstance(env, gym.Wrapper):
        if isinstance(env, wrappers.TimeLimit):
            return True
        env = env.env
    return False


def has_method(env, name, n_arguments):
    """Return whether an environment has a method that takes so many arguments; others may mean another thing.

    >>> has_method("a b", "split", 1), has_method("a b", "split", 3), has_method("a b", "copies", 2)
    (True, False, False)
    """
    method = getattr(env, name, None)
    if not callable(method):
        return False
    try:
        inspect.signature(method).bind(*range(n_arguments))
    except (TypeError, ValueError):
        return False
    return True
