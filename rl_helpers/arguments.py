"""Checks of arguments that several modules share; each error says what was expected and what came."""

import math
import numbers

import numpy as np


def number_in(name, value, low, high, *, low_open=False, high_open=False, why=""):
    """Return `value` as a float if it lies between `low` and `high`, else raise.

    Args:
        name: the argument's name, for the message.
        value: what the caller gave.
        low, high: the bounds; `high` belongs to the range, `low` too unless `low_open`.
        low_open, high_open: whether `low` or `high` itself is refused.
        why: what to do instead, appended to the message.

    Raises:
        TypeError: if `value` is not a number.
        ValueError: if it lies outside or is NaN.

    >>> number_in("discount", 2, 0, 1)
    Traceback (most recent call last):
    ...
    ValueError: discount is 2, expected 0 ≤ discount ≤ 1
    """
    if not isinstance(value, numbers.Real):
        raise TypeError(f"{name} is {value!r}, expected a number{why}")
    number = float(value)
    too_low = number < low or (low_open and number == low)
    too_high = number > high or (high_open and number == high)
    if math.isnan(number) or too_low or too_high:
        sign = "<" if low_open else "≤"
        bottom = "-∞" if low == -math.inf else low
        upper = f" {'<' if high_open else '≤'} {high}" if high != math.inf else " < ∞" if high_open else ""
        raise ValueError(f"{name} is {value}, expected {bottom} {sign} {name}{upper}{why}")
    return number


def random_numbers(seed):
    """Return a new generator of random numbers for a seed; a generator that is given goes on.

    Args:
        seed: whole number from 0, None, or what else `np.random.default_rng` takes.

    Raises:
        TypeError, ValueError: if it is none of these.

    >>> random_numbers(-1)
    Traceback (most recent call last):
    ...
    ValueError: seed is -1, expected a whole number from 0, a generator or None
    """
    try:
        return np.random.default_rng(seed)
    except (TypeError, ValueError) as error:
        raise type(error)(f"seed is {seed!r}, expected a whole number from 0, a generator or None") from None


def count(name, value, *, at_least=1):
    """Return `value` as an int of at least `at_least`, else raise.

    >>> count("n_episodes", 0)
    Traceback (most recent call last):
    ...
    ValueError: n_episodes is 0, expected a whole number of at least 1
    """
    if not isinstance(value, numbers.Real):
        raise TypeError(f"{name} is {value!r}, expected a whole number of at least {at_least}")
    if not float(value).is_integer() or value < at_least:
        raise ValueError(f"{name} is {value}, expected a whole number of at least {at_least}")
    return int(value)
