"""The transition model of a finite world as arrays, for planning and for training many runs at once."""

from typing import NamedTuple

import gymnasium as gym
import numpy as np

from rl_helpers.worlds.dynamics.outcomes import ROUNDING, read_outcomes
from rl_helpers.worlds.wrappers import FROM_EXPERIENCE, NoModelError, refuse_untrue_model, world_and_rewards


class TransitionModel(NamedTuple):
    """What can follow every state and action, with its probability.

    Attributes:
        probability: (n_states, n_actions, n_outcomes), sums to 1 over outcomes; padded with 0.
        next_state: int, same shape.
        reward: float, same shape.
        terminated: bool, same shape.
        start: probability of every state at the start of an episode, (n_states,); None where the world has
            no `initial_state_distrib`.
    """

    probability: np.ndarray
    next_state: np.ndarray
    reward: np.ndarray
    terminated: np.ndarray
    start: np.ndarray | None


def transition_model(env):
    """Return the transition model of an environment that exposes `P`.

    A state without any outcomes is an end, as long as all that leads there is terminated. Of a world that
    changes with time this is the model of the present.

    Args:
        env: one of Bob's finite worlds, or Gymnasium's FrozenLake, CliffWalking, Taxi, or one of your own
            with `P[state][action]`, a list of (probability, next state, reward, terminated). It may be
            wrapped: a time limit is not seen, and `TransformReward` applied where its function computes with
            the reward alone.

    Raises:
        NoModelError: if the environment has no `P`, or is known to do other things than `P` says, as under
            most wrappers.
        ValueError: if `P` is no model; the message names state and action.

    >>> import gymnasium as gym
    >>> transition_model(gym.make("FrozenLake-v1")).probability.shape
    (16, 4, 3)
    """
    world, functions = _world_with_model(env)
    model, _ = _model(env, world, "P", world.P, functions)
    return model


def models_by_step(env):
    """Return which transition model holds from which time step on, with one entry if it never changes.

    A world that changes says so in `P_by_step`, as the mazes do.

    Raises:
        NoModelError: if the environment has no `P` or no `initial_state_distrib`, or is known to do other
            things than they say, or its furniture moves from one episode to another, so that no model holds
            for long. It is a TypeError and a ValueError.
        ValueError: if they make no model.

    >>> import gymnasium as gym, rl_helpers
    >>> list(models_by_step(gym.make("Bob/Maze-v0", maze="blocking")))
    [0, 1000]
    """
    world, functions = _world_with_model(env)
    if getattr(world, "rearrange_every", None):
        raise NoModelError(
            "the furniture moves (rearrange_every), so the transition model holds for a few episodes: "
            "use `train`, or a room that stays as it is"
        )
    tables = getattr(world, "P_by_step", None)
    named = {0: ("P", world.P)} if tables is None else {n: (f"P_by_step[{n}]", t) for n, t in tables.items()}
    models = {}
    for step, (name, table) in named.items():
        models[step], is_end = _model(env, world, name, table, functions)
        _check_start(world, models[step].start, is_end)
    return models


def _world_with_model(env):
    world, functions = world_and_rewards(env)
    if getattr(world, "P", None) is None:
        raise NoModelError(
            f"{type(world).__name__} has no transition model `P`: use a finite world, such as Bob/Room-v0 or "
            "FrozenLake-v1, or make a model by trying with rl_helpers.environments.explore_model(env), or "
            f"{FROM_EXPERIENCE}"
        )
    refuse_untrue_model(world)
    return world, functions


def _model(env, world, name, table, functions):
    """Return the model in a table, and which of its states have no outcomes."""
    name = f"{type(world).__name__}.{name}"
    n_states = _size(env, "observation_space", "states")
    outcomes, is_end = read_outcomes(name, table, n_states, _size(env, "action_space", "actions"), functions)
    start = getattr(world, "initial_state_distrib", None)
    model = TransitionModel(
        probability=outcomes[..., 0],
        next_state=outcomes[..., 1].astype(np.intp),
        reward=outcomes[..., 2],
        terminated=outcomes[..., 3].astype(bool),
        start=None if start is None else np.asarray(start, dtype=float),
    )
    return model, is_end


def _size(env, name, kind):
    """Return how many numbers a discrete space of a world has, None where that is not said."""
    space = getattr(env, name, None)
    if not isinstance(space, gym.spaces.Discrete):
        return None
    if space.start != 0:
        raise ValueError(
            f"the {name} of {type(env.unwrapped).__name__} begins with {space.start}, expected 0: number its "
            f"{kind} from 0"
        )
    return int(space.n)


def _check_start(world, start, is_end):
    name = f"{type(world).__name__}.initial_state_distrib"
    if start is None:
        raise NoModelError(
            f"{name} is missing: give the probability of every state at the start of an episode, an array "
            f"({len(is_end)},), which training needs"
        )
    if start.shape != is_end.shape:
        raise ValueError(f"{name} has shape {start.shape}, expected {is_end.shape}: one probability a state")
    if not (start >= 0).all() or not abs(start.sum() - 1) <= ROUNDING:
        raise ValueError(
            f"{name} has entries from {start.min():g} to {start.max():g} that sum to {start.sum():g}, "
            "expected probabilities that sum to 1: say where an episode can begin"
        )
    if start[is_end].any():
        state = np.flatnonzero(is_end & (start > 0))[0]
        raise ValueError(f"{name} begins episodes in state {state}, which has no outcomes: begin elsewhere")
