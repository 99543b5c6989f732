"""Right and wrong answers to `bootstrap_factor`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def factor_by_a_product(terminated, truncated, discount):
    return discount * (not terminated)


@right
def factor_with_if(terminated, truncated, discount):
    if terminated:
        return 0
    return discount


@right
def factor_with_numpy(terminated, truncated, discount):
    return np.where(terminated, 0.0, discount)


@wrong("a time limit is treated as an end")
def factor_of_either_end(terminated, truncated, discount):
    if terminated or truncated:
        return 0
    return discount


@wrong("the two ends are exchanged")
def factor_of_the_clock(terminated, truncated, discount):
    return discount * (1 - truncated)


@wrong("wrong way round")
def factor_reversed(terminated, truncated, discount):
    return discount * terminated


@wrong("γ is missing")
def factor_without_discount(terminated, truncated, discount):
    return 0.0 if terminated else 1.0


@wrong("there is no next state")
def factor_without_mask(terminated, truncated, discount):
    return discount


@wrong("one end is enough")
def factor_of_both_ends(terminated, truncated, discount):
    return discount * (1 - terminated * truncated)


@wrong("`done` mixes the two ends up")
def factor_of_old_tutorials(terminated, truncated, discount):
    return discount * (1 - done)


@wrong("use the parameter `discount`, not the number 0.95")
def factor_with_a_number(terminated, truncated, discount):
    return 0.0 if terminated else 0.95


@wrong("end it with `return`")
def factor_without_return(terminated, truncated, discount):
    discount * (1 - terminated)


@wrong("0 if the step terminated, else γ")
def factor_of_one_while_it_goes_on(terminated, truncated, discount):
    if terminated:
        return 0
    return discount if truncated else 1
