import copy
import pickle

import numpy as np
import pytest

from rl_helpers.exploration import ExponentialDecay, LinearDecay, Uniforms, epsilon_greedy, greedy

N_DRAWS = 20_000


def frequencies(actions, n_actions):
    return np.bincount(actions, minlength=n_actions) / len(actions)


def draw(rule, as_array, row, *arguments, seed=0):
    """Return many actions for one row of values, from the rule for lists or the one for arrays."""
    rng = np.random.default_rng(seed)
    if as_array:
        return rule(np.tile(np.array(row), (N_DRAWS, 1)), *arguments, rng)
    return np.array([rule(list(row), *arguments, rng) for _ in range(N_DRAWS)])


# Five standard deviations of a frequency over N_DRAWS draws: 5 × sqrt(0.25 / 20,000).
MARGIN = 0.018


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


def test_linear_decay_reaches_its_end_and_stays():
    epsilon = LinearDecay(0.8, 0.2, n_steps=10)
    assert [epsilon(step) for step in (0, 5, 10, 11, 10**9)] == pytest.approx([0.8, 0.5, 0.2, 0.2, 0.2])


def test_exponential_decay_halves_the_distance_to_its_end():
    epsilon = ExponentialDecay(0.9, 0.1, half_life=4)
    assert [epsilon(step) for step in (0, 4, 8)] == pytest.approx([0.9, 0.5, 0.3])


@pytest.mark.parametrize(
    "make",
    [
        lambda: LinearDecay(1.1, 0.1, n_steps=10),
        lambda: LinearDecay(1.0, -0.1, n_steps=10),
        lambda: LinearDecay(1.0, 0.1, n_steps=0),
        lambda: ExponentialDecay(1.0, 0.1, half_life=0),
        lambda: ExponentialDecay(2.0, 0.1, half_life=1),
        lambda: ExponentialDecay(1.0, float("nan"), half_life=1),
    ],
)
def test_impossible_schedules_are_refused(make):
    with pytest.raises(ValueError, match="expected"):
        make()


def test_numbers_drawn_ahead_are_those_of_the_generator_in_order():
    ahead, one_by_one = Uniforms(np.random.default_rng(5)), np.random.default_rng(5)
    assert [ahead.random() for _ in range(2500)] == [one_by_one.random() for _ in range(2500)]


def test_numbers_drawn_ahead_can_be_copied_and_stored():
    def copies(seed):
        numbers = Uniforms(np.random.default_rng(seed))
        numbers.random()
        return [copy.deepcopy(numbers), pickle.loads(pickle.dumps(numbers))]

    firsts = [[numbers.random() for numbers in copies(seed)] for seed in (5, 5, 6)]
    # Both ways of copying go on alike and every time alike, and with numbers of their own generator.
    assert len({*firsts[0], *firsts[1]}) == 1
    assert firsts[0] != firsts[2]
    # And with new ones: none that the original has given or holds.
    assert firsts[0][0] not in np.random.default_rng(5).random(1000)
