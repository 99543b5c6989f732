"""Right and wrong answers to `learning_rate_for`."""

import math

import numpy as np

from tests.answers.table import right, wrong


@right
def rate_in_two_steps(share, n_updates):
    left = 1 - share
    return 1 - left ** (1 / n_updates)


@right
def rate_with_logarithms(share, n_updates):
    return 1 - math.exp(math.log(1 - share) / n_updates)


@right
def rate_with_numpy(share, n_updates):
    return 1 - np.power(1 - share, 1 / n_updates)


@right
def rate_found_by_halving(share, n_updates):
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if 1 - (1 - middle) ** n_updates < share:
            low = middle
        else:
            high = middle
    return low


@wrong("steps do not simply add up")
def rate_in_equal_steps(share, n_updates):
    return share / n_updates


@wrong("take the n-th root, `** (1 / n_updates)`")
def rate_the_other_way_round(share, n_updates):
    return 1 - (1 - share) ** n_updates


@wrong("what one update *leaves* of the way")
def rate_not_taken_from_one(share, n_updates):
    return (1 - share) ** (1 / n_updates)


@wrong("Take it of what is *left*")
def rate_with_root_of_what_is_done(share, n_updates):
    return 1 - share ** (1 / n_updates)


@wrong("do not divide by n")
def rate_that_divides(share, n_updates):
    return 1 - (1 - share) / n_updates


@wrong("the sign is the wrong way round")
def rate_below_zero(share, n_updates):
    return (1 - share) ** (1 / n_updates) - 1


@wrong("It does not ask how far you want to come")
def rate_of_an_average(share, n_updates):
    return 1 / n_updates


@wrong("(1 − α)ⁿ of the way is left")
def rate_for_small_steps(share, n_updates):
    return -math.log(1 - share) / n_updates


@wrong("solve the equation for it")
def rate_that_asks_for_itself(share, n_updates):
    return 1 - (1 - learning_rate) ** n_updates
