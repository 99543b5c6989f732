"""Records of learning: what one time step teaches, and what a training brought."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np


class Transition(NamedTuple):
    """What one time step teaches: in `state`, `action` brought `reward` and led to `next_state`.

    `terminated` says that `next_state` is terminal. An episode cut short by a time limit is not: there the
    agent still counts on what would have come next.
    """

    state: int
    action: int
    reward: float
    next_state: int
    terminated: bool


def reward_unit(env):
    """Return in what a world's rewards are counted: its `metadata["reward_unit"]`, "reward" without one.

    Args:
        env: an environment, wrapped or not. Bob's worlds count treats.
    """
    return env.metadata.get("reward_unit", "reward")


@dataclass(frozen=True)
class History:
    """What training or evaluation brought, an entry an episode.

    Attributes:
        returns: sum of rewards, float, (n_episodes,), or (n_runs, n_episodes) after `train_many`.
        lengths: time steps, int, same shape.
        q_values: the tables at the end, (n_runs, n_states, n_actions), after `train_many` only; None of
            agents without a table.
        way: how `train_many` has trained, in words: all runs together, or one by one.
        reward_unit: in what rewards are counted, see `reward_unit`.
    """

    returns: np.ndarray
    lengths: np.ndarray
    q_values: np.ndarray | None = None
    way: str | None = field(default=None, repr=False)
    reward_unit: str = field(default="reward", repr=False)


@dataclass(frozen=True)
class StepHistory:
    """What a number of time steps brought, an entry a step.

    Attributes:
        rewards: float, (n_runs, n_steps).
        q_values: the tables at the end, (n_runs, n_states, n_actions).
        best: on `Bob/Posts-v0`, whether the post taken was the best one, bool, shape of `rewards`; else None.
        regret: on `Bob/Posts-v0`, how much more the best post is worth, float, same shape; else None.
        way: how `train_many` has trained, in words: all runs together, or one by one.
        reward_unit: in what rewards are counted, see `reward_unit`.
    """

    rewards: np.ndarray
    q_values: np.ndarray
    best: np.ndarray | None = None
    regret: np.ndarray | None = None
    way: str | None = field(default=None, repr=False)
    reward_unit: str = field(default="reward", repr=False)
