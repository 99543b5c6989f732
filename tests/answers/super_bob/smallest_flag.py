"""Right and wrong answers to `smallest_flag`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def flag_by_the_formula(wage, discount):
    return wage / (1 - discount) - wage


@right
def flag_by_a_long_sum(wage, discount):
    return sum(wage * discount**step for step in range(1, 5000))


@right
def flag_with_numpy(wage, discount):
    return np.float64(wage) * np.divide(discount, 1 - discount)


@wrong("take it off")
def flag_that_is_the_value_of_waiting(wage, discount):
    return wage / (1 - discount)


@wrong("it is taken off, not added")
def flag_with_the_wage_added(wage, discount):
    return wage + wage / (1 - discount)


@wrong("wage / (1 − γ), not wage / γ")
def flag_over_the_discount(wage, discount):
    return wage / discount


@wrong("1 − γ divides")
def flag_that_multiplies(wage, discount):
    return wage * (1 - discount)


@wrong("γ and 1 − γ have changed their places")
def flag_upside_down(wage, discount):
    return wage * (1 - discount) / discount if discount > 0 else 0.0


@wrong("an episode is cut off after 1,500 decisions")
def flag_for_a_whole_episode(wage, discount):
    return wage * 1500


@wrong("again and again")
def flag_of_one_wage(wage, discount):
    return wage


@wrong("use the parameter `discount`, not the number 0.98")
def flag_with_a_number(wage, discount):
    return 0.98 * wage / (1 - 0.98)


@wrong("prints its result but returns None")
def flag_printed(wage, discount):
    print(discount * wage / (1 - discount))
