"""Draws numbers, lists and arrays for further cases: negative, zero, repeated, fractions, whole."""

import numpy as np

COMMON = (0.0, 1.0, -1.0, 2.0, 0.5)


def number(rng):
    """Return a number that is short when written: often one of the common ones, else of any size.

    >>> rng = np.random.default_rng(3)
    >>> [number(rng) for _ in range(4)]
    [0.0, -3.0, -1.11, 2.0]
    """
    if rng.random() < 0.4:
        return float(rng.choice(COMMON))
    return round(float(rng.normal(scale=10 * rng.random())), int(rng.integers(4)))


def share(rng):
    """Return a number from 0 to 1, both of them included.

    >>> rng = np.random.default_rng(3)
    >>> [share(rng) for _ in range(4)]
    [0.0, 0.58, 0.5, 0.99]
    """
    return (
        float(rng.choice([0.0, 0.5, 0.9, 0.99, 1.0])) if rng.random() < 0.5 else round(float(rng.random()), 2)
    )


def numbers(rng, n):
    """Return some numbers in a list; half of the time there are many equal ones among them."""
    if rng.random() < 0.5:
        few = [number(rng) for _ in range(2)]
        return [few[rng.integers(2)] for _ in range(n)]
    return [number(rng) for _ in range(n)]


def row(rng, n_most=8):
    """Return numbers as one row of a table has them, at least one."""
    return np.array(numbers(rng, int(rng.integers(1, n_most + 1))))


def length(rng, longest=400):
    """Return how long an input is: mostly short, sometimes of several hundred entries."""
    return int(rng.choice([*range(1, 9), 30, longest], p=[0.11] * 8 + [0.08, 0.04]))
