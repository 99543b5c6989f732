"""Means and spreads in every run: of all observations so far, of a batch, and what a critic explains."""

from typing import NamedTuple

import numpy as np


class Moments(NamedTuple):
    """What is known of the numbers seen so far in every run.

    Attributes:
        mean: float (n_runs, n_numbers).
        variance: float (n_runs, n_numbers).
        n_seen: how many, float (n_runs, 1).
    """

    mean: np.ndarray
    variance: np.ndarray
    n_seen: np.ndarray


def no_moments(n_runs, n_numbers):
    """Return the moments before anything was seen."""
    return Moments(np.zeros((n_runs, n_numbers)), np.ones((n_runs, n_numbers)), np.zeros((n_runs, 1)))


def see(moments, numbers):
    """Return the moments after more numbers, the same as if all had been seen at once.

    Args:
        moments: `Moments` so far.
        numbers: float (n_runs, n_samples, n_numbers).

    Source:
        Chan, Golub and LeVeque (1979), "Updating formulae and a pairwise algorithm for computing sample
        variances".

    >>> moments = see(no_moments(1, 1), np.array([[[1.0], [3.0]]]))
    >>> see(moments, np.array([[[5.0]]])).mean
    array([[3.]])
    """
    n_new = numbers.shape[1]
    mean, variance = numbers.mean(axis=1, dtype=float), numbers.var(axis=1, dtype=float)
    n_seen = moments.n_seen + n_new
    apart = mean - moments.mean
    squares = moments.variance * moments.n_seen + variance * n_new
    squares += apart**2 * moments.n_seen * n_new / n_seen
    return Moments(moments.mean + apart * n_new / n_seen, squares / n_seen, n_seen)


def standardise(moments, numbers, *, largest=10.0):
    """Return (x − mean) / spread, cut off at ±`largest`, same shape and dtype as `numbers`.

    A network that begins with small weights learns about as fast from every number, whatever its unit.

    Args:
        moments: `Moments`.
        numbers: float (n_runs, ..., n_numbers).
        largest: nothing further off than that reaches the network.
    """
    shape = moments.mean.shape[:1] + (1,) * (numbers.ndim - 2) + moments.mean.shape[1:]
    spread = np.sqrt(moments.variance + 1e-8)
    standard = (numbers - moments.mean.reshape(shape)) / spread.reshape(shape)
    return np.clip(standard, -largest, largest).astype(numbers.dtype)


def standardised_per_run(numbers, is_valid):
    """Return numbers (n_runs, n_samples) with mean 0 and spread 1 in every run, 0 where not valid.

    The step does not depend on the scale of the rewards, and about half of the actions become more probable.

    >>> standardised_per_run(np.array([[1.0, 3.0, 9.0]]), np.array([[True, True, False]])).round(6).tolist()
    [[-1.0, 1.0, 0.0]]
    """
    n_valid = np.maximum(is_valid.sum(axis=1, keepdims=True), 1)
    centred = (numbers - (numbers * is_valid).sum(axis=1, keepdims=True) / n_valid) * is_valid
    spread = np.sqrt((centred**2).sum(axis=1, keepdims=True) / n_valid)
    return (centred / (spread + 1e-8)).astype(numbers.dtype)


def means(numbers, is_valid):
    """Return the mean over the valid samples of each run, float (n_runs,).

    >>> means(np.array([[1.0, 3.0, 9.0]]), np.array([[True, True, False]]))
    array([2.])
    """
    return (numbers * is_valid).sum(axis=1, dtype=float) / np.maximum(is_valid.sum(axis=1), 1)


def explained_variance(values, returns, is_valid):
    """Return which share of the returns' variance the critic explains, float (n_runs,): 1 all, 0 nothing.

    >>> valid = np.array([[True, True]])
    >>> explained_variance(np.array([[1.0, 2.0]]), np.array([[1.0, 3.0]]), valid).tolist()
    [0.75]
    """

    def variance(numbers):
        return means((numbers - means(numbers, is_valid)[:, None]) ** 2, is_valid)

    spread = variance(returns)
    return np.where(spread > 0, 1 - variance(returns - values) / np.maximum(spread, 1e-12), np.nan)
