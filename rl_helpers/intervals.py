"""How far means and shares over runs may be off: 95 % intervals of Student, Welch and Wilson.

>>> mean_interval([4.0, 5.0, 3.0])
(1.51..., 6.48...)
>>> plus_minus([4.0, 5.0, 3.0])
'4.0 ± 2.5'
>>> share_interval(0, 20)
(0.0, 0.161...)
"""

import functools
import math
from statistics import NormalDist

import numpy as np

from rl_helpers.arguments import number_in

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)


def mean_interval(values, axis=0, level=0.95):
    """Return the interval of a mean by Student's t, with n − 1 in the standard deviation.

    Args:
        values: one a run along `axis`, at least two; any further axes, such as time, are kept.
        axis: that of the runs.
        level: share of such intervals that cover the true mean, between 0 and 1.

    Returns:
        low, high: floats, or arrays without the axis of the runs. Values that are all alike give no width.

    Raises:
        ValueError: if there are fewer than two runs, or a value is not finite.

    Source:
        Student (1908), "The probable error of a mean", Biometrika 6. Exact for normal values, close for means
        of many others; shares that are near 0 or 1 want `share_interval`.

    >>> low, high = mean_interval([[1.0, 2.0], [3.0, 2.0], [2.0, 2.0]])
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([-0.48, 2.0], [4.48, 2.0])
    """
    mean, error, freedom = _mean_and_error(values, axis, "values")
    return _around(mean, t_quantile(0.5 + _level(level) / 2, freedom) * error)


def difference_interval(ours, theirs, axis=0, level=0.95):
    """Return the interval of the mean of `ours` less the mean of `theirs`, by Welch's t.

    If it does not contain 0, the means differ. The two may have different spreads and numbers of runs, and
    must be independent of each other: for pairs, take `mean_interval` of their differences.

    Args:
        ours, theirs: one value a run along `axis`, at least two each; further axes are alike.
        axis, level: see `mean_interval`.

    Returns:
        low, high: floats, or arrays without the axis of the runs.

    Raises:
        ValueError: if there are fewer than two runs of either, or a value is not finite.

    Source:
        Welch (1947), "The generalization of 'Student's' problem", Biometrika 34.

    >>> low, high = difference_interval([10.0, 12.0, 11.0], [4.0, 5.0, 3.0])
    >>> round(low, 1), round(high, 1)
    (4.7, 9.3)
    """
    (mean, error, freedom), (other_mean, other_error, other_freedom) = (
        _mean_and_error(values, axis, name) for values, name in ((ours, "ours"), (theirs, "theirs"))
    )
    variance = error**2 + other_error**2
    below = error**4 / freedom + other_error**4 / other_freedom
    # Without any spread there is no width, whatever the quantile.
    freedoms = np.where(below > 0, variance**2 / np.where(below > 0, below, 1), 1)
    probability = 0.5 + _level(level) / 2
    quantiles = np.array([t_quantile(probability, each) for each in freedoms.ravel().tolist()])
    return _around(mean - other_mean, quantiles.reshape(freedoms.shape) * np.sqrt(variance))


def share_interval(successes, n, level=0.95):
    """Return the interval of a share, such as that of the runs that found the treats, by Wilson's score.

    Args:
        successes: how many of the runs, 0 ≤ successes ≤ n; or an array of such numbers.
        n: number of runs, at least one.
        level: share of such intervals that cover the true share, on average over it, between 0 and 1.

    Returns:
        low, high: from 0 to 1; floats, or arrays like `successes`.

    Raises:
        ValueError: if there are no runs, or `successes` is no number of them.

    Source:
        Wilson (1927), "Probable inference", Journal of the American Statistical Association 22.

    >>> low, high = share_interval(26, 100)
    >>> round(low, 3), round(high, 3)
    (0.184, 0.354)
    """
    counts, runs = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    if not np.all(runs >= 1) or not np.all(np.isfinite(runs)):
        raise ValueError(f"n is {n}, expected at least one run: a share of none says nothing")
    if not np.all((counts >= 0) & (counts <= runs) & (counts % 1 == 0)):
        raise ValueError(
            f"successes is {successes}, expected whole numbers from 0 to n = {n}: count the runs"
        )
    square = NormalDist().inv_cdf(0.5 + _level(level) / 2) ** 2
    share = counts / runs
    middle = (share + square / (2 * runs)) / (1 + square / runs)
    spread = share * (1 - share) / runs + square / (4 * runs**2)
    low, high = _around(middle, np.sqrt(square * spread) / (1 + square / runs))
    # Rounding must not put the ends outside, nor shares of 0 and 1 beside their own interval.
    low, high = np.where(counts == 0, 0.0, low), np.where(counts == runs, 1.0, high)
    return (low, high) if low.ndim else (float(low), float(high))


def plus_minus(values, digits=1, level=0.95):
    """Return a mean and half of its interval, as it stands in a table: "16.7 ± 0.3".

    Args:
        values: one a run, at least two.
        digits: decimals of both numbers.
        level: see `mean_interval`.

    Raises:
        ValueError: if there are fewer than two runs, or a value is not finite.

    >>> plus_minus([-1.0, -2.0, -3.0, -2.0], digits=2)
    '−2.00 ± 1.30'
    """
    low, high = mean_interval(np.ravel(values), level=level)
    return f"{(low + high) / 2:z,.{digits}f} ± {(high - low) / 2:,.{digits}f}".replace("-", "−")


@functools.lru_cache(maxsize=1024)
def t_quantile(probability, freedom):
    """Return the number that Student's t stays below with a probability.

    Args:
        probability: between 0 and 1.
        freedom: degrees of freedom, at least 1; whole or not.

    Returns:
        The quantile, as a float.

    Source:
        With t = √freedom · tan φ the density is C · cos(φ)^(freedom − 1), where C = Γ((freedom + 1)/2) /
        (√π Γ(freedom/2)); Abramowitz & Stegun (1964), section 26.7.

    >>> round(t_quantile(0.975, 4), 3), round(t_quantile(0.975, 1_000), 3), t_quantile(0.5, 9)
    (2.776, 1.962, 0.0)
    """
    probability = number_in("probability", probability, 0, 1, low_open=True, high_open=True)
    freedom = number_in("freedom", freedom, 1, math.inf)
    if probability < 0.5:
        return -t_quantile(1 - probability, freedom)
    if math.isinf(freedom):
        return NormalDist().inv_cdf(probability)
    # The distribution bends downwards above 0, so Newton's steps from 0 come closer from below and never
    # pass the quantile.
    angle = 0.0
    for _ in range(200):
        step = (probability - _t_probability(angle, freedom)) / _density(angle, freedom)
        angle += step
        if step <= 1e-15 * angle:
            break
    return math.sqrt(freedom) * math.tan(angle)


def _t_probability(angle, freedom):
    """Return how probable it is that t is below √freedom · tan(angle)."""
    return 0.5 + angle / 2 * float(_WEIGHTS @ _density(angle / 2 * (_NODES + 1), freedom))


def _density(angle, freedom):
    scale = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(math.pi)
    return scale * np.cos(angle) ** (freedom - 1)


def _mean_and_error(values, axis, name):
    """Return the mean over runs, its standard error and the degrees of freedom."""
    values = np.asarray(values, dtype=float)
    n_runs = values.shape[axis] if values.ndim else 0
    if n_runs < 2:
        raise ValueError(
            f"{name} has {n_runs} runs along axis {axis}, expected at least 2: one run does not tell how far "
            "another would have been from it"
        )
    if not np.isfinite(values).all():
        n_strange = int((~np.isfinite(values)).sum())
        raise ValueError(
            f"{name} has {n_strange} entries that are NaN or infinite, expected numbers only: leave out what "
            "was not measured, in all runs, before asking for an interval"
        )
    return values.mean(axis=axis), values.std(axis=axis, ddof=1) / math.sqrt(n_runs), n_runs - 1


def _level(level):
    return number_in("level", level, 0, 1, low_open=True, high_open=True, why=", such as 0.95")


def _around(middle, half):
    low, high = middle - half, middle + half
    return (low, high) if np.ndim(low) else (float(low), float(high))
