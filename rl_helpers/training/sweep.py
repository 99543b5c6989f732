"""Sweeps: the same training with many settings, on one core, on all of them, or on a cluster."""

import itertools

import joblib
import numpy as np

from rl_helpers.arguments import count, random_numbers
from rl_helpers.training.many_runs import train_many


def sweep(agent_class, env, *, vary, seed, n_jobs=None, **settings):
    """Train many agents with every combination of some hyperparameters.

    The work goes through joblib, one task a combination, so it also runs on a cluster: with

        with joblib.parallel_config(backend="dask"):        # or "ray"
            results = sweep(...)

    around it, the workers of a Dask or Ray cluster share the tasks. Results are the same bits wherever
    they are made.

    Args:
        agent_class, env: as `train_many` takes them.
        vary: values to try by the name of the hyperparameter, such as `{"learning_rate": [0.1, 0.5]}`.
        seed: every combination gets this seed: differences come from the settings, not from luck. A generator
            is asked once for it, and None draws one, which all share.
        n_jobs: how many tasks run at once, −1 for as many as there are cores. None: one, or within a
            `joblib.parallel_config` as many as that says.
        **settings: what all combinations share, and `n_runs`, `n_episodes` or `n_steps` of `train_many`.

    Returns:
        A list of (setting, history): the dictionary of what was varied and the history of `train_many`, in
        the order in which `itertools.product` combines the values.

    Raises:
        TypeError: if the seed is varied, or a hyperparameter has no list of values.
        ValueError: if nothing is varied, or a hyperparameter is both varied and given.

    >>> import gymnasium as gym
    >>> from rl_helpers.agents import QLearningAgent
    >>> lake = gym.make("FrozenLake-v1")
    >>> results = sweep(QLearningAgent, lake, vary={"discount": [0.9, 1.0]}, seed=0, n_runs=5, n_episodes=10)
    >>> [setting for setting, history in results]
    [{'discount': 0.9}, {'discount': 1.0}]
    """
    if not isinstance(vary, dict):
        raise TypeError(f"vary is {vary!r}, expected values by name, such as {{'learning_rate': [0.1, 0.5]}}")
    for name, values in vary.items():
        if not np.iterable(values) or isinstance(values, str):
            raise TypeError(f"{name} is varied over {values!r}, expected several values, such as [0.1, 0.5]")
    vary = {name: list(values) for name, values in vary.items()}
    names = list(vary)
    if not names or not all(vary.values()):
        raise ValueError(f"vary is {vary!r}: give at least one hyperparameter with at least one value")
    if twice := [name for name in names if name in settings]:
        raise ValueError(f"{twice[0]} is varied, and given as {settings[twice[0]]!r}: leave one of them out")
    if "seed" in vary:
        raise TypeError(
            f"seed is varied, as {vary['seed']}, and all combinations share one: for more luck give n_runs"
        )
    if n_jobs is not None and n_jobs != -1:
        n_jobs = count("n_jobs", n_jobs)
    combinations = [dict(zip(names, values, strict=True)) for values in itertools.product(*vary.values())]
    seed = _frozen(seed)
    histories = joblib.Parallel(n_jobs=n_jobs)(
        joblib.delayed(train_many)(agent_class, env, seed=seed, **settings, **combination)
        for combination in combinations
    )
    return list(zip(combinations, histories, strict=True))


def _frozen(seed):
    """Return a seed that gives the same numbers however often, and wherever, it is used."""
    if seed is None or isinstance(seed, np.random.Generator | np.random.BitGenerator | np.random.RandomState):
        return int(random_numbers(seed).integers(2**63))
    return seed
