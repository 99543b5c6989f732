import re

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent, RandomAgent
from rl_helpers.exploration import Boltzmann, LinearDecay
from rl_helpers.training import Transition, evaluate, train


def agent(**changes):
    return QLearningAgent(3, 2, **{"learning_rate": 0.5, "discount": 0.9, "epsilon": 0.1} | changes)


def test_update_moves_one_entry_towards_the_target():
    learner = agent()
    learner.q_values = [[1.0, 0.0], [2.0, 4.0], [0.0, 0.0]]
    td_error = learner.update(Transition(0, 0, 1.0, 1, terminated=False))
    # target = 1 + 0.9 × 4 = 4.6, error = 4.6 − 1 = 3.6, new value = 1 + 0.5 × 3.6 = 2.8, by hand.
    assert td_error == pytest.approx(3.6)
    assert learner.q_values == pytest.approx(np.array([[2.8, 0.0], [2.0, 4.0], [0.0, 0.0]]))


def test_terminal_step_is_learned_without_a_next_value():
    learner = agent(initial_value=10.0)
    assert learner.update(Transition(0, 1, 5.0, 2, terminated=True)) == -5.0
    assert learner.q_values[0, 1] == 7.5


def test_time_limit_still_bootstraps():
    """A truncated step reaches `update` as not terminated, so the next state's value counts."""

    class Corridor(gym.Env):
        """One state, one step; the clock stops it."""

        observation_space = gym.spaces.Discrete(2)
        action_space = gym.spaces.Discrete(2)

        def reset(self, *, seed=None, options=None):
            return 0, {}

        def step(self, action):
            return 1, 1.0, False, True, {}

    learner = agent(initial_value=2.0, epsilon=0.0, rng=np.random.default_rng(0))
    train(Corridor(), learner, 1)
    # target = 1 + 0.9 × 2 = 2.8, halfway from 2: 2.4. As a terminal step it would be 1.5.
    assert sorted(learner.q_values[0]) == pytest.approx([2.0, 2.4])


def test_act_explores_only_when_asked():
    learner = agent(epsilon=1.0, rng=np.random.default_rng(0))
    learner.q_values = [[0.0, 1.0]] * 3
    assert {learner.act(0, explore=False) for _ in range(50)} == {1}
    assert {learner.act(0) for _ in range(50)} == {0, 1}


def test_greedy_ties_break_at_random():
    learner = agent(rng=np.random.default_rng(0))
    actions = [learner.act(0, explore=False) for _ in range(4000)]
    # Four standard deviations: 4 × sqrt(0.25 / 4000).
    assert np.mean(actions) == pytest.approx(0.5, abs=0.032)


@pytest.mark.parametrize("make", [lambda: QLearningAgent(1, 4, epsilon=1.0), lambda: RandomAgent(4)])
def test_without_a_generator_every_agent_explores_differently(make):
    one, other = ([player.act(0) for _ in range(100)] for player in (make(), make()))
    assert one != other


def test_schedule_counts_steps_over_the_whole_life():
    learner = agent(epsilon=LinearDecay(1.0, 0.0, n_steps=4), rng=np.random.default_rng(0))
    learner.q_values = [[0.0, 1.0]] * 3
    for _ in range(4):
        learner.update(Transition(1, 0, 0.0, 1, terminated=False))
        learner.end_episode()
    assert {learner.act(0) for _ in range(50)} == {1}


def test_table_is_a_copy_that_cannot_be_changed_by_accident():
    learner = agent()
    with pytest.raises(ValueError, match="read-only"):
        learner.q_values[0, 0] = 1.0


def test_table_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"shape \(2, 3\), expected \(3, 2\)"):
        agent().q_values = np.zeros((2, 3))


def test_same_seed_same_bits():
    def q_values():
        env = gym.make("FrozenLake-v1")
        learner = QLearningAgent(16, 4, epsilon=0.5, rng=np.random.default_rng(7))
        train(env, learner, 200, seed=7)
        return learner.q_values

    first = q_values()
    assert first.any()
    assert np.array_equal(first, q_values())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"learning_rate": 0.0}, "learning_rate is 0.0, expected 0 < learning_rate ≤ 1"),
        ({"learning_rate": 1.5}, "learning_rate is 1.5, expected 0 < learning_rate ≤ 1"),
        ({"learning_rate": float("nan")}, "learning_rate is nan, expected 0 < learning_rate ≤ 1"),
        ({"discount": -0.1}, "discount is -0.1, expected 0 ≤ discount ≤ 1"),
        ({"discount": 1.1}, "discount is 1.1, expected 0 ≤ discount ≤ 1"),
        ({"epsilon": 2.0}, "epsilon is 2.0, expected 0 ≤ epsilon ≤ 1"),
        ({"epsilon": -0.1}, "epsilon is -0.1, expected 0 ≤ epsilon ≤ 1"),
        ({"initial_value": float("nan")}, "initial_value is nan, expected -∞ < initial_value < ∞"),
        ({"initial_value": float("inf")}, "initial_value is inf, expected -∞ < initial_value < ∞"),
    ],
)
def test_hyperparameters_out_of_range_are_named(options, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        agent(**options)


def test_hyperparameters_have_the_defaults_that_the_documentation_names():
    plain = QLearningAgent(2, 2)
    assert (plain.learning_rate, plain.discount, plain.epsilon, plain.n_steps) == (0.1, 0.95, 0.1, 0)
    assert plain.q_values.tolist() == [[0.0, 0.0]] * 2
    assert plain.initial_value == 0.0
    assert QLearningAgent(2, 2, policy=Boltzmann(1.0)).epsilon is None


@pytest.mark.parametrize("value", ["0.1", None, [0.1, 0.2]])
def test_a_learning_rate_that_is_no_number(value):
    with pytest.raises(TypeError, match="learning_rate"):
        agent(learning_rate=value)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: QLearningAgent(0, 2), "n_states is 0"),
        (lambda: QLearningAgent(3, 0), "n_actions is 0"),
        (lambda: QLearningAgent(2.5, 2), "n_states is 2.5"),
        (lambda: RandomAgent(0), "n_actions is 0"),
    ],
)
def test_sizes_must_be_whole_and_positive(make, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}, expected a whole number of at least 1$"):
        make()


def test_random_agent_is_uniform_and_learns_nothing():
    player = RandomAgent(4, rng=np.random.default_rng(0))
    actions = np.array([player.act(0, explore=False) for _ in range(8000)])
    assert np.bincount(actions) / 8000 == pytest.approx([0.25] * 4, abs=0.03)
    assert player.update(Transition(0, 0, 1.0, 1, terminated=False)) == 0.0


def test_evaluate_changes_nothing():
    learner = QLearningAgent(16, 4, epsilon=1.0, initial_value=1.0, rng=np.random.default_rng(0))
    evaluate(gym.make("FrozenLake-v1"), learner, 20, seed=0)
    assert (learner.q_values == 1.0).all()
    assert learner.n_steps == 0


def test_a_class_with_another_target_learns_by_it():
    class Pessimist(QLearningAgent):
        target = staticmethod(lambda reward, next_q_values, terminated, discount: reward - 1.0)

    learner = Pessimist(2, 1, learning_rate=1.0)
    learner.update(Transition(0, 0, 3.0, 1, terminated=False))
    assert learner.q_values[0, 0] == 2.0
