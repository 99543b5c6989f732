"""Filming an agent at work."""

import copy
import math
import warnings

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.notebook.pixels import checked_pixels
from rl_helpers.worlds.wrappers import has_time_limit

MOST_STEPS, MOST_BYTES = 108_000, 10**9
"""What a film may have where no time limit is set: as many steps as an episode in training, in a gigabyte."""


def record_episode(env, agent, *, seed=None, explore=False, max_steps=None):
    """Play one episode and keep what was to be seen.

    Each time step is a dict with
    `"frame"`: the picture of the state, uint8 array (height, width, 3), a copy;
    `"state"`: the state shown, a copy; `"action"`: the action taken in it, None in the last;
    `"reward"`: the reward that this action brought, 0.0 in the last, so their sum is the return;
    `"render_fps"`: the frames per second that the environment is meant to be shown at, or None.

    Args:
        env: environment with `render_mode="rgb_array"`.
        agent: anything with `act(state, explore=...)`.
        seed: of the environment's random numbers, int or None.
        explore: whether the agent may try actions it does not think best.
        max_steps: steps after which to stop filming. None: the whole episode; where no time limit is set, as
            much of it as fits into a gigabyte of frames, and 108,000 steps at most.

    Returns:
        List of dicts, one more than steps were taken: the last one shows how it ended.

    Raises:
        ValueError: if the environment does not draw into arrays.

    >>> import gymnasium as gym
    >>> from rl_helpers.agents import RandomAgent
    >>> env = gym.make("FrozenLake-v1", render_mode="rgb_array")
    >>> film = record_episode(env, RandomAgent(4, rng=np.random.default_rng(0)), seed=0)
    >>> film[0]["state"], film[-1]["action"]
    (0, None)
    """
    _check_draws(env)
    if max_steps is not None:
        max_steps = count("max_steps", max_steps)
    return list(_episode(env, agent, seed, explore, max_steps))


def record_steps(env, agent, n_steps, *, seed=None, explore=False):
    """Film a number of time steps, across as many episodes as it takes.

    The dicts are those of `record_episode`. They come one at a time, so that a long film needs no memory:
    `create_gif(record_steps(env, agent, 10_000), "long.gif")`.

    Args:
        env: environment with `render_mode="rgb_array"`.
        agent: anything with `act(state, explore=...)`.
        n_steps: how many time steps (and frames), the ends of episodes among them.
        seed: of the first episode; the ones after it go on with the same random numbers.
        explore: whether the agent may try actions it does not think best.

    Returns:
        A generator of `n_steps` dicts.

    Raises:
        ValueError: if the environment does not draw into arrays.
    """
    _check_draws(env)
    return _steps(env, agent, count("n_steps", n_steps), seed, explore)


def _steps(env, agent, n_steps, seed, explore):
    taken = 0
    while True:
        for step in _episode(env, agent, seed, explore, math.inf):
            yield step
            taken += 1
            if taken == n_steps:
                return
        seed = None


def _episode(env, agent, seed, explore, max_steps):
    render_fps = env.metadata.get("render_fps")
    state, _ = env.reset(seed=seed)
    step, over = 0, False
    most = _most_steps(env) if max_steps is None else max_steps
    while not over and step < most:
        frame, seen = _frame(env), _copy(state)
        action = agent.act(state, explore=explore)
        state, reward, terminated, truncated, _ = env.step(action)
        yield {
            "frame": frame,
            "state": seen,
            "action": _copy(action),
            "reward": float(reward),
            "render_fps": render_fps,
        }
        step += 1
        over = terminated or truncated
    if not over and max_steps is None:
        warnings.warn(
            f"an episode of {type(env.unwrapped).__name__} was filmed for {most:,} steps only: it has no "
            "time limit and did not end; give max_steps=…, or film with record_steps, which needs no memory",
            stacklevel=3,
        )
    yield {
        "frame": _frame(env),
        "state": _copy(state),
        "action": None,
        "reward": 0.0,
        "render_fps": render_fps,
    }


def _most_steps(env):
    """Return how long a film of an episode may be that nobody has set a limit."""
    if has_time_limit(env):
        return math.inf
    return max(1, min(MOST_STEPS, MOST_BYTES // _frame(env).nbytes - 1))


def _check_draws(env):
    if env.render_mode != "rgb_array":
        raise ValueError(
            f"env has render_mode={env.render_mode!r}, filming needs 'rgb_array': "
            'make it with gym.make(..., render_mode="rgb_array")'
        )


def _frame(env):
    # Environments may draw the next picture into the same memory.
    return np.array(checked_pixels(env.render(), "env.render()", opaque=False), order="C")


def _copy(state):
    # Whatever an environment returns it may change in place, arrays, lists and dicts of arrays alike.
    return state if isinstance(state, int | float | str) else copy.deepcopy(state)
