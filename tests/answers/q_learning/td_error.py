"""Right and wrong answers to `td_error`."""

import numpy as np

from tests.answers.table import right, wrong

learning_rate = 0.3  # Notebooks have such names too, and functions find them.


@wrong("no α here: it comes in the update")
def error_times_alpha(target, q_value):
    return α * (target - q_value)


@wrong("no α here: it comes in the update")
def error_times_the_learning_rate_of_another_cell(target, q_value):
    return learning_rate * (target - q_value)


@wrong("no α here: it comes in the update")
def error_times_a_number(target, q_value):
    return 0.1 * (target - q_value)


@wrong("reward and γ are already in `target`")
def error_that_works_out_the_target(target, q_value):
    return reward + discount * target - q_value


@wrong("the entry is already given: `q_value`")
def error_that_looks_into_the_table(target, q_value):
    return target - q_values[state, action]


@right
def error_with_numpy(target, q_value):
    return np.subtract(target, q_value)


@right
def error_in_two_steps(target, q_value):
    error = -q_value
    error += target
    return error


@wrong("the sign is the wrong way round")
def error_reversed(target, q_value):
    return q_value - target


@wrong("the sign is lost")
def error_without_sign(target, q_value):
    return abs(target - q_value)


@wrong("squared")
def error_squared(target, q_value):
    return (target - q_value) ** 2


@wrong("the two are added")
def error_as_sum(target, q_value):
    return target + q_value


@wrong("the target alone")
def error_is_the_target(target, q_value):
    return target


@wrong("cut to a whole number")
def error_as_integer(target, q_value):
    return int(target - q_value)


@wrong("negative errors are lost")
def error_never_negative(target, q_value):
    return target - q_value if target > q_value else 0


@wrong("end it with `return`")
def error_without_return(target, q_value):
    target - q_value


@right
def error_of_numpy_numbers_without_axes(target, q_value, /):
    return np.array(target) - np.float64(q_value)


@wrong("the result is rounded")
def error_rounded(target, q_value):
    return round(target - q_value, 2)


@wrong("no `yield`, no `async`")
def error_yielded(target, q_value):
    yield target - q_value


@wrong("no `yield`, no `async`")
async def error_awaited(target, q_value):
    return target - q_value


@wrong("take the present value away")
def error_within_bounds(target, q_value):
    return np.clip(target - q_value, -5, 5)


@wrong("take the present value away")
def error_larger_than_any_float(target, q_value):
    return 10**400
