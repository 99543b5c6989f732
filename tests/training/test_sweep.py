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


SEEDS = {
    "generator": np.random.default_rng,
    "bit generator": np.random.PCG64,
    "old generator": np.random.RandomState,
}


@pytest.mark.parametrize("kind", SEEDS)
def test_combinations_share_their_luck_whatever_the_seed_is(kind):
    """Four times the same setting: the same bits, in one process and in two."""
    settings = SETTINGS | {"vary": {"discount": [0.5] * 4}}
    here, there, other = (
        [history for _, history in sweep(QLearningAgent, room(), n_jobs=jobs, **settings | {"seed": seed})]
        for jobs, seed in ((None, SEEDS[kind](0)), (2, SEEDS[kind](0)), (None, SEEDS[kind](1)))
    )
    assert all(same_bits(history, here[0]) for history in (*here, *there))
    assert not same_bits(here[0], other[0])


def test_a_generator_that_goes_on_gives_the_next_sweep_other_luck():
    rng, vary = np.random.default_rng(0), {"discount": [0.5]}
    first, second = (sweep(QLearningAgent, room(), vary=vary, **SETTINGS | {"seed": rng}) for _ in range(2))
    assert not same_bits(first[0][1], second[0][1])


def test_without_a_seed_combinations_share_their_luck_too():
    def drawn():
        return [
            history
            for _, history in sweep(
                QLearningAgent, room(), vary={"discount": [0.5] * 2}, **SETTINGS | {"seed": None}
            )
        ]

    first, second = drawn(), drawn()
    assert same_bits(*first)
    assert not same_bits(first[0], second[0])


@pytest.mark.parametrize("seed", [3, np.int64(3), [1, 2], np.random.SeedSequence(5)])
def test_a_seed_that_stays_is_handed_on_as_it_is(seed):
    settings = SETTINGS | {"seed": seed}
    ((_, history),) = sweep(QLearningAgent, room(), vary={"discount": [0.5]}, **settings)
    assert same_bits(history, train_many(QLearningAgent, room(), discount=0.5, **settings))


def test_values_may_come_from_anything_that_gives_them():
    swept = sweep(QLearningAgent, room(), vary={"discount": (d / 2 for d in (1, 2))}, **SETTINGS)
    assert [setting for setting, _ in swept] == [{"discount": 0.5}, {"discount": 1.0}]
    swept = sweep(QLearningAgent, room(), vary={"discount": np.array([0.5])}, **SETTINGS)
    assert len(swept) == 1


def test_one_value_in_place_of_several_is_refused():
    with pytest.raises(TypeError, match=r"discount is varied over 0.5, expected .*\[0.1, 0.5\]"):
        sweep(QLearningAgent, room(), vary={"discount": 0.5}, **SETTINGS)


def test_the_seed_cannot_be_varied():
    with pytest.raises(TypeError, match=r"seed is varied, as \[0, 1\], and all combinations share one"):
        sweep(QLearningAgent, room(), vary={"seed": [0, 1]}, **SETTINGS)


@pytest.mark.parametrize(
    ("vary", "words"),
    [
        ([0.1, 0.5], r"vary is \[0.1, 0.5\], expected values by name"),
        ({"learning_rate": "0.1"}, r"learning_rate is varied over '0.1', expected several values"),
        ({"learning_rate": 0.1}, r"learning_rate is varied over 0.1, expected several values"),
    ],
)
def test_what_is_varied_has_names_and_several_values(vary, words):
    with pytest.raises(TypeError, match=words):
        sweep(QLearningAgent, room(), vary=vary, **SETTINGS)
