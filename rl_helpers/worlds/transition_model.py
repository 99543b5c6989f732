"""The transition model of a finite world as arrays, for planning and for training many runs at once."""

from typing import NamedTuple

import numpy as np


class TransitionModel(NamedTuple):
    """What can follow every state and action, with its probability.

    Attributes:
        probability: (n_states, n_actions, n_outcomes), sums to 1 over outcomes; padded with 0.
        next_state: int, same shape.
        reward: float, same shape.
        terminated: bool, same shape.
        start: probability of every state at the start of an episode, (n_states,).
    """

    probability: np.ndarray
    next_state: np.ndarray
    reward: np.ndarray
    terminated: np.ndarray
    start: np.ndarray


def transition_model(env):
    """Return the transition model of an environment that exposes `P` and `initial_state_distrib`.

    Args:
        env: one of Bob's finite worlds, or Gymnasium's FrozenLake, CliffWalking, Taxi, also wrapped.

    Raises:
        TypeError: if the environment has no `P`.

    >>> import gymnasium as gym
    >>> transition_model(gym.make("FrozenLake-v1")).probability.shape
    (16, 4, 3)
    """
    world = env.unwrapped
    table = getattr(world, "P", None)
    if table is None:
        raise TypeError(
            f"{type(world).__name__} has no transition model `P`: use a finite world, such as Bob/Room-v0 or "
            "FrozenLake-v1, or learn from experience with `train`"
        )
    return _as_arrays(table, world.initial_state_distrib)


def models_by_step(env):
    """Return which transition model holds from which time step on, with one entry if it never changes.

    A world that changes says so in `P_by_step`, as the mazes do.

    Raises:
        TypeError: if the environment has no `P`.
        ValueError: if its furniture moves from one episode to another, so that no model holds for long.

    >>> import gymnasium as gym, rl_helpers
    >>> list(models_by_step(gym.make("Bob/Maze-v0", maze="blocking")))
    [0, 1000]
    """
    world = env.unwrapped
    if getattr(world, "rearrange_every", None):
        raise ValueError(
            "the furniture moves (rearrange_every), so the transition model holds for a few episodes: "
            "use `train`, or a room that stays as it is"
        )
    tables = getattr(world, "P_by_step", None)
    if tables is None:
        return {0: transition_model(env)}
    return {step: _as_arrays(table, world.initial_state_distrib) for step, table in tables.items()}


def _as_arrays(table, start):
    n_states, n_actions = len(table), len(table[0])
    n_outcomes = max(len(table[state][action]) for state in range(n_states) for action in range(n_actions))
    # Padding leads nowhere: probability 0, and a next state that exists so that indexing works.
    outcomes = [
        [
            list(table[s][a]) + [(0.0, 0, 0.0, True)] * (n_outcomes - len(table[s][a]))
            for a in range(n_actions)
        ]
        for s in range(n_states)
    ]
    columns = np.array(outcomes, dtype=float)
    return TransitionModel(
        probability=columns[..., 0],
        next_state=columns[..., 1].astype(np.intp),
        reward=columns[..., 2],
        terminated=columns[..., 3].astype(bool),
        start=np.asarray(start, dtype=float),
    )
