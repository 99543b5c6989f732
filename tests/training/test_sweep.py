import gymnasium as gym
import joblib
import numpy as np
import pytest
from distributed import Client, LocalCluster

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent, SarsaAgent
from rl_helpers.training import sweep, train_many

SETTINGS = {"seed": 3, "n_runs": 4, "n_episodes": 6}


def room():
    return gym.make("Bob/Room-v0", slippery=True)


def same_bits(one, other):
    return np.array_equal(one.returns, other.returns) and np.array_equal(one.q_values, other.q_values)


def test_every_combination_is_trained_with_its_settings():
    vary = {"learning_rate": [0.1, 0.9], "discount": [0.5, 1.0]}
    results = sweep(SarsaAgent, room(), vary=vary, epsilon=0.3, **SETTINGS)
    assert [setting for setting, _ in results] == [
        {"learning_rate": rate, "discount": discount} for rate in (0.1, 0.9) for discount in (0.5, 1.0)
    ]
    for setting, history in results:
        assert same_bits(history, train_many(SarsaAgent, room(), epsilon=0.3, **setting, **SETTINGS))


def test_several_processes_give_the_same_bits():
    vary = {"learning_rate": [0.1, 0.5, 0.9]}
    here = sweep(QLearningAgent, room(), vary=vary, **SETTINGS)
    elsewhere = sweep(QLearningAgent, room(), vary=vary, n_jobs=2, **SETTINGS)
    assert all(same_bits(one, other) for (_, one), (_, other) in zip(here, elsewhere, strict=True))


def test_a_dask_cluster_takes_the_work_with_one_line():
    """The line of the README, on Dask's cluster on one machine."""
    vary = {"learning_rate": [0.1, 0.3, 0.5, 0.9]}
    here = sweep(QLearningAgent, room(), vary=vary, **SETTINGS)
    two_workers = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(**two_workers) as cluster, Client(cluster) as client:
        with joblib.parallel_config(backend="dask"):
            there = sweep(QLearningAgent, room(), vary=vary, **SETTINGS)
        tasks_done = client.run(lambda dask_worker: dask_worker.state.executed_count)
    assert all(same_bits(one, other) for (_, one), (_, other) in zip(here, there, strict=True))
    assert sum(tasks_done.values()) == 4


@pytest.mark.parametrize("vary", [{}, {"learning_rate": []}])
def test_nothing_to_vary_is_refused(vary):
    with pytest.raises(ValueError, match="at least one value"):
        sweep(QLearningAgent, room(), vary=vary, **SETTINGS)


def test_a_hyperparameter_cannot_be_varied_and_given():
    with pytest.raises(ValueError, match=r"epsilon is varied, and given as 0\.2"):
        sweep(QLearningAgent, room(), vary={"epsilon": [0.1]}, epsilon=0.2, **SETTINGS)
