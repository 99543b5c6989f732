"""Right and wrong answers to `dyna_q_plus_bonus`."""

import math

from tests.answers.table import right, wrong


@right
def bonus_with_math(steps_since_tried, bonus_weight):
    return bonus_weight * math.sqrt(steps_since_tried)


@right
def bonus_with_a_power(steps_since_tried, bonus_weight):
    root = steps_since_tried**0.5
    return root * bonus_weight


@wrong("the square root is missing")
def bonus_without_root(steps_since_tried, bonus_weight):
    return steps_since_tried * bonus_weight


@wrong("the weight κ is missing")
def bonus_without_weight(steps_since_tried, bonus_weight):
    return math.sqrt(steps_since_tried)


@wrong("κ stands outside")
def bonus_with_all_under_the_root(steps_since_tried, bonus_weight):
    return (bonus_weight * steps_since_tried) ** 0.5


@wrong("the square root is meant")
def bonus_squared(steps_since_tried, bonus_weight):
    return bonus_weight * steps_since_tried * steps_since_tried


@wrong("use the parameter `bonus_weight`, not the number 0.001")
def bonus_with_a_number(steps_since_tried, bonus_weight):
    return 0.001 * math.sqrt(steps_since_tried)


@wrong("in code it is `bonus_weight`")
def bonus_with_the_symbol(steps_since_tried, bonus_weight):
    return κ * math.sqrt(steps_since_tried)


@wrong("only the bonus is asked for")
def bonus_with_reward(steps_since_tried, bonus_weight):
    return reward + bonus_weight * math.sqrt(steps_since_tried)


@wrong("end it with `return`")
def bonus_without_return(steps_since_tried, bonus_weight):
    bonus_weight * math.sqrt(steps_since_tried)


@wrong("κ · √τ")
def bonus_of_one_more_step(steps_since_tried, bonus_weight):
    return bonus_weight * math.sqrt(steps_since_tried + 1)
