"""Checks of what a grid world is given: the action of a step, the state an episode begins in."""

from collections.abc import Callable, Iterable
from typing import Any

import gymnasium as gym

from rl_helpers.worlds.actions import Action


def check_action(action: Any, choices: Iterable[Action], *, playing: bool, begun: bool) -> int:
    """Return an action as an int, or say what is wrong with it or with the moment.

    Args:
        action: what the agent gave.
        choices: the actions there are.
        playing: whether an episode is going on.
        begun: whether there has been one at all.

    Raises:
        ResetNeeded: if no episode is going on.
        ValueError: if there is no such action.

    >>> check_action(7, Action, playing=True, begun=True)
    Traceback (most recent call last):
    ...
    ValueError: the action is 7: give one of 0 UP, 1 RIGHT, 2 DOWN, 3 LEFT, 4 SCRATCH
    """
    choices = tuple(choices)
    if not playing:
        when = "is over" if begun else "has not begun"
        raise gym.error.ResetNeeded(f"the episode {when}: call reset before the next step")
    if action not in gym.spaces.Discrete(len(choices)):
        names = ", ".join(f"{known.value} {known.name}" for known in choices)
        raise ValueError(f"the action is {action!r}: give one of {names}")
    return int(action)


def check_start(options: dict[str, Any], n_states: int, refused: Callable[[int], str | None]) -> int:
    """Return the state that the options of `reset` ask for.

    Args:
        options: `{"state": state}`.
        n_states: number of states.
        refused: says of a state why no episode can begin there, None if one can.

    Raises:
        ValueError: if there are other options, no such state, or a reason against it.

    >>> check_start({"state": 3}, 4, lambda state: None)
    3
    """
    if set(options) != {"state"}:
        raise ValueError(f'options are {options!r}: the only one here is {{"state": state}}')
    state = options["state"]
    if state not in gym.spaces.Discrete(n_states):
        raise ValueError(f'options["state"] is {state!r}: give a number from 0 to {n_states - 1}, see encode')
    reason = refused(int(state))
    if reason:
        raise ValueError(f'options["state"] is {state}, {reason}')
    return int(state)
