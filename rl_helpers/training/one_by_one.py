"""Many runs of one training in any world, one by one, on one core or several."""

import copy
import inspect
from contextlib import suppress
from functools import partial

import gymnasium as gym
import joblib
import numpy as np

from rl_helpers.arguments import count, random_numbers
from rl_helpers.environments.table_rows import n_actions_of, table_shape
from rl_helpers.environments.walks import differ, random_walk
from rl_helpers.history import History, StepHistory, reward_unit
from rl_helpers.notebook.progress import progress_counter
from rl_helpers.training.episodes import run_episode
from rl_helpers.training.steps import StepError

ONE_BY_ONE = "one run after the other, from experience"


def maker_of(env):
    """Return a function that makes a new environment, like the one that is given, whenever it is called.

    Args:
        env: an environment, the name of one that is registered, or such a function.

    Raises:
        TypeError: if it is none of these, or an environment that can neither be copied nor made anew.

    >>> maker_of("FrozenLake-v1")().observation_space
    Discrete(16)
    """
    if isinstance(env, str):
        env = gym.make(env)
    if not isinstance(env, gym.Env):
        if not callable(env):
            raise TypeError(
                f"env is {env!r}, expected an environment, the name of one, or a function that makes one"
            )
        return env
    with suppress(Exception):  # pygame's windows and other things from outside Python
        return partial(copy.deepcopy, copy.deepcopy(env))
    if env.spec is None:
        raise TypeError(
            f"{type(env.unwrapped).__name__} cannot be copied, and every run needs one of its own: give a "
            "function that makes it, such as `lambda: MyWorld()`"
        )
    return partial(_made_anew, env.spec)


def _made_anew(spec):
    return gym.make(copy.deepcopy(spec))  # what wrappers were made with may change as they are used


def train_one_by_one(
    agent_class, make_env, hyperparameters, *, n_runs, n_episodes, n_steps, seed, progress, n_jobs
):
    """Train `n_runs` agents, each with a seed of its own, in a new environment each.

    Args:
        agent_class: made with `n_states` and `n_actions`, where it takes them, `rng`, and hyperparameters.
        make_env: makes an environment; pickle must be able to send it where there are several jobs.
        hyperparameters: a dictionary.
        n_runs, n_episodes, n_steps, seed, progress, n_jobs: see `train_many`.

    Returns:
        A `History`, or with `n_steps` a `StepHistory`.

    Raises:
        TypeError: if observations or actions are no numbers from 0.
        ValueError: if the world does not keep to its seed.
    """
    n_runs = count("n_runs", n_runs)
    length = count("n_steps", n_steps) if n_episodes is None else count("n_episodes", n_episodes)
    env = make_env()
    _check_seed(env)
    sizes = _sizes(agent_class, env)
    # The agent itself validates the hyperparameters: at once, not in another process.
    agent_class(*sizes, **hyperparameters)
    run = partial(_train, agent_class, make_env, hyperparameters, sizes, n_episodes, n_steps)
    seeds = random_numbers(seed).integers(2**31, size=(n_runs, 2)).tolist()
    n_at_once = min(n_runs, joblib.effective_n_jobs(n_jobs))
    done, begun = [], None
    unit = "step" if n_episodes is None else "episode"
    with progress_counter(progress, total=n_runs * length, unit=unit) as bar:
        results = (
            (run(*each, bar.update) for each in seeds) if n_at_once == 1 else _parallel(run, seeds, n_jobs)
        )
        with suppress(KeyboardInterrupt):  # As in `train`: hand over what there is.
            for result in results:
                if len(result[0]) < length:  # broken off
                    begun = result
                    break
                done.append(result)
                if n_at_once > 1:
                    bar.update(length)
        results.close()
    return _history(
        done or ([] if begun is None else [begun]), n_episodes, length, n_at_once, reward_unit(env)
    )


def _parallel(run, seeds, n_jobs):
    backend, _ = joblib.parallel.get_active_backend()
    as_they_come = getattr(backend, "supports_return_generator", False)
    results = joblib.Parallel(n_jobs=n_jobs, return_as="generator" if as_they_come else "list")(
        joblib.delayed(run)(*each) for each in seeds
    )
    yield from results


def _history(results, n_episodes, length, n_at_once, unit):
    way = ONE_BY_ONE if n_at_once == 1 else f"{ONE_BY_ONE}, {n_at_once} at once"
    columns = list(zip(*results, strict=True)) or [np.zeros((0, length))] * 3
    *numbers, tables = (None if column[0] is None else np.array(column) for column in columns)
    if n_episodes is None:
        return StepHistory(numbers[0], tables, way=way, reward_unit=unit)
    return History(numbers[0], numbers[1].astype(int), tables, way, unit)


def _train(agent_class, make_env, hyperparameters, sizes, n_episodes, n_steps, env_seed, seed, more=None):
    """Train one agent; return its returns or rewards, lengths and table, up to where it was stopped."""
    env = make_env()
    agent = agent_class(*sizes, rng=np.random.default_rng(seed), **copy.deepcopy(hyperparameters))
    learned, lengths = [], []
    try:
        if n_episodes is None:
            env = _NotedRewards(env, learned)
            while len(learned) < n_steps:
                _, length = run_episode(env, agent, seed=env_seed, max_steps=n_steps - len(learned))
                env_seed = None
                if more:
                    more(length)
        else:
            for _ in range(n_episodes):
                episode_return, length = run_episode(env, agent, seed=env_seed)
                env_seed = None
                learned.append(episode_return)
                lengths.append(length)
                if more:
                    more(1)
    except KeyboardInterrupt:
        pass
    except StepError as error:
        error.args = (f"episode {len(lengths) + 1}, {error}",)
        raise
    return np.array(learned, dtype=float), np.array(lengths, dtype=int), getattr(agent, "q_values", None)


class _NotedRewards(gym.Wrapper):
    """A world whose rewards are put into a list, step by step."""

    def __init__(self, env, rewards):
        super().__init__(env)
        self.rewards = rewards

    def step(self, action):
        outcome = self.env.step(action)
        self.rewards.append(outcome[1])
        return outcome


def _sizes(agent_class, env):
    """Return what an agent is made with: n_states and n_actions, or the one of them that it takes."""
    names = inspect.signature(agent_class).parameters
    if "n_states" not in names:
        return (n_actions_of(env),)
    return table_shape(env)


def _check_seed(env):
    try:
        walks = [random_walk(env, 0, 100) for _ in range(2)]
    except Exception:
        return  # what a world returns is checked when it is learned from, in better words
    if differ(*walks):
        raise ValueError(
            f"{type(env.unwrapped).__name__} gives other episodes for the same seed, so no result could "
            "be had twice: rl_helpers.environments.check_world(env) says what to do"
        )
