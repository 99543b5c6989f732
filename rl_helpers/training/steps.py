"""What an environment returns from `reset` and `step`, checked; and for how long an episode may go on."""

import sys
import warnings
from math import isfinite
from operator import index

import gymnasium as gym
import numpy as np

from rl_helpers.agents.checks import StateError
from rl_helpers.environments.table_rows import n_actions_of
from rl_helpers.worlds.wrappers import has_time_limit

LONGEST_EPISODE = 108_000
"""Steps after which an episode is cut off where no time limit is set: half an hour of an Atari game.

Source: Machado et al. (2018), "Revisiting the Arcade Learning Environment", section 4; 60 frames a second.
"""

API = "expected (observation, info) from reset; observation, reward, terminated, truncated, info from step"

USUAL = (int, float, bool, bool)
"""What a step of a finite world mostly returns: observation, reward, terminated, truncated."""


class StepError(ValueError, TypeError):
    """An environment has returned something that nothing can be learned from."""


def step_limit(env, max_steps=None):
    """Return after how many steps an episode is cut off by the loop around it.

    Args:
        env: a Gymnasium environment.
        max_steps: what was asked for. None: never where a `TimeLimit` is around it, else after 108,000.
    """
    if max_steps is not None:
        return max_steps
    return sys.maxsize if has_time_limit(env) else LONGEST_EPISODE


def warn_of_no_end(env, way_out="give max_steps=…, or make it with gymnasium.make(…, max_episode_steps=…)"):
    """Say that an episode was cut off that nobody has set a limit: Python shows a warning once."""
    warnings.warn(
        f"an episode of {_name(env)} was cut off after {LONGEST_EPISODE:,} steps: it has no time limit and "
        f"did not end; {way_out}",
        stacklevel=2,
    )


def check_actions(env, agent):
    """Raise where what shall play is no agent, or numbers its actions from 0 in a world that takes others.

    Args:
        env: an environment.
        agent: has `act`; one with `n_actions` numbers its actions.

    Raises:
        TypeError: the message says what to give, or names the wrapper that makes such numbers of the world's
            actions.
    """
    if isinstance(agent, type) or not callable(getattr(agent, "act", None)):
        made = f"make one, such as {agent.__name__}(n_states, n_actions)" if isinstance(agent, type) else ""
        raise TypeError(f"agent is {_short(agent)}, expected an agent: {made or 'it comes after the env'}")
    if getattr(agent, "n_actions", None) is not None and isinstance(env, gym.Env):
        n_actions_of(env)


def _way_to_env(env):
    if isinstance(env, str):
        return f"give gymnasium.make({env!r})"
    return "it comes first, then the agent" if hasattr(env, "act") else "such as gymnasium.make returns"


def begin(env, seed):
    """Reset an environment and return the first observation.

    Raises:
        StepError: if what it returns is not what Gymnasium's environments return.
        TypeError: if it is no environment, or the seed no whole number.
    """
    if seed is not None and type(seed) is not int:
        try:
            seed = index(seed)  # Gymnasium takes no number of NumPy
        except TypeError:
            raise TypeError(f"seed is {seed!r}, expected a whole number from 0 or None") from None
    try:
        outcome = env.reset(seed=seed)
    except AttributeError:
        if hasattr(env, "reset"):
            raise
        raise TypeError(f"env is {_short(env)}, expected an environment: {_way_to_env(env)}") from None
    except TypeError as error:
        if "seed" not in str(error):
            raise
        raise StepError(
            f"reset takes no seed ({error}): write `def reset(self, *, seed=None, options=None)`"
        ) from error
    if type(outcome) is not tuple or len(outcome) != 2:
        raise StepError(f"reset returned {_short(outcome)}: {API}")
    return _plain(outcome[0])


def checked(outcome, number):
    """Return the observation, reward and both flags of a step as plain Python values.

    Args:
        outcome: what `env.step` returned.
        number: of the step in its episode, from 1 on, for messages.

    Returns:
        (observation, reward, terminated, truncated); an array of one number as observation becomes an int.

    Raises:
        StepError: if there are not five values, the reward is not one finite number or a flag no bool.

    >>> checked((np.array(3), np.float32(0.5), np.bool_(True), False, {}), 1)
    (3, 0.5, True, False)
    >>> checked((3, float("inf"), True, False, {}), 7)
    Traceback (most recent call last):
    ...
    rl_helpers.training.steps.StepError: step 7: reward is inf, expected a finite number: ...
    """
    if type(outcome) is not tuple or len(outcome) != 5:
        old = type(outcome) is tuple and len(outcome) == 4
        way = " (yours look like the four of Gym before 0.26: split `done` in two)" if old else ""
        raise StepError(f"step {number}: step returned {_short(outcome)}: {API}{way}")
    observation, reward, terminated, truncated, _ = outcome
    kinds = type(observation), type(reward), type(terminated), type(truncated)
    if kinds == USUAL and isfinite(reward):  # for speed: the first step of every episode comes here
        return outcome[:4]
    return (
        _plain(observation),
        _reward(reward, number),
        _flag("terminated", terminated, number),
        _flag("truncated", truncated, number),
    )


def explain(error, env, outcome, number):
    """Make it clear what an environment has to do with an error in the loop around it.

    Args:
        error: what was raised.
        env: the environment.
        outcome: what its last `step` returned.
        number: of that step.

    Raises:
        StepError: if the outcome cannot be used, and the error came of that.
    """
    if isinstance(error, Exception) and isinstance(env, gym.vector.VectorEnv):
        raise StepError(
            f"env is a vector environment of {env.num_envs}: give a single one, from gymnasium.make(…); many "
            "runs at once are what `train_many` is for"
        ) from error
    if isinstance(error, StateError):
        space = getattr(env, "observation_space", "not said")
        left = isinstance(space, gym.Space) and not space.contains(outcome[0])
        faulty = ", and this is not in it: rl_helpers.environments.check_world(env) looks for such faults"
        error.args = (f"{error} (the environment's observation_space is {space}{faulty if left else ''})",)
    elif isinstance(error, TypeError | ValueError | OverflowError) and not isinstance(error, StepError):
        checked(outcome, number)


def _reward(reward, number):
    is_number = isinstance(reward, int | float) or (
        isinstance(reward, np.generic | np.ndarray) and reward.ndim == 0 and reward.dtype.kind in "buif"
    )
    try:
        is_finite = is_number and isfinite(reward)
    except OverflowError:  # a whole number beyond all floats
        is_finite = False
    if not is_finite:
        raise StepError(
            f"step {number}: reward is {_short(reward)}, expected a finite number: look where the "
            "environment makes its rewards for a division by zero, an infinite penalty or an array"
        )
    return float(reward)


def _flag(name, flag, number):
    is_bool = isinstance(flag, bool | np.bool_) or (
        isinstance(flag, int | np.integer | np.ndarray) and np.shape(flag) == () and flag in (0, 1)
    )
    if not is_bool:
        raise StepError(
            f"step {number}: {name} is {_short(flag)}, expected True or False: return bool(…) from step"
        )
    return bool(flag)


def _name(env):
    return type(getattr(env, "unwrapped", env)).__name__


def _plain(observation):
    """Return an observation; one whole number in an array, which may change in place, as an int."""
    is_array = type(observation) is not int and isinstance(observation, np.ndarray)
    is_number = is_array and observation.ndim == 0 and observation.dtype.kind in "iu"
    return int(observation) if is_number else observation


def _short(value):
    words = repr(value)
    return words if len(words) <= 80 else f"{words[:79]}…"
