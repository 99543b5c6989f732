"""Targets of deep Q-networks: by hand on literal numbers, against plain loops, Huber's loss and its slope."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rl_helpers import updates

NEXT = np.array([[1.0, 3.0, 2.0], [5.0, 4.0, 0.0]])
HELD = np.array([[10.0, 20.0, 40.0], [1.0, 8.0, 2.0]])
REWARD, OVER = np.array([1.0, 2.0]), np.array([False, True])


def test_the_target_takes_the_greatest_held_value_and_nothing_after_the_end():
    assert updates.dqn_target(REWARD, HELD, OVER, 0.5).tolist() == [21.0, 2.0]


def test_the_target_of_dqn_is_that_of_q_learning():
    expected = updates.q_learning_target(REWARD, HELD, OVER, 0.9)
    assert updates.dqn_target(REWARD, HELD, OVER, 0.9).tolist() == expected.tolist()


def test_double_dqn_chooses_with_one_network_and_asks_the_other():
    never = np.zeros(2, dtype=bool)
    assert updates.double_dqn_target(REWARD, NEXT, HELD, never, 0.5).tolist() == [11.0, 2.5]
    assert updates.double_dqn_target(REWARD, NEXT, HELD, OVER, 0.5).tolist() == [11.0, 2.0]


def test_double_dqn_with_one_network_is_dqn():
    found = updates.double_dqn_target(REWARD, HELD, HELD, OVER, 0.9)
    assert found.tolist() == updates.dqn_target(REWARD, HELD, OVER, 0.9).tolist()


def test_discounts_may_differ_from_sample_to_sample():
    never = np.zeros(2, dtype=bool)
    discounts = np.array([0.5, 0.25])
    assert updates.dqn_target(REWARD, HELD, never, discounts).tolist() == [21.0, 4.0]
    assert updates.double_dqn_target(REWARD, NEXT, HELD, never, discounts).tolist() == [11.0, 2.25]


def test_the_greatest_of_noisy_values_is_too_great_and_a_second_network_is_not():
    # Eight actions all worth 0, estimated twice with noise of 1: E[max of 8 normal numbers] = 1.4236.
    rng = np.random.default_rng(0)
    one, other = rng.standard_normal((2, 40_000, 8))
    single = updates.dqn_target(0.0, one, False, 1.0)
    double = updates.double_dqn_target(0.0, one, other, False, 1.0)
    assert single.mean() == pytest.approx(1.4236, abs=0.02)
    assert double.mean() == pytest.approx(0.0, abs=0.03)


def steps(**changed):
    settings = {
        "reward": np.array([1.0, 2.0, 4.0, 8.0]),
        "terminated": np.zeros(4, dtype=bool),
        "ended": np.zeros(4, dtype=bool),
    }
    return settings | {"discount": 0.5} | changed


def test_several_steps_are_one_with_discounted_rewards():
    assert [each.item() for each in updates.several_steps(**steps())] == [4.0, 4, False]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_nothing_of_the_next_episode_is_counted(is_terminal):
    ended = np.array([False, True, False, True])
    found = updates.several_steps(**steps(ended=ended, terminated=ended & is_terminal))
    assert [each.item() for each in found] == [2.0, 2, is_terminal]


def test_an_end_in_the_next_episode_does_not_end_this_one():
    cut, over = np.array([False, True, False, False]), np.array([False, False, False, True])
    found = updates.several_steps(**steps(ended=cut | over, terminated=over))
    assert [each.item() for each in found] == [2.0, 2, False]


def returns(n_steps, **changed):
    values = {"next_value": np.array([16.0, 32.0, 64.0, 128.0])}
    return updates.n_step_returns(**steps(**values | changed), n_steps=n_steps).tolist()


def test_returns_are_what_the_equation_says():
    assert returns(1) == [9.0, 18.0, 36.0, 72.0]
    assert returns(2) == [1 + 1 + 8.0, 2 + 2 + 16.0, 4 + 4 + 32.0, 72.0]
    assert returns(9) == [4 + 8.0, 6 + 16.0, 8 + 32.0, 72.0]


def test_a_return_stops_at_a_terminal_state():
    over = np.array([False, True, False, False])
    assert returns(3, terminated=over, ended=over) == [2.0, 2.0, 40.0, 72.0]


def test_a_return_counts_on_what_a_time_limit_cut_off():
    assert returns(3, ended=np.array([False, True, False, False])) == [2 + 8.0, 2 + 16.0, 40.0, 72.0]


@given(st.integers(0, 999), st.integers(1, 6))
def test_returns_are_those_of_a_plain_loop(seed, n_steps):
    rng = np.random.default_rng(seed)
    reward, value = rng.standard_normal((2, 2, 7))
    ended = rng.random((2, 7)) < 0.3
    terminated = ended & (rng.random((2, 7)) < 0.5)
    found = updates.n_step_returns(reward, value, terminated, ended, n_steps=n_steps, discount=0.9)
    for row, start in np.ndindex(2, 7):
        total, step = 0.0, start
        while True:
            total += 0.9 ** (step - start) * reward[row, step]
            if ended[row, step] or step == 6 or step - start == n_steps - 1:
                break
            step += 1
        rest = 0.0 if terminated[row, step] else 0.9 ** (step - start + 1) * value[row, step]
        assert found[row, start] == pytest.approx(total + rest)


def test_several_steps_and_a_target_are_the_first_return():
    rng = np.random.default_rng(0)
    reward, held = rng.standard_normal((5, 4)), rng.standard_normal((5, 4, 3))
    ended = rng.random((5, 4)) < 0.3
    terminated = ended & (rng.random((5, 4)) < 0.5)
    one = updates.several_steps(reward, terminated, ended, 0.9)
    last = held[np.arange(5), one.n_steps - 1]
    found = updates.dqn_target(one.reward, last, one.terminated, 0.9**one.n_steps)
    expected = updates.n_step_returns(reward, held.max(-1), terminated, ended, n_steps=4, discount=0.9)
    np.testing.assert_allclose(found, expected[:, 0])


@pytest.mark.parametrize(
    ("error", "loss", "slope"), [(0.0, 0.0, 0.0), (1.0, 0.5, 1.0), (-2.0, 2.0, -2.0), (-5.0, 8.0, -2.0)]
)
def test_huber_is_a_square_and_then_a_line(error, loss, slope):
    assert updates.huber(error, threshold=2.0) == (loss, slope)


@given(st.floats(-9, 9), st.floats(0.1, 5))
def test_the_slope_of_huber_is_what_autograd_finds(error, threshold):
    def loss(x):
        if abs(x) <= threshold:
            return x**2 / 2
        return threshold * (anp.abs(x) - threshold / 2)

    found = updates.huber(error, threshold)
    assert found[0] == pytest.approx(loss(error))
    assert found[1] == pytest.approx(autograd.grad(loss)(error))
    width = 1e-6
    difference = updates.huber(error + width, threshold)[0] - updates.huber(error - width, threshold)[0]
    assert found[1] == pytest.approx(difference / (2 * width), abs=1e-5)


def test_huber_without_a_threshold_is_half_the_square():
    assert updates.huber(np.array([3.0, -4.0]), np.inf)[0].tolist() == [4.5, 8.0]
