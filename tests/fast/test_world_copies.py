"""A world brings its copies, or has a transition model from which they are made."""

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent
from rl_helpers.fast.world_copies import ModelCopies, copies_of
from rl_helpers.training import train_many


class Countdown(gym.Env):
    """A world without a model that brings its copies: two steps from 2 to 0, which earn what is left."""

    observation_space, action_space = gym.spaces.Discrete(3), gym.spaces.Discrete(1)

    def copies(self, n_runs, rng):
        return CountdownCopies()


class CountdownCopies:
    n_states, n_actions, has_episodes, has_regret = 3, 1, True, False

    def start(self, n):
        return 2

    def step(self, runs, state, action):
        return state - 1, state.astype(float), state == 1


def test_a_world_that_brings_its_copies_needs_no_model():
    history = train_many(
        QLearningAgent, Countdown(), n_runs=2, n_episodes=3, seed=0, learning_rate=1.0, discount=1.0
    )
    assert history.returns.tolist() == [[3.0] * 3] * 2
    assert history.q_values[0, :, 0].tolist() == [0.0, 1.0, 3.0]
    steps = train_many(QLearningAgent, Countdown(), n_runs=2, n_steps=4, seed=0)
    assert steps.rewards.tolist() == [[2.0, 1.0, 2.0, 1.0]] * 2
    assert steps.best is steps.regret is None


def test_time_limit_of_a_world_with_its_own_copies_counts():
    env = gym.wrappers.TimeLimit(Countdown(), 1)
    assert train_many(QLearningAgent, env, n_runs=2, n_episodes=2, seed=0).lengths.tolist() == [[1, 1]] * 2


def test_a_world_with_a_model_gets_copies_made_of_it():
    copies = copies_of(gym.make("FrozenLake-v1"), 3, np.random.default_rng(0))
    assert isinstance(copies, ModelCopies)
    assert (copies.n_states, copies.n_actions, copies.has_episodes, copies.has_regret) == (16, 4, True, False)


def test_what_has_neither_is_refused():
    with pytest.raises(TypeError, match="CartPoleEnv has no transition model"):
        copies_of(gym.make("CartPole-v1"), 2, np.random.default_rng(0))
