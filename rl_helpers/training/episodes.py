"""One agent, one environment, one episode after the other."""

from contextlib import suppress
from functools import partial

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.history import History, Transition, reward_unit
from rl_helpers.notebook.progress import progress_bar
from rl_helpers.training.steps import (
    StepError,
    begin,
    check_actions,
    checked,
    explain,
    step_limit,
    warn_of_no_end,
)

transition = partial(tuple.__new__, Transition)
"""A `Transition` of five values, for speed: the constructor takes 8 % of a step more (bench learning)."""


def run_episode(env, agent, *, seed=None, learn=True, explore=True, max_steps=None):
    """Play one episode.

    Args:
        env: a Gymnasium environment.
        agent: has `act`, `update` and `end_episode`, and `begin_episode` if it keeps something of an episode.
        seed: seeds the environment; without one it goes on with its random numbers.
        learn: whether the agent updates after every step.
        explore: whether it may take random actions.
        max_steps: cuts the episode off after that many steps, as a time limit does. None: the environment's
            own limit, and 108,000 steps where it has none.

    Returns:
        The return (sum of rewards, float) and the length (time steps, int).

    Raises:
        StepError: if the environment returns what nothing can be learned from, such as a reward of NaN.

    >>> import gymnasium as gym
    >>> from rl_helpers.agents import RandomAgent
    >>> run_episode(gym.make("FrozenLake-v1"), RandomAgent(4, rng=np.random.default_rng(0)), seed=0)
    (0.0, 2)
    """
    max_steps = max_steps if max_steps is None else count("max_steps", max_steps)
    state = begin(env, seed)
    episode_return, length = 0.0, 0
    if learn and hasattr(agent, "begin_episode"):
        agent.begin_episode()
    outcome = state, 0.0, False, False, {}
    try:
        for length in range(1, step_limit(env, max_steps) + 1):
            action = agent.act(state, explore=explore)
            outcome = next_state, reward, terminated, truncated, _ = env.step(action)
            if type(reward) is not float:
                reward = float(reward)
            if length == 1 or reward - reward:  # 0, but for ∞ and NaN
                next_state, reward, terminated, truncated = checked(outcome, length)
            if learn:
                agent.update(transition((state, action, reward, next_state, terminated)))
            episode_return += reward
            state = next_state
            if terminated or truncated:
                break
        else:
            if max_steps is None:
                warn_of_no_end(env)
    except BaseException as error:
        if learn:
            with suppress(Exception):  # What was broken off has ended too: the next episode is another one.
                agent.end_episode()
        explain(error, env, outcome, length)
        raise
    if learn:
        agent.end_episode()
    return episode_return, length


def train(env, agent, n_episodes, *, seed=None, progress=False, max_steps=None):
    """Let an agent learn for a number of episodes.

    Args:
        env: a Gymnasium environment.
        agent: has `act`, `update` and `end_episode`; it is changed in place.
        n_episodes: how many to play.
        seed: seeds the environment once, before the first episode.
        progress: whether to show a progress bar.
        max_steps: cuts every episode off after that many steps; see `run_episode`.

    Returns:
        A `History` with one entry an episode. When stopped (the ■ button, Ctrl-C) it holds the episodes
        finished so far, and the agent keeps what it has learned.
    """
    return _play(env, agent, n_episodes, seed, progress, max_steps, learn=True, explore=True)


def evaluate(env, agent, n_episodes, *, seed=None, progress=False, max_steps=None):
    """Measure an agent: greedy actions, no learning.

    Args:
        env: a Gymnasium environment.
        agent: has `act`; it is not changed.
        n_episodes: how many to play.
        seed: seeds the environment once; take another than in training.
        progress: whether to show a progress bar.
        max_steps: cuts every episode off after that many steps; see `run_episode`.

    Returns:
        A `History` with one entry an episode.
    """
    return _play(env, agent, n_episodes, seed, progress, max_steps, learn=False, explore=False)


def _play(env, agent, n_episodes, seed, progress, max_steps, *, learn, explore):
    n_episodes = count("n_episodes", n_episodes)
    if isinstance(env, type):
        raise TypeError(f"env is the class {env.__name__}, expected an environment: {env.__name__}()")
    check_actions(env, agent)
    returns, lengths = [], []
    try:
        for episode in progress_bar(range(n_episodes), progress, unit="episode"):
            episode_seed = seed if episode == 0 else None
            episode_return, length = run_episode(
                env, agent, seed=episode_seed, learn=learn, explore=explore, max_steps=max_steps
            )
            returns.append(episode_return)
            lengths.append(length)
    except KeyboardInterrupt:
        pass  # What is learned so far is worth more than a traceback.
    except StepError as error:
        error.args = (f"episode {episode + 1}, {error}",)
        raise
    return History(np.array(returns, dtype=float), np.array(lengths, dtype=int), reward_unit=reward_unit(env))
