"""Right and wrong answers to `decode_state`."""

import math

import numpy as np

from tests.answers.table import right, wrong


@right
def decode_with_numpy(state, sizes):
    return np.array(np.unravel_index(state, sizes))


@right
def decode_from_the_front(state, sizes):
    values = []
    for i in range(len(sizes)):
        weight = math.prod(sizes[i + 1 :])
        values.append(state // weight)
        state = state % weight
    return tuple(values)


@right
def decode_by_recursion(state, sizes):
    if not sizes:
        return []
    return [*decode_by_recursion(state // sizes[-1], sizes[:-1]), state % sizes[-1]]


@right
def decode_inserts_in_front(state, sizes):
    values = []
    for size in sizes[::-1]:
        values.insert(0, state % size)
        state //= size
    return values


@wrong("turn the list round")
def decode_in_the_wrong_order(state, sizes):
    values = []
    for size in reversed(sizes):
        values.append(state % size)
        state = state // size
    return values


@wrong("begin with the last size")
def decode_from_the_first_size(state, sizes):
    values = []
    for size in sizes:
        state, value = divmod(state, size)
        values.append(value)
    return values


@wrong("begin with the last size")
def decode_from_the_first_size_and_turned(state, sizes):
    return decode_from_the_first_size(state, sizes)[::-1]


@wrong("the state stays as it was")
def decode_without_division(state, sizes):
    return [state % size for size in sizes]


@wrong("quotient and remainder are swapped")
def decode_with_swapped_names(state, sizes):
    values = []
    for size in reversed(sizes):
        value, state = divmod(state, size)
        values = [value, *values]
    return values


@wrong("has to be divided by the size")
def decode_that_only_subtracts(state, sizes):
    values = []
    for size in reversed(sizes):
        value = state % size
        values.insert(0, value)
        state -= value
    return values


@wrong("divide with `//`")
def decode_with_fractions(state, sizes):
    values = []
    for size in reversed(sizes):
        values.append(state % size)
        state = state / size
    return values[::-1]


@wrong("decimal digits")
def decode_as_digits(state, sizes):
    return [int(digit) for digit in str(state).zfill(len(sizes))[-len(sizes) :]]


@wrong("two possibilities")
def decode_as_binary(state, sizes):
    values = []
    for _ in sizes:
        values.insert(0, state % 2)
        state //= 2
    return values


@wrong("one too high")
def decode_from_one(state, sizes):
    return [int(value) + 1 for value in decode_with_numpy(state, sizes)]


@wrong("the last value alone")
def decode_leaves_the_loop(state, sizes):
    values = []
    for size in reversed(sizes):
        state, value = divmod(state, size)
        values.append(value)
        return values


@wrong("the first value is missing")
def decode_without_the_first(state, sizes):
    values = []
    for i in range(len(sizes) - 1, 0, -1):
        values.insert(0, state % sizes[i])
        state //= sizes[i]
    return values


@wrong("one value too many")
def decode_with_the_rest(state, sizes):
    values = []
    for size in reversed(sizes):
        values.append(state % size)
        state //= size
    values.append(state)
    return values[::-1]


@wrong("put `list(...)` around it")
def decode_with_an_iterator(state, sizes):
    return reversed(decode_in_the_wrong_order(state, sizes))


@wrong("changes `sizes`")
def decode_eats_its_sizes(state, sizes):
    values = []
    while sizes:
        state, value = divmod(state, sizes.pop())
        values.insert(0, value)
    return values


@wrong("no `yield`")
def decode_as_generator(state, sizes):
    yield from decode_inserts_in_front(state, sizes)


@wrong("prints its result but returns None")
def decode_prints(state, sizes):
    print(decode_inserts_in_front(state, sizes))


@right
def decode_by_recursion_on_slices(state, sizes):
    if not sizes:
        return []
    return [*decode_by_recursion_on_slices(state // sizes[-1], sizes[:-1]), state % sizes[-1]]


@wrong("take square brackets, and a list comes out")
def decode_into_a_generator(state, sizes):
    return (state // math.prod(sizes[n + 1 :]) % size for n, size in enumerate(sizes))
