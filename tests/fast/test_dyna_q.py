"""Many runs of Dyna-Q and Dyna-Q+ imagine as one does."""

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DynaQAgent,
    DynaQPlusAgent,
    QLearningAgent,
)
from rl_helpers.fast.dyna_q import ManyDynaQ, ManyDynaQPlus
from rl_helpers.training import train_many
from tests.random_worlds import World


@pytest.mark.parametrize("kind", [DynaQAgent, DynaQPlusAgent])
def test_dyna_without_planning_is_q_learning(kind):
    env, settings = gym.make("Bob/Maze-v0"), {"n_runs": 3, "n_episodes": 5, "seed": 4}
    dyna = train_many(kind, env, planning_steps=0, **settings)
    plain = train_many(QLearningAgent, env, **settings)
    assert np.array_equal(dyna.q_values, plain.q_values)


def test_many_dyna_imagine_as_one_does():
    """After real steps in two states: a visited state first, then an action tried there."""

    class Audited(ManyDynaQ):
        imagined = []  # noqa: RUF012

        def imagined_reward(self, entry):
            self.imagined.append(entry // self.n_columns * 10 + entry % self.n_states)
            return super().imagined_reward(entry)

    world = World({s: {a: [(1.0, s, 0.0, False)] for a in range(3)} for s in range(4)})
    many = Audited(DynaQAgent(4, 3, planning_steps=40), 100, np.random.default_rng(0))
    runs, zeros = np.arange(100), np.zeros(100, dtype=int)
    for state, action in ((0, 1), (3, 0), (3, 2), (3, 2)):
        Audited.imagined.clear()
        many.update(runs, zeros + state, zeros + action, zeros + 0.0, zeros + 2, zeros == 1)
    drawn = np.concatenate(Audited.imagined)
    shares = {pair: (drawn == pair).mean() for pair in np.unique(drawn).tolist()}
    assert shares == pytest.approx({10: 0.5, 3: 0.25, 23: 0.25}, abs=0.04)
    assert world.P  # the world itself plays no part


@pytest.mark.parametrize(("terminated", "learned"), [(True, 0.875), (False, 1.5)])
def test_many_dyna_learn_from_one_imagined_step_after_the_other(terminated, learned):
    """One pair, reward 1, α = ½, γ = 1: 0.5, 0.75, 0.875 if it ends there, else ½ more each time."""
    world = World({0: {0: [(1.0, 0, 1.0, terminated)]}})
    halves = {"learning_rate": 0.5, "discount": 1.0, "planning_steps": 2}
    history = train_many(DynaQAgent, world, n_runs=3, n_steps=1, seed=0, **halves)
    assert history.q_values.ravel().tolist() == [learned] * 3


def test_many_dyna_plus_give_the_same_bonus():
    agent = DynaQPlusAgent(3, 2, planning_steps=0, bonus_weight=0.5)
    many = ManyDynaQPlus(agent, 2, np.random.default_rng(0))
    runs, zeros = np.arange(2), np.zeros(2, dtype=int)
    many.update(runs, zeros, zeros, zeros + 2.0, zeros + 1, zeros == 0)
    for _ in range(4):
        many.update(runs, zeros + 1, zeros + 1, zeros + 0.0, zeros + 2, zeros == 1)
    columns = runs * 3
    assert many.imagined_reward(many.entry(columns, 0)).tolist() == [3.0, 3.0]
    assert many.imagined_reward(many.entry(columns + 1, 1)).tolist() == [0.0, 0.0]
    untried = many.entry(columns + 1, 0)
    assert many.imagined_reward(untried) == pytest.approx([0.5 * 5**0.5] * 2)
    assert many.model_next_column[untried].tolist() == (columns + 1).tolist()
    assert not many.model_terminated[untried].any()
    assert set(many.imagined_action(columns, np.array([0.2, 0.7]))) == {0, 1}
