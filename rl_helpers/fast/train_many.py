"""Many independent runs at once: NumPy over the run axis, with the update rules that single agents use."""

import numpy as np

from rl_helpers.arguments import count, random_numbers
from rl_helpers.fast.runs import Episodes, Runs
from rl_helpers.fast.twins import twin_of
from rl_helpers.fast.world_copies import ModelCopies, copies_of
from rl_helpers.history import History, StepHistory, reward_unit
from rl_helpers.notebook.progress import progress_counter
from rl_helpers.worlds.wrappers import time_limit

TOGETHER = "all runs together, in the transition model"


def train_many(
    agent_class,
    env,
    *,
    n_runs=100,
    n_episodes=None,
    n_steps=None,
    seed=None,
    progress=False,
    twin=None,
    **hyperparameters,
):
    """Train many agents at once, each in a world of its own, in the world's transition model.

    `rl_helpers.training.train_many` asks here first, and trains one run after the other where there is no
    model. Every time step is taken by all runs together.

    Args:
        agent_class: one of `rl_helpers.agents` with a table, any other with a `twin`, or one that brings a
            `train_many` of its own, as those of `rl_helpers.deep` do: then that is called.
        env: a world with a transition model (`P`), or with `copies` of its own as `Bob/Posts-v0` has, as
            `gym.make` returns it: its time limit counts. What brings its own trainer may take other worlds.
        n_runs: number of independent runs.
        n_episodes, n_steps: how long each run lasts, in episodes or in time steps: give one of the two.
        seed: fixes all random numbers of all runs.
        progress: whether to show a progress bar.
        twin: the class that learns in many runs what `agent_class` learns in one; without it the one that
            `rl_helpers.fast` knows.
        **hyperparameters: as `agent_class` takes them, such as `learning_rate=0.1` or another rule with
            `target=`, but for `rng`. A policy or a target of your own is asked for all runs at once, with an
            axis over them; a schedule with one number, as in `train`.

    Returns:
        With `n_episodes` a `History` with `returns` and `lengths` (n_runs, n_episodes) and `q_values`
        (n_runs, n_states, n_actions). With `n_steps` a `StepHistory` with `rewards` (n_runs, n_steps) and
        `q_values`. From a trainer of the agent's own what that returns, such as a
        `PolicyHistory`. When stopped it holds the episodes, or steps, that all runs have finished.

    Raises:
        NoModelError: if the environment has no transition model, or does other things than it says.
        NoTwinError: if the agent has no twin.
        TypeError: if a policy cannot be asked for many runs at once, `rng` is given, or not exactly one of
            `n_episodes` and `n_steps`.
        ValueError: if episodes of `Bob/Posts-v0` are too short or those
            of another world never end, the model makes no sense, or rewards are not finite.

    >>> import gymnasium as gym
    >>> from rl_helpers.agents import QLearningAgent
    >>> env = gym.make("CliffWalking-v1", max_episode_steps=500)
    >>> history = train_many(QLearningAgent, env, n_runs=20, n_episodes=50, seed=0, learning_rate=0.5)
    >>> history.returns.shape
    (20, 50)
    """
    if (n_episodes is None) == (n_steps is None):
        raise TypeError(
            f"n_episodes is {n_episodes} and n_steps is {n_steps}: give one of them, how long a run lasts"
        )
    if "rng" in hyperparameters:
        raise TypeError("rng is given, but the seed fixes all random numbers: give seed=… instead")
    own = getattr(agent_class, "train_many", None)
    if own is not None and twin is None:
        lasting = {"n_runs": n_runs, "n_episodes": n_episodes, "n_steps": n_steps}
        return own(env, **lasting, seed=seed, progress=progress, **hyperparameters)
    twin = twin_of(agent_class) if twin is None else twin
    n_runs = count("n_runs", n_runs)
    rng = random_numbers(seed)
    worlds, limit, unit = copies_of(env, n_runs, rng), time_limit(env), reward_unit(env)
    # The agent itself validates the hyperparameters and fills in its defaults.
    agent = agent_class(worlds.n_states, worlds.n_actions, **hyperparameters)
    agents = twin(agent, n_runs, rng)
    if n_steps is None:
        if not worlds.has_episodes:
            name = type(env.unwrapped).__name__
            raise TypeError(f"{name} has no episodes to learn over: give n_steps in place of n_episodes")
        n_episodes = count("n_episodes", n_episodes)
        _check_that_episodes_end(env, worlds, limit)
        history = _play_episodes(Episodes(agents, worlds, n_runs, limit, n_episodes), progress, unit)
        _check_rewards(env, history.returns, "episode")
        return history
    n_steps = count("n_steps", n_steps)
    if not worlds.has_episodes and n_steps > limit:
        raise ValueError(
            f"n_steps is {n_steps}, and after {limit} time steps another problem begins in "
            f"{type(env.unwrapped).__name__}: give gym.make a larger max_episode_steps"
        )
    history = _play_steps(Runs(agents, worlds, n_runs, limit), n_steps, progress, unit)
    _check_rewards(env, history.rewards, "step")
    return history


def _check_that_episodes_end(env, worlds, limit):
    if limit < np.inf or not isinstance(worlds, ModelCopies):
        return
    state = worlds.state_without_end()
    if state is not None:
        raise ValueError(
            f"an episode of {type(env.unwrapped).__name__} that comes to state {state} never ends: put "
            "gymnasium.wrappers.TimeLimit around the world, or give n_steps in place of n_episodes"
        )


def _check_rewards(env, numbers, one):
    """Raise for rewards that are not finite, which a world's own copies may give; `numbers` (n_runs, n)."""
    if not np.isfinite(numbers).all():
        run, place = np.argwhere(~np.isfinite(numbers))[0]
        raise ValueError(
            f"the copies of {type(env.unwrapped).__name__} gave a reward that is not finite in run {run}, "
            f"{one} {place}: give finite ones, another would fill every value"
        )


def _play_episodes(runs, progress, unit):
    n_runs, n_episodes = runs.returns.shape
    with progress_counter(progress, total=n_runs * n_episodes, unit="episode") as bar:
        try:
            while runs.active.size:
                bar.update(runs.step())
        except KeyboardInterrupt:
            pass  # As in `train`: hand over what there is.
    finished = n_episodes - runs.remaining().max()
    return History(
        runs.returns[:, :finished], runs.lengths()[:, :finished], runs.agents.q_values, TOGETHER, unit
    )


def _play_steps(runs, n_steps, progress, unit):
    n_runs, worlds = runs.active.size, runs.worlds
    rewards = np.zeros((n_steps, n_runs))
    best = np.zeros((n_steps, n_runs), dtype=bool) if worlds.has_regret else None
    regret = np.zeros((n_steps, n_runs)) if worlds.has_regret else None
    finished = 0
    with progress_counter(progress, total=n_steps, unit="step") as bar:
        try:
            for step in range(n_steps):
                rewards[step], ended = runs.advance()
                runs.restart(ended, runs.active.take(ended))
                if worlds.has_regret:
                    best[step], regret[step] = worlds.best, worlds.regret
                finished = step + 1
                bar.update(1)
        except KeyboardInterrupt:
            pass  # As in `train`: hand over what there is.
    per_run = [None if column is None else column[:finished].T for column in (rewards, best, regret)]
    return StepHistory(per_run[0], runs.agents.q_values, *per_run[1:], TOGETHER, unit)
