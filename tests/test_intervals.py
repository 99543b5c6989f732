"""Intervals cover the truth as often as they say, and refuse what they cannot judge."""

import itertools
import math

import numpy as np
import pytest

from rl_helpers.intervals import (
    difference_interval,
    mean_interval,
    plus_minus,
    share_interval,
    t_quantile,
)

N_SIMULATED = 20_000
MARGIN = 0.008  # five standard errors of a share of 95 % among so many


def covered(interval, truth):
    low, high = interval
    return float(((low <= truth) & (truth <= high)).mean())


@pytest.mark.parametrize(
    ("probability", "freedom", "quantile"),
    [
        (0.975, 1, 12.706),
        (0.975, 2, 4.303),
        (0.975, 4, 2.776),
        (0.975, 9, 2.262),
        (0.975, 29, 2.045),
        (0.975, 120, 1.980),
        (0.975, math.inf, 1.960),
        (0.95, 5, 2.015),
        (0.995, 10, 3.169),
        (0.9995, 3, 12.924),
        (0.025, 9, -2.262),
        (0.5, 7, 0.0),
    ],
)
def test_quantiles_are_those_of_the_tables(probability, freedom, quantile):
    assert t_quantile(probability, freedom) == pytest.approx(quantile, abs=6e-4)


@pytest.mark.parametrize("probability", [0.001, 0.2, 0.6, 0.975, 0.9995])
def test_quantiles_of_one_two_and_four_degrees_are_exact(probability):
    """For these the distribution has a closed form that can be turned round."""
    alpha = 4 * probability * (1 - probability)
    assert t_quantile(probability, 1) == pytest.approx(math.tan(math.pi * (probability - 0.5)), rel=1e-9)
    of_two = 2 * (probability - 0.5) * math.sqrt(2 / alpha)
    assert t_quantile(probability, 2) == pytest.approx(of_two, rel=1e-9)
    root = math.cos(math.acos(math.sqrt(alpha)) / 3) / math.sqrt(alpha)
    of_four = math.copysign(2 * math.sqrt(root - 1), probability - 0.5)
    assert t_quantile(probability, 4) == pytest.approx(of_four, rel=1e-9)


@pytest.mark.parametrize("freedom", [1.3, 3, 4.7, 25, 300])
def test_as_much_lies_below_a_quantile_as_was_asked_for(freedom):
    """By adding up the density in small steps, from 0 to the quantile."""
    end = t_quantile(0.975, freedom)
    edges = np.linspace(0, end, 200_001)
    middles = (edges[1:] + edges[:-1]) / 2
    log_scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    density = np.exp(log_scale - (freedom + 1) / 2 * np.log1p(middles**2 / freedom))
    assert 0.5 + density.sum() * edges[1] == pytest.approx(0.975, abs=1e-8)


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize("n", [2, 5, 10, 30, 100])
def test_mean_is_covered_as_often_as_the_level_says(n, level):
    values = np.random.default_rng(n).normal(3.0, 2.0, size=(n, N_SIMULATED))
    margin = MARGIN if level == 0.95 else 0.015
    assert covered(mean_interval(values, level=level), 3.0) == pytest.approx(level, abs=margin)


@pytest.mark.parametrize(("n", "n_others"), [(3, 20), (10, 10), (30, 5)])
def test_difference_is_covered_whatever_the_spreads(n, n_others):
    rng = np.random.default_rng(0)
    values = rng.normal(5, 4, size=(n, 4_000)), rng.normal(3, 1, size=(n_others, 4_000))
    assert covered(difference_interval(*values), 2.0) == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize("n", [5, 10, 30, 100])
def test_share_is_covered_on_average_and_never_rarely(n):
    rng = np.random.default_rng(n)
    shares = rng.random(N_SIMULATED)
    covering = covered(share_interval(rng.binomial(n, shares), n), shares)
    assert covering == pytest.approx(0.95, abs=MARGIN + 0.01)
    for share in (0.1, 0.3, 0.5):
        assert covered(share_interval(rng.binomial(n, share, 4_000), n), share) > 0.9


def test_share_interval_is_wilsons():
    # Newcombe (1998), table I: 81 of 263 and 15 of 148.
    assert share_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert share_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert share_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert share_interval(20, 20) == pytest.approx((0.8389, 1.0), abs=1e-4)
    assert share_interval(0, 20)[0] == 0.0
    assert share_interval(20, 20)[1] == 1.0


def test_difference_interval_is_welchs():
    ours, theirs = np.array([10.0, 11.0, 12.0]), np.array([1.0, 2.0, 4.0, 5.0])
    errors = 1 / 3, theirs.var(ddof=1) / 4
    freedom = sum(errors) ** 2 / (errors[0] ** 2 / 2 + errors[1] ** 2 / 3)
    half = t_quantile(0.975, freedom) * math.sqrt(sum(errors))
    assert difference_interval(ours, theirs) == pytest.approx((8 - half, 8 + half))
    assert difference_interval(theirs, ours) == pytest.approx((-8 - half, -8 + half))


def test_any_axis_may_be_that_of_the_runs():
    values = np.random.default_rng(0).normal(size=(4, 5, 6))
    for axis, (runs, others) in itertools.product((0, 1, 2), [(0, 1)]):
        low, high = mean_interval(values, axis=axis)
        assert low.shape == values.mean(axis=axis).shape
        moved = np.moveaxis(values, axis, 0)
        assert (low[0, 0], high[0, 0]) == pytest.approx(mean_interval(moved[:, 0, 0]))
        assert difference_interval(moved[:, runs], moved[:, others])[0].shape == (moved.shape[2],)


def test_runs_that_are_all_alike_leave_no_width():
    assert mean_interval([3, 3, 3]) == (3.0, 3.0)
    assert difference_interval([3, 3], [1, 1, 1]) == (2.0, 2.0)
    assert plus_minus([0, 0]) == "0.0 ± 0.0"


def test_words_have_a_real_minus_and_commas():
    assert plus_minus([-1_234.0, -1_236.0], digits=0) == "−1,235 ± 13"
    assert plus_minus([-0.01, -0.01]) == "0.0 ± 0.0"
    assert plus_minus([1.0, 2.0, 3.0], digits=2, level=0.5) == "2.00 ± 0.47"


@pytest.mark.parametrize("values", [3.0, [], [3.0], np.zeros((1, 9))])
def test_fewer_than_two_runs_are_refused(values):
    with pytest.raises(ValueError, match=r"values has [01] runs along axis 0, expected at least 2"):
        mean_interval(values)


@pytest.mark.parametrize("strange", [math.nan, math.inf])
def test_what_is_not_finite_is_refused(strange):
    with pytest.raises(ValueError, match="theirs has 1 entries that are NaN or infinite"):
        difference_interval([1.0, 2.0], [1.0, strange, 2.0])


@pytest.mark.parametrize(("successes", "n"), [(3, 2), (-1, 2), (0.5, 2), (math.nan, 2)])
def test_what_is_no_number_of_runs_is_refused(successes, n):
    with pytest.raises(ValueError, match=r"successes is .*, expected whole numbers from 0 to n = 2"):
        share_interval(successes, n)
    with pytest.raises(ValueError, match="n is 0, expected at least one run"):
        share_interval(0, 0)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_level_is_a_share(level):
    for interval in (lambda: mean_interval([1, 2], level=level), lambda: share_interval(1, 2, level=level)):
        with pytest.raises(ValueError, match=f"level is {level}, expected 0 < level < 1"):
            interval()
