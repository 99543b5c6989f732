"""Right and wrong answers to `encode_state`."""

import math

import numpy as np

from tests.answers.table import right, wrong


@right
def encode_with_weights(values, sizes):
    total = 0
    for i in range(len(values)):
        weight = 1
        for size in sizes[i + 1 :]:
            weight = weight * size
        total += values[i] * weight
    return total


@right
def encode_with_numpy(values, sizes):
    return np.ravel_multi_index(values, sizes)


@right
def encode_by_recursion(values, sizes):
    if len(values) == 0:
        return 0
    return encode_by_recursion(values[:-1], sizes[:-1]) * sizes[-1] + values[-1]


@right
def encode_from_the_end(values, sizes):
    state, weight = 0, 1
    for value, size in zip(reversed(values), reversed(sizes)):
        state += weight * value
        weight *= size
    return state


@wrong("counted from 0")
def encode_from_one(values, sizes):
    return 1 + encode_with_weights(values, sizes)


@wrong("row × number of rows")
def encode_with_the_size_before(values, sizes):
    state = values[0]
    for i in range(1, len(values)):
        state = state * sizes[i - 1] + values[i]
    return state


@wrong("multiply first, then add")
def encode_adds_before_it_multiplies(values, sizes):
    state = 0
    for value, size in zip(values, sizes):
        state += value
        state *= size
    return state


@wrong("from the wrong end")
def encode_with_the_first_value_fastest(values, sizes):
    state, weight = 0, 1
    for value, size in zip(values, sizes):
        state += weight * value
        weight *= size
    return state


@wrong("multiplied by its own size")
def encode_with_a_dot_product(values, sizes):
    return int(np.dot(values, sizes))


@wrong("that is the sum")
def encode_as_sum(values, sizes):
    return sum(values)


@wrong("the product of the values")
def encode_as_product(values, sizes):
    state = 1
    for value in values:
        state *= value
    return state


@wrong("number of all states")
def encode_as_the_number_of_states(values, sizes):
    return int(np.prod(sizes))


@wrong("as digits")
def encode_as_digits(values, sizes):
    return int("".join(str(value) for value in values))


@wrong("two possibilities")
def encode_as_binary(values, sizes):
    return sum(value * 2**i for i, value in enumerate(reversed(values)))


@wrong("first size is used for all")
def encode_with_one_size(values, sizes):
    size, state = sizes[0], 0
    for value in values:
        state = size * state + value
    return state


@wrong("from 0 to size − 1")
def encode_with_the_largest_value(values, sizes):
    state = 0
    for value, size in zip(values, sizes):
        state = state * (size - 1) + value
    return state


@wrong("only the last value is left")
def encode_that_overwrites(values, sizes):
    for value, size in zip(values, sizes):
        state = 0
        state = state * size + value
    return state


@wrong("is `return` indented too far?")
def encode_leaves_the_loop(values, sizes):
    state = 0
    for value, size in zip(values, sizes):
        state = state * size + value
        return state


@wrong("the last value is missing")
def encode_without_the_last(values, sizes):
    state = 0
    for i in range(len(values) - 1):
        state = state * sizes[i] + values[i]
    return state


@wrong("a float")
def encode_by_division(values, sizes):
    state, weight = 0, math.prod(sizes)
    for value, size in zip(values, sizes):
        weight = weight / size
        state += value * weight
    return state


@wrong("changes `values`")
def encode_eats_its_values(values, sizes):
    state = 0
    for size in sizes:
        state = state * size + values.pop(0)
    return state


@wrong("3 names")
def encode_for_three_values_only(values, sizes):
    row, column, treat = values
    return (row * sizes[1] + column) * sizes[2] + treat


@wrong("returns None")
def encode_forgets_to_return(values, sizes):
    state = encode_with_weights(values, sizes)


@wrong("there is no `n_columns`")
def encode_with_names_from_elsewhere(values, sizes):
    return values[0] * n_columns + values[1]


@wrong("`**` raises to a power")
def encode_with_powers(values, sizes):
    state = 0
    for value, size in zip(values, sizes, strict=True):
        state = state**size + value
    return state


@wrong("begin with 0")
def encode_by_the_index_of_a_size(values, sizes):
    return sum(
        value * math.prod(sizes[sizes.index(size) + 1 :]) for value, size in zip(values, sizes, strict=True)
    )


@wrong("begin with 0")
def encode_below_a_thousand(values, sizes):
    return sum(value * math.prod(sizes[n + 1 :]) for n, value in enumerate(values)) % 1000
