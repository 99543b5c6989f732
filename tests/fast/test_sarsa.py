"""Many runs of SARSA play the actions that they have learned from."""

import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    SarsaAgent,
)
from rl_helpers.fast.sarsa import ManySarsa
from rl_helpers.training import train_many
from tests.random_worlds import World


def test_many_sarsa_play_what_they_have_learned_from():
    """Two actions, one good and one bad; chosen at random: the mean target is the mean of both."""

    class Audited(ManySarsa):
        played, learned = [], []

        def act(self, runs, state):
            action = super().act(runs, state)
            self.played.append(action.copy())
            return action

        def td_target(self, *arguments):
            target = super().td_target(*arguments)
            self.learned.append(self.next_action.copy())
            return target

    world = World({0: {a: [(1.0, 0, 0.0, False)] for a in range(5)}})
    train_many(SarsaAgent, world, n_runs=20, n_steps=50, seed=0, epsilon=1.0, twin=Audited)
    assert np.array_equal(Audited.played[1:], Audited.learned[:-1])


def test_many_sarsa_choose_anew_where_an_episode_begins():
    """State 1 is terminal; its best action is the worst in the state where the next episode begins."""
    world = World(
        {
            0: {0: [(1.0, 1, -1.0, True)], 1: [(1.0, 1, 1.0, True)]},
            1: {0: [(1, 1, 0, True)], 1: [(1, 1, 0, True)]},
        }
    )
    world.initial_state_distrib = np.array([1.0, 0.0])
    history = train_many(SarsaAgent, world, n_runs=50, n_episodes=60, seed=0, epsilon=0.0, learning_rate=1.0)
    assert (history.returns[:, 5:] == 1.0).all()


def test_many_sarsa_begin_in_the_state_where_the_episode_does():
    """One step an episode, from either state: action 0 is right in state 0, action 1 in state 1."""
    world = World({s: {a: [(1.0, 1 - s, float(a == s), True)] for a in range(2)} for s in range(2)})
    history = train_many(SarsaAgent, world, n_runs=50, n_episodes=100, seed=0, epsilon=0.0, learning_rate=1.0)
    # What is right in a state is found in a quarter of all episodes: one of 100 is unknown after 80 by a
    # chance of 100 × 0.75⁸⁰ = 10⁻⁸.
    assert (history.returns[:, 80:] == 1.0).all()


def test_many_sarsa_draw_their_very_first_action():
    world = World({0: {a: [(1.0, 0, float(a), True)] for a in range(4)}})
    first = train_many(SarsaAgent, world, n_runs=400, n_steps=1, seed=0).rewards[:, 0]
    assert np.bincount(first.astype(int), minlength=4) / 400 == pytest.approx(np.full(4, 0.25), abs=0.1)
