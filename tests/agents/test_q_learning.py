import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.agents import QLearningAgent
from rl_helpers.training import Transition, train


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


def test_a_class_with_another_target_learns_by_it():
    class Pessimist(QLearningAgent):
        target = staticmethod(lambda reward, next_q_values, terminated, discount: reward - 1.0)

    learner = Pessimist(2, 1, learning_rate=1.0)
    learner.update(Transition(0, 0, 3.0, 1, terminated=False))
    assert learner.q_values[0, 0] == 2.0
