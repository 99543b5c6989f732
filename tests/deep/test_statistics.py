"""Running moments are those of all numbers together; standardised numbers have mean 0 and spread 1."""

import numpy as np

from rl_helpers.deep.statistics import no_moments, see, standardise, standardised_per_run

RNG = np.random.default_rng(0)


def test_moments_of_pieces_are_those_of_the_whole():
    numbers = RNG.normal([1.0, -50.0], [3.0, 0.1], size=(2, 100, 2))
    moments = no_moments(2, 2)
    for piece in np.split(numbers, [1, 10, 60], axis=1):
        moments = see(moments, piece)
    np.testing.assert_allclose(moments.mean, numbers.mean(axis=1))
    np.testing.assert_allclose(moments.variance, numbers.var(axis=1))
    assert (moments.n_seen == 100).all()


def test_standardised_numbers_have_mean_0_and_spread_1():
    numbers = RNG.normal([1.0, -50.0], [3.0, 0.1], size=(2, 1000, 2)).astype(np.float32)
    standard = standardise(see(no_moments(2, 2), numbers), numbers)
    np.testing.assert_allclose(standard.mean(axis=1), 0, atol=1e-4)
    np.testing.assert_allclose(standard.std(axis=1), 1, atol=1e-3)
    assert standard.dtype == np.float32


def test_each_run_has_moments_of_its_own_whatever_the_axes_between():
    numbers = np.array([[[0.0], [2.0]], [[10.0], [30.0]]])
    moments = see(no_moments(2, 1), numbers)
    standard = standardise(moments, np.array([[[[3.0]]], [[[3.0]]]]))
    np.testing.assert_allclose(standard.ravel(), [2.0, -1.7], rtol=1e-6)


def test_nothing_is_further_off_than_the_largest():
    moments = see(no_moments(1, 1), np.array([[[0.0], [2.0]]]))
    assert standardise(moments, np.array([[[1000.0], [-1000.0]]]), largest=5.0).ravel().tolist() == [
        5.0,
        -5.0,
    ]


def test_advantages_are_standardised_in_every_run_and_without_what_is_not_valid():
    numbers = RNG.normal([[5.0], [-100.0]], [[2.0], [0.5]], size=(2, 50))
    is_valid = np.ones((2, 50), dtype=bool)
    is_valid[1, 20:] = False
    numbers[1, 20:] = 1e6
    standard = standardised_per_run(numbers, is_valid)
    for run, n in enumerate((50, 20)):
        assert abs(standard[run, :n].mean()) < 1e-9
        assert abs(standard[run, :n].std() - 1) < 1e-6
    assert (standard[1, 20:] == 0).all()


def test_equal_numbers_become_0_without_a_division_by_zero():
    assert standardised_per_run(np.full((1, 3), 7.0), np.ones((1, 3), dtype=bool)).tolist() == [[0, 0, 0]]
