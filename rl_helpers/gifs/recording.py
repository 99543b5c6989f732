"""Filming an agent at work."""

import copy

import numpy as np

from rl_helpers.arguments import count


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
        max_steps: steps after which to stop filming, or None for the whole episode.

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
        for step in _episode(env, agent, seed, explore, None):
            yield step
            taken += 1
            if taken == n_steps:
                return
        seed = None


def _episode(env, agent, seed, explore, max_steps):
    render_fps = env.metadata.get("render_fps")
    state, _ = env.reset(seed=seed)
    step, over = 0, False
    while not over and step != max_steps:
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
    yield {
        "frame": _frame(env),
        "state": _copy(state),
        "action": None,
        "reward": 0.0,
        "render_fps": render_fps,
    }


def _check_draws(env):
    if env.render_mode != "rgb_array":
        raise ValueError(
            f"env has render_mode={env.render_mode!r}, filming needs 'rgb_array': "
            'make it with gym.make(..., render_mode="rgb_array")'
        )


def _frame(env):
    # Environments may draw the next picture into the same memory.
    return np.array(env.render(), order="C")


def _copy(state):
    # Whatever an environment returns it may change in place, arrays, lists and dicts of arrays alike.
    return state if isinstance(state, int | float | str) else copy.deepcopy(state)
