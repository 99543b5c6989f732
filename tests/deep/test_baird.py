"""Baird's counterexample: by hand, against the eigenvalues of its sweep, and stopped in the known ways."""

import numpy as np
import pytest

from rl_helpers.deep.q.baird import FEATURES, FIRST_WEIGHTS, baird_growth, baird_steps, baird_sweeps


def test_first_values_are_those_of_the_book():
    assert (FEATURES @ FIRST_WEIGHTS).tolist() == [3, 3, 3, 3, 3, 3, 12]


def test_the_weights_could_say_every_value():
    assert np.linalg.matrix_rank(FEATURES) == 7


def test_the_first_sweep_is_what_the_equation_says():
    # Errors: 0.99 × 12 − 3 = 8.88 above, 0.99 × 12 − 12 = −0.12 in the seventh.
    _, found = baird_sweeps(1)
    above = 1 + 0.01 / 7 * 2 * 8.88
    expected = [above] * 6 + [10 - 0.01 / 7 * 0.12, 1 + 0.01 / 7 * (6 * 8.88 - 2 * 0.12)]
    np.testing.assert_allclose(found, expected)


def test_a_sweep_is_the_mean_of_what_steps_do():
    # From each state equally often: "dashed" teaches nothing, "solid" comes with 1/7 and counts 7 times.
    rng = np.random.default_rng(0)
    moved = np.mean([baird_steps(1, rng=rng)[1] - FIRST_WEIGHTS for _ in range(60_000)], axis=0)
    np.testing.assert_allclose(moved, baird_sweeps(1)[1] - FIRST_WEIGHTS, atol=0.005)


def test_weights_grow_without_end_and_as_fast_as_the_eigenvalue_says():
    # With u above and s in the seventh a sweep is a matrix of 2 × 2: trace 1.83, determinant 0.26.
    root = (1.83 + np.sqrt(1.83**2 - 4 * 0.26)) / 2
    assert baird_growth() == pytest.approx(1 + 0.01 / 7 * root, abs=1e-9)
    values = baird_sweeps(6000) @ FEATURES.T
    assert values[6000, 0] / values[5999, 0] == pytest.approx(baird_growth(), abs=1e-6)
    assert np.abs(values[-1]).max() > 1e6


def test_smaller_steps_only_take_longer():
    for learning_rate in (0.1, 0.01, 0.0001):
        assert baird_growth(learning_rate=learning_rate) > 1


def test_steps_grow_about_as_fast_as_sweeps():
    runs = [np.abs(baird_steps(1000, rng=np.random.default_rng(seed))[-1]).max() for seed in range(20)]
    assert 200 < np.mean(runs) < 500
    assert np.abs(baird_sweeps(1000)[-1]).max() == pytest.approx(335, abs=1)


@pytest.mark.parametrize(("hold", "is_stopped"), [(1, False), (50, False), (100, True), (1000, True)])
def test_targets_held_long_enough_stop_it(hold, is_stopped):
    assert (baird_growth(hold=hold) < 1) == is_stopped
    values = np.abs(baird_sweeps(40_000, hold=hold) @ FEATURES.T).max(axis=1)
    assert (values[-1] < values[0]) == is_stopped
    # Where eigenvalues are complex the values swing: their largest in two long spans is compared.
    early, late = values[10_000:20_000].max(), values[30_000:].max()
    assert (late / early) ** (1 / 20_000) == pytest.approx(baird_growth(hold=hold), abs=5e-5)


def test_held_steps_stop_it_too():
    for seed in range(5):
        values = np.abs(baird_steps(40_000, hold=2000, rng=np.random.default_rng(seed)) @ FEATURES.T)
        assert values[-1].max() < values[0].max()
        values = np.abs(baird_steps(4000, hold=10, rng=np.random.default_rng(seed)) @ FEATURES.T)
        assert values[-1].max() > 100 * values[0].max()


def test_who_plays_as_he_learns_comes_to_rest():
    for seed in range(5):
        weights = baird_steps(20_000, is_on_policy=True, rng=np.random.default_rng(seed))
        assert np.abs(weights).max() < 11
        assert abs(FEATURES[6] @ weights[-1]) < 1e-3


def test_without_bootstrapping_it_comes_to_rest():
    assert baird_growth(discount=0.0) < 1
    np.testing.assert_allclose(baird_sweeps(20_000, discount=0.0)[-1] @ FEATURES.T, 0, atol=1e-9)


def test_bad_settings_are_refused():
    with pytest.raises(ValueError, match="hold is 0"):
        baird_sweeps(10, hold=0)
    with pytest.raises(ValueError, match="discount"):
        baird_steps(10, discount=2)
