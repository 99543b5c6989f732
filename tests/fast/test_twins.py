"""Every twin learns in many runs what its agent learns in one."""

import subprocess
import sys

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DoubleQLearningAgent,
    ExpectedSarsaAgent,
    MonteCarloAgent,
    SarsaAgent,
)
from rl_helpers.fast.twins import TWINS
from rl_helpers.schedules import SampleAverage
from rl_helpers.training import train, train_many
from tests.agents.learning import AGENTS, every_agent
from tests.random_worlds import World, values_of_random_walk


@every_agent
@pytest.mark.parametrize(("terminated", "first"), [(True, 5.0), (False, 14.0)])
def test_many_agents_bootstrap_as_one_does(agent_class, terminated, first):
    world = World({s: {0: [(1.0, 1, 5.0, terminated)]} for s in range(2)}, start=np.array([1.0, 0.0]))
    env = gym.wrappers.TimeLimit(world, 1)
    many = train_many(
        agent_class, env, n_runs=3, n_episodes=1, seed=0, initial_value=10.0, learning_rate=1.0, discount=0.9
    )
    moved = (first + 10) / 2 if agent_class is DoubleQLearningAgent else first
    assert many.lengths.tolist() == [[1]] * 3
    assert many.q_values[:, 0, 0] == pytest.approx([moved] * 3)
    assert (many.q_values[:, 1] == 10.0).all()


@every_agent
def test_many_are_statistically_like_one_by_one(agent_class):
    """Means over runs agree to 4.5 standard errors: returns, and the values learned."""
    env = gym.make("FrozenLake-v1", is_slippery=True)
    settings = {"learning_rate": 0.3, "discount": 0.9, "epsilon": 0.2}
    returns, tables = [], []
    for run in range(40):
        agent = agent_class(16, 4, rng=np.random.default_rng(run), initial_value=0.5, **settings)
        returns.append(train(env, agent, 25, seed=run).lengths.mean())
        tables.append(agent.q_values.mean())
    many = train_many(agent_class, env, n_runs=100, n_episodes=25, seed=9, initial_value=0.5, **settings)
    assert z_score(np.array(returns), many.lengths.mean(axis=1)) < 4.5
    assert z_score(np.array(tables), many.q_values.mean(axis=(1, 2))) < 4.5


def z_score(one, other):
    error = np.sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    return abs(one.mean() - other.mean()) / error


@pytest.mark.parametrize("agent_class", [SarsaAgent, ExpectedSarsaAgent, MonteCarloAgent])
def test_on_policy_agents_come_close_to_the_values_of_a_random_walk(agent_class):
    """Two states with chance in them. Over 20 seeds the largest error of the mean over 50 runs was 0.05."""
    world = World(
        {
            0: {0: [(0.5, 1, 1.0, False), (0.5, 0, -1.0, False)], 1: [(1.0, 1, 0.0, False)]},
            1: {0: [(0.8, 0, 0.5, False), (0.2, 1, 2.0, True)], 1: [(1.0, 0, -1.0, True)]},
        }
    )
    env = gym.wrappers.TimeLimit(world, 50)
    history = train_many(
        agent_class,
        env,
        n_runs=50,
        n_steps=1500,
        seed=1,
        learning_rate=SampleAverage(),
        discount=0.8,
        epsilon=1.0,
    )
    assert history.q_values.mean(axis=0) == pytest.approx(values_of_random_walk(world, 0.8), abs=0.12)


def test_every_agent_with_a_table_has_a_twin():
    assert list(TWINS) == AGENTS
    assert len(set(TWINS.values())) == len(AGENTS)


def test_a_fresh_process_may_begin_anywhere_and_agents_need_nothing_of_many_runs():
    for first in ("fast.train_many", "fast.tables", "training", "agents", "exploration"):
        loaded = f"import sys, rl_helpers.{first}; print(*sorted(sys.modules))"
        done = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True)
        needs_fast = first not in ("agents", "exploration")
        assert ("rl_helpers.fast" in done.stdout.split()) is needs_fast, first
