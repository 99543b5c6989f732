"""What an agent is given, checked: states that have a row in its table, rewards, a generator, a policy."""

import math
import numbers
from operator import index

import numpy as np


class StateError(IndexError, TypeError):
    """An observation that is not the number of a row of the table."""


def check_state(state, n_states, name="state"):
    """Raise unless a state is the number of a row of the table.

    Args:
        state: what the environment returned.
        n_states: rows of the table.
        name: of the state, for the message.

    Raises:
        StateError: with what came, what a table needs, and what helps.

    >>> check_state(16, 16)
    Traceback (most recent call last):
    ...
    rl_helpers.agents.checks.StateError: state is 16, and the table has 16 states, numbered 0 to 15: ...
    """
    try:
        number = index(state)
    except TypeError:
        raise StateError(
            f"{name} is {_kind(state)}, and a table needs the number of a state, from 0 to {n_states - 1}: "
            f"{_way_out(state)}"
        ) from None
    if not 0 <= number < n_states:
        raise StateError(
            f"{name} is {number}, and the table has {n_states} states, numbered 0 to {n_states - 1}: make "
            "the agent with env.observation_space.n states, and number them from 0, for instance with "
            "rl_helpers.environments.RavelObservation"
        )


def check_transition(transition, n_states, n_actions):
    """Raise if something in a transition is of no use to a table; see `check_state`.

    Raises:
        StateError: for the states.
        TypeError, ValueError: for the action, the reward, and `terminated`.
    """
    state, action, reward, next_state, terminated = transition
    check_state(state, n_states)
    if not isinstance(action, numbers.Integral | np.ndarray) or not 0 <= index(action) < n_actions:
        raise IndexError(f"action is {action!r}, expected a whole number from 0 to {n_actions - 1}")
    check_reward(reward)
    if np.shape(terminated) != () or not isinstance(terminated, numbers.Integral | np.bool_ | np.ndarray):
        raise TypeError(f"terminated is {terminated!r}, expected True or False: return bool(…) from step")
    if not terminated:
        check_state(next_state, n_states, "next_state")


def check_reward(reward):
    """Raise unless a reward is one finite number.

    >>> check_reward(float("nan"))
    Traceback (most recent call last):
    ...
    ValueError: reward is nan, expected a finite number: look for a division by zero, ...
    """
    try:
        finite = np.shape(reward) == () and math.isfinite(reward)
    except TypeError:
        finite = None
    if not finite:
        raise (TypeError if finite is None or np.shape(reward) else ValueError)(
            f"reward is {reward!r}, expected a finite number: look for a division by zero, an infinite "
            "penalty or an array where the environment makes its rewards"
        )


def generator(rng):
    """Return a generator, a new one for None.

    >>> generator(0)
    Traceback (most recent call last):
    ...
    TypeError: rng is 0, expected a generator: give rng=np.random.default_rng(0)
    """
    if rng is None:
        return np.random.default_rng()
    if not isinstance(rng, np.random.Generator):
        seed = rng if isinstance(rng, numbers.Integral) else 0
        raise TypeError(f"rng is {rng!r}, expected a generator: give rng=np.random.default_rng({seed})")
    return rng


def policy_of(policy):
    """Return a policy if it is one: it chooses, says probabilities, and whether it needs counts."""
    parts = ("choose", "probabilities", "needs_counts")
    if isinstance(policy, type) or not all(hasattr(policy, part) for part in parts):
        raise TypeError(
            f"policy is {policy!r}, expected a policy with its settings, such as exploration.Boltzmann(0.5); "
            "for a greedy one give epsilon=0.0"
        )
    return policy


def _kind(state):
    if isinstance(state, np.ndarray):
        return f"an array of shape {state.shape} and dtype {state.dtype}"
    words = repr(state)
    return f"a {type(state).__name__}, {words if len(words) <= 60 else words[:57] + '…'}"


def _way_out(state):
    if isinstance(state, np.ndarray) and state.size == 1 and state.dtype.kind in "iub":
        return (
            "take the number out of the array, with gymnasium.wrappers.TransformObservation(env, "
            "lambda state: int(state.item()), gymnasium.spaces.Discrete(n_states))"
        )
    if isinstance(state, np.ndarray) and state.ndim == 1 and state.max() == 1 == np.count_nonzero(state):
        return (
            "this looks like one-hot code, so take the place of the 1, with "
            "gymnasium.wrappers.TransformObservation(env, lambda state: int(state.argmax()), "
            "gymnasium.spaces.Discrete(n_states))"
        )
    has_fraction = isinstance(state, np.ndarray | np.generic) and state.dtype.kind not in "iub"
    if isinstance(state, float) or has_fraction:
        return (
            "sort it into buckets, with gymnasium.wrappers.DiscretizeObservation(env, bins=…), or with "
            "rl_helpers.environments.NumberedStates where it has no bounds"
        )
    if not isinstance(state, np.ndarray | tuple | list | dict):
        return (
            "number what can be seen, with rl_helpers.environments.NumberedStates(env, StateSpace(function, "
            "sizes)), where function makes a tuple of whole numbers from 0 of it"
        )
    return (
        "make one whole number of it, with rl_helpers.environments.RavelObservation(env) around the "
        "environment; notebook 02 shows how to number states"
    )
