"""Right and wrong answers to `ucb_bonus`."""

import math

import numpy as np

from tests.answers.table import right, wrong


@right
def bonus_with_math(c, t, n):
    if n == 0:
        return float("inf")
    return c * math.sqrt(math.log(t) / n)


@right
def bonus_with_powers(c, t, n):
    return c * (np.log(t) / n) ** 0.5 if n > 0 else np.inf


@wrong("nothing can be divided by 0")
def bonus_without_a_thought_of_zero(c, t, n):
    return c * math.sqrt(math.log(t) / n)


@wrong("nothing can be divided by 0")
def bonus_that_numpy_divides(c, t, n):
    return c * np.sqrt(np.log(t) / n)


@wrong("gets no bonus at all")
def bonus_zero_for_the_untried(c, t, n):
    return 0 if n == 0 else c * np.sqrt(np.log(t) / n)


@wrong("the square root is missing")
def bonus_without_root(c, t, n):
    return math.inf if n == 0 else c * math.log(t) / n


@wrong("c stands outside")
def bonus_with_c_inside(c, t, n):
    return math.inf if n == 0 else math.sqrt(c * math.log(t) / n)


@wrong("n stands under the root")
def bonus_with_n_outside(c, t, n):
    return math.inf if n == 0 else c * math.sqrt(math.log(t)) / n


@wrong("the natural logarithm")
def bonus_with_decimal_logarithm(c, t, n):
    return math.inf if n == 0 else c * math.sqrt(math.log10(t) / n)


@wrong("the weight c is missing")
def bonus_without_weight(c, t, n):
    return math.inf if n == 0 else math.sqrt(math.log(t) / n)


@wrong("`np.inf`")
def bonus_of_one_more(c, t, n):
    return c * math.sqrt(math.log(t) / (n + 1))


@wrong("c · √(ln t / n)")
def bonus_that_is_only_large(c, t, n):
    return 1e9 if n == 0 else c * math.sqrt(math.log(t) / n)
