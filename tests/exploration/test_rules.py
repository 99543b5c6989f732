"""Rules choose the actions they should, one state at a time and many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rl_helpers.exploration import (
    Boltzmann,
    boltzmann,
    epsilon_greedy,
    greedy,
    softmax,
    ucb,
    ucb_scores,
)
from tests.exploration.draws import MARGIN, draw, frequencies


@pytest.mark.parametrize("as_array", [False, True])
def test_greedy_takes_the_largest(as_array):
    assert set(draw(greedy, as_array, [1.0, 3.0, 2.0])) == {1}


@pytest.mark.parametrize("as_array", [False, True])
def test_greedy_ties_break_evenly(as_array):
    assert frequencies(draw(greedy, as_array, [2.0, 0.0, 2.0, 2.0]), 4) == pytest.approx(
        [1 / 3, 0, 1 / 3, 1 / 3], abs=MARGIN
    )


@pytest.mark.parametrize("as_array", [False, True])
def test_negative_ties_break_evenly(as_array):
    assert frequencies(draw(greedy, as_array, [-2.0, -3.0, -2.0]), 3) == pytest.approx(
        [0.5, 0, 0.5], abs=MARGIN
    )


@pytest.mark.parametrize("as_array", [False, True])
def test_epsilon_is_shared_by_all_actions_the_best_included(as_array):
    # ε/n for each action, and 1 − ε more for the best: 0.1, 0.1, 0.7, 0.1 for ε = 0.4.
    assert frequencies(draw(epsilon_greedy, as_array, [0.0, 0.0, 1.0, 0.0], 0.4), 4) == pytest.approx(
        [0.1, 0.1, 0.7, 0.1], abs=MARGIN
    )


@pytest.mark.parametrize("as_array", [False, True])
@pytest.mark.parametrize(("epsilon", "expected"), [(0.0, [0, 1, 0]), (1.0, [1 / 3, 1 / 3, 1 / 3])])
def test_extremes_of_epsilon(as_array, epsilon, expected):
    actions = draw(epsilon_greedy, as_array, [0.0, 1.0, 0.0], epsilon)
    assert frequencies(actions, 3) == pytest.approx(expected, abs=MARGIN)


@pytest.mark.parametrize("rule", [greedy, lambda row, rng: epsilon_greedy(row, 0.5, rng)])
@pytest.mark.parametrize("row", [[0.0, 1.0], np.array([0.0, 1.0])])
def test_one_state_gives_a_plain_int(rule, row):
    assert type(rule(row, np.random.default_rng(0))) is int


def test_batch_keeps_its_shape():
    q_values = np.zeros((3, 2, 5))
    assert greedy(q_values, np.random.default_rng(0)).shape == (3, 2)
    assert epsilon_greedy(q_values, 0.1, np.random.default_rng(0)).shape == (3, 2)


def test_epsilon_may_differ_within_a_batch():
    rng = np.random.default_rng(0)
    q_values = np.tile([0.0, 0.0, 0.0, 1.0], (2, 5000, 1))
    best = (epsilon_greedy(q_values, np.array([[0.0], [1.0]]), rng) == 3).mean(axis=1)
    assert best == pytest.approx([1.0, 0.25], abs=0.04)


FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(
    q_values=arrays(float, st.tuples(st.integers(1, 3), st.integers(1, 4)), elements=FINITE),
    temperature=st.floats(min_value=0, exclude_min=True, allow_infinity=False),
)
def test_softmax_is_a_distribution_for_all_finite_numbers(q_values, temperature):
    probabilities = softmax(q_values, temperature)
    assert probabilities.shape == q_values.shape
    assert (probabilities >= 0).all()
    assert probabilities.sum(axis=-1) == pytest.approx(1.0)
    # The best action is never less probable than another.
    best = np.take_along_axis(probabilities, q_values.argmax(axis=-1)[:, None], axis=-1)
    assert (best >= probabilities).all()


def test_softmax_by_hand():
    # exp(ln 3) : exp(0) : exp(ln 4) = 3 : 1 : 4, and at half the temperature their squares 9 : 1 : 16.
    values = [np.log(3), 0.0, np.log(4)]
    assert softmax(values, 1.0) == pytest.approx([3 / 8, 1 / 8, 4 / 8])
    assert softmax(values, 0.5) == pytest.approx([9 / 26, 1 / 26, 16 / 26])


def test_softmax_sees_differences_alone():
    values = np.array([[1.0, 2.0, -1.0]])
    assert softmax(values + 1024.0, 0.25).tolist() == softmax(values, 0.25).tolist()


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("inf"), float("nan")])
def test_impossible_temperatures_are_refused(temperature):
    for use in (lambda: softmax([0.0, 1.0], temperature), lambda: Boltzmann(temperature)):
        with pytest.raises(ValueError, match="0 < temperature < ∞"):
            use()


@pytest.mark.parametrize("as_array", [False, True])
def test_boltzmann_draws_with_the_probabilities_of_softmax(as_array):
    values = [np.log(3), 0.0, np.log(4)]
    drawn = frequencies(draw(boltzmann, as_array, values, 1.0), 3)
    assert drawn == pytest.approx([3 / 8, 1 / 8, 4 / 8], abs=MARGIN)


class Ones:
    """A generator that always draws the largest number below 1."""

    def random(self, shape=None):
        return np.nextafter(1, 0) if shape is None else np.full(shape, np.nextafter(1, 0))


def test_rounding_leaves_no_gap_above_the_last_action():
    # Ten probabilities of 0.1 add up to a little less than 1, below the largest draw.
    assert softmax([0.0] * 10, 1.0).cumsum()[-1] < 1
    assert boltzmann([0.0] * 10, 1.0, Ones()) == 9
    assert boltzmann(np.zeros((2, 10)), 1.0, Ones()).tolist() == [9, 9]


def test_ucb_scores_by_hand():
    # 7 choices so far, so this is the eighth: Q + 2 √(ln 8 / N).
    scores = ucb_scores([1.0, 0.5, -1.0], [4, 2, 1], 2.0)
    assert scores == pytest.approx(
        [1 + (np.log(8)) ** 0.5, 0.5 + (2 * np.log(8)) ** 0.5, -1 + 2 * np.log(8) ** 0.5]
    )


def test_ucb_tries_everything_once_first():
    assert (
        ucb_scores([[1.0, 9.0], [1.0, 9.0]], [[0, 5], [3, 0]], 1.0)[[0, 1], [0, 1]].tolist() == [np.inf] * 2
    )
    assert ucb([0.0, 9.0], [0, 5], 1.0, np.random.default_rng(0)) == 0


@pytest.mark.parametrize("as_array", [False, True])
def test_ucb_ties_break_evenly(as_array):
    def rule(q_values, rng):
        counts = np.zeros(np.shape(q_values), dtype=int)
        return ucb(q_values, counts if as_array else counts.tolist(), 2.0, rng)

    assert frequencies(draw(rule, as_array, [5.0, 0.0, 1.0]), 3) == pytest.approx([1 / 3] * 3, abs=MARGIN)


def test_ucb_is_greedy_without_a_bonus():
    assert ucb([1.0, 3.0, 2.0], [1, 900, 1], 0.0, np.random.default_rng(0)) == 1


def test_large_batches_choose_as_small_ones_do():
    """Above some size fewer random numbers are drawn; ties, exploration and the best must come out alike."""
    row = [0.0, 2.0, 2.0, 1.0]
    small, large = (
        np.concatenate(
            [
                epsilon_greedy(np.tile(row, (n, 1)), 0.4, np.random.default_rng(seed))
                for seed in range(20_000 // n)
            ]
        )
        for n in (50, 10_000)
    )
    expected = [0.1, 0.4, 0.4, 0.1]
    assert frequencies(small, 4) == pytest.approx(expected, abs=MARGIN)
    assert frequencies(large, 4) == pytest.approx(expected, abs=MARGIN)
    assert greedy(np.zeros((30, 40, 5)), np.random.default_rng(0)).shape == (30, 40)
    assert type(greedy(np.zeros(5000), np.random.default_rng(0))) is int


@pytest.mark.parametrize("row", [[0.0, 1.0, 1.0], [0.0, 0.0, 0.0], [2.0, 1.0, 0.0]])
@pytest.mark.parametrize("rule", [greedy, lambda row, rng: epsilon_greedy(row, 0.5, rng)])
def test_row_of_a_table_draws_what_a_list_draws(rule, row):
    """So that a loop in a notebook, with an array as its table, learns bit by bit what an agent learns."""
    as_list, as_array = np.random.default_rng(0), np.random.default_rng(0)
    for _ in range(50):
        assert rule(row, as_list) == rule(np.array(row), as_array)
