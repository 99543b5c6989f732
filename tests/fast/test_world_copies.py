"""A world brings its copies, or has a transition model from which they are made."""

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent
from rl_helpers.fast.train_many import train_many as train_together
from rl_helpers.fast.world_copies import ModelCopies, copies_of
from rl_helpers.training import train_many
from rl_helpers.worlds.posts import PostsEnv
from tests.fast.worlds import Dice, Lottery
from tests.random_worlds import World


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


def test_starts_are_drawn_with_their_probability():
    returns = train_many(QLearningAgent, Lottery(), n_runs=100, n_episodes=100, seed=0).returns
    assert np.bincount(returns.astype(int).ravel(), minlength=3) / 10_000 == pytest.approx(
        [0.25, 0.0, 0.75], abs=0.03
    )


def test_outcomes_are_drawn_with_their_probability():
    returns = train_many(QLearningAgent, Dice(), n_runs=50, n_episodes=400, seed=0).returns
    assert set(returns.ravel()) == {1.0, -3.0}
    # Seven standard deviations of a frequency over 20,000 draws.
    assert (returns == 1.0).mean() == pytest.approx(0.2, abs=0.02)


def test_outcomes_of_uneven_probability_are_drawn_with_it():
    """No small urn has balls for these: 1/π and the rest in one state, three roots in the other."""
    roots = np.sqrt([1.0, 2.0, 3.0])
    roots /= roots.sum()  # 0.24, 0.34, 0.42

    class Uneven(gym.Env):
        P = {  # noqa: RUF012
            0: {0: [(1 / np.pi, 1, 1.0, False), (1 - 1 / np.pi, 1, 2.0, False)]},
            1: {0: [(p, 0, reward, True) for p, reward in zip(roots, (10.0, 20.0, 30.0), strict=True)]},
        }
        initial_state_distrib = np.array([1.0, 0.0])

    rewards = train_many(QLearningAgent, Uneven(), n_runs=50, n_steps=800, seed=0).rewards
    first, second = rewards[:, ::2], rewards[:, 1::2]
    # 20,000 draws of each: six standard deviations of a frequency are 0.021.
    assert [(first == reward).mean() for reward in (1, 2)] == pytest.approx(
        [1 / np.pi, 1 - 1 / np.pi], abs=0.021
    )
    assert [(second == reward).mean() for reward in (10, 20, 30)] == pytest.approx(roots, abs=0.021)
    assert np.abs(np.corrcoef(first)[np.triu_indices(50, k=1)]).max() < 0.25


def test_a_room_that_changes_is_refused():
    env = gym.make("Bob/Room-v0", rearrange_every=5)
    with pytest.raises(ValueError, match="furniture moves"):
        train_together(QLearningAgent, env, n_episodes=1)


def test_walls_move_at_the_step_they_should():
    """Two cells: to the goal until the wall moves, after that against it."""

    class Door(gym.Env):
        P = {0: {0: [(1.0, 0, 1.0, True)]}}  # noqa: RUF012
        P_by_step = {0: P, 3: {0: {0: [(1.0, 0, -1.0, True)]}}}  # noqa: RUF012
        initial_state_distrib = np.array([1.0])

    history = train_many(QLearningAgent, Door(), n_runs=2, n_steps=5, seed=0)
    assert history.rewards.tolist() == [[1.0, 1.0, 1.0, -1.0, -1.0]] * 2


def test_an_attribute_that_happens_to_be_called_copies_is_none():
    class Library(gym.Env):
        P = {0: {0: [(1.0, 0, 1.0, True)]}}  # noqa: RUF012
        initial_state_distrib = np.array([1.0])
        copies = 3  # of the book that is lent

    class Printer(Library):
        def copies(self, page):
            return [page, page]

    for world in (Library(), Printer()):
        assert isinstance(copies_of(world, 2, np.random.default_rng(0)), ModelCopies)


def test_copies_that_cannot_be_played_are_refused():
    class Forgetful(Countdown):
        def copies(self, n_runs, rng):
            return [self] * n_runs

    with pytest.raises(TypeError, match=r"copies of Forgetful are list, without n_states, .* step: give all"):
        copies_of(Forgetful(), 2, np.random.default_rng(0))


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
@pytest.mark.filterwarnings("ignore:invalid value")
def test_rewards_of_copies_that_are_not_finite_are_named(wrong):
    class Broken(Countdown):
        def copies(self, n_runs, rng):
            return BrokenCopies()

    class BrokenCopies(CountdownCopies):
        n_steps = 0

        def step(self, runs, state, action):
            self.n_steps += 1
            next_state, reward, terminated = super().step(runs, state, action)
            return next_state, np.where((runs == 1) & (self.n_steps == 3), wrong, reward), terminated

    with pytest.raises(ValueError, match=r"copies of Broken .* not finite in run 1, episode 1: give finite"):
        train_many(QLearningAgent, Broken(), n_runs=3, n_episodes=3, seed=0)
    with pytest.raises(ValueError, match=r"copies of Broken .* not finite in run 1, step 2: give finite"):
        train_many(QLearningAgent, Broken(), n_runs=3, n_steps=5, seed=0)


def test_episodes_that_can_never_end_are_refused():
    trap = {
        0: {0: [(0.5, 1, 0.0, False), (0.5, 2, 0.0, True)]},
        1: {0: [(1.0, 3, 0.0, False)]},
        2: {},
        3: {0: [(1.0, 1, 0.0, False), (0.0, 2, 0.0, True)]},
    }
    start = np.array([1.0, 0.0, 0.0, 0.0])
    env = World(trap, start=start)
    with pytest.raises(ValueError, match=r"World that comes to state 1 never ends.*TimeLimit.*n_steps"):
        train_many(QLearningAgent, env, n_runs=2, n_episodes=1)
    limited = gym.wrappers.TimeLimit(env, 5)
    assert train_many(QLearningAgent, limited, n_runs=20, n_episodes=1, seed=0).lengths.max() == 5
    assert train_many(QLearningAgent, env, n_runs=2, n_steps=9, seed=0).rewards.shape == (2, 9)
    # What no episode can come to does no harm, nor does a way back.
    away = trap | {0: {0: [(1.0, 2, 0.0, True)]}}
    train_many(QLearningAgent, World(away, start=start), n_runs=2, n_episodes=1)
    back = trap | {3: {0: [(0.5, 1, 0.0, False), (0.5, 0, 0.0, False)]}}
    train_many(QLearningAgent, World(back, start=start), n_runs=2, n_episodes=1, seed=0)


def test_a_world_with_a_step_of_its_own_does_not_inherit_copies_without_it():
    class Cheap(PostsEnv):
        def step(self, action):
            state, reward, *rest = super().step(action)
            return state, reward / 2, *rest

    with pytest.raises(TypeError, match=r"Cheap has a step of its own .* so its `copies` may not hold"):
        train_together(QLearningAgent, Cheap(), n_runs=2, n_steps=3)
