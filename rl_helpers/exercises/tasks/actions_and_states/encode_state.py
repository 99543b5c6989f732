"""Exercises of notebook 02: several values in one state number, and back."""

import math
from collections.abc import Iterator

import numpy as np

from rl_helpers.exercises.answers import solutions
from rl_helpers.exercises.checking.exercise import Case, Exercise
from rl_helpers.exercises.checking.scripted_world import Mistake


def _joined(step):
    """Return an encoder that goes through values and sizes with `step(state, value, size)`."""

    def encode(values, sizes):
        state = 0
        for value, size in zip(values, sizes, strict=True):
            state = step(state, value, size)
        return state

    return encode


def _size_before(values, sizes):
    state = 0
    for position, value in enumerate(values):
        state = state * sizes[position - 1] + value
    return state


def _whole_number(state, values, sizes):
    """Return the state, after a look at whether it can number a row of a table."""
    if isinstance(state, float | np.floating):
        raise Mistake(
            "the state is a float, and only whole numbers can number the rows of a table: "
            "divide with `//`, never with `/`"
        )
    return state


encode_state = Exercise(
    name="encode_state",
    notebook="02",
    solution=solutions.encode_state,
    cases=(
        Case([1, 2], [3, 4], expected=6),
        Case([3, 1, 2, 0], [5, 5, 5, 4], expected=328),
        Case([5, 7, 1], [6, 8, 2], expected=95),
        Case([0, 0, 1], [6, 8, 2], expected=1),
        Case([4], [7], expected=4),
        Case([2, 1, 0, 3, 1], [3, 2, 4, 5, 2], expected=207),
    ),
    observe=_whole_number,
    mistakes=(
        (
            lambda values, sizes: solutions.encode_state(values, sizes) + 1,
            "the number is one too high: states are counted from 0.",
        ),
        (
            _size_before,
            "the state is multiplied by the size of the value *before*: that is row × number of rows. One "
            "row further means a whole row of columns further: multiply by the size of the value you add "
            "next.",
        ),
        (
            _joined(lambda state, value, size: (state + value) * size),
            "the last value is multiplied as well: multiply first, then add: `state * size + value`.",
        ),
        (
            lambda values, sizes: solutions.encode_state(list(values)[::-1], list(sizes)[::-1]),
            "the values are taken from the wrong end: it is the *last* one that changes from one number to "
            "the next.",
        ),
        (
            _joined(lambda state, value, size: state + value * size),
            "each value is multiplied by its own size. A value counts as many states as all the values "
            "*behind* it can form together.",
        ),
        (
            _joined(lambda state, value, size: state + value),
            "that is the sum of the values: (1, 2) and (2, 1) would get the same number.",
        ),
        (
            lambda values, sizes: math.prod(values),
            "that is the product of the values: as soon as one of them is 0, all is 0.",
        ),
        (
            lambda values, sizes: math.prod(sizes),
            "that is the number of all states. Which of them is meant depends on the values.",
        ),
        (
            _joined(lambda state, value, size: 10 * state + value),
            "the values are written behind each other as digits. That leaves gaps, unless every size is 10: "
            "multiply by the size.",
        ),
        (
            _joined(lambda state, value, size: 2 * state + value),
            "every value is taken for one with two possibilities: multiply by its size, not by 2.",
        ),
        (
            lambda values, sizes: _joined(lambda state, value, size: state * sizes[0] + value)(values, sizes),
            "the first size is used for all values: take the size that belongs to each.",
        ),
        (
            _joined(lambda state, value, size: state * (size - 1) + value),
            "the size is the number of possible values, from 0 to size − 1: multiply by `size` itself.",
        ),
        (
            _joined(lambda state, value, size: value),
            "only the last value is left: each step must keep what is there: `state * size + value`.",
        ),
        (
            lambda values, sizes: values[0],
            "only the first value counts: is `return` indented too far?",
        ),
        (
            lambda values, sizes: solutions.encode_state(values[:-1], sizes[:-1]),
            "the last value is missing.",
        ),
    ),
    hint="begin with 0; for each value multiply by its size, then add the value.",
)


def _peeled(sizes_in_order, result=lambda values: values[::-1], *, step=divmod, keep=False):
    """Return a decoder with one mistake in it: in the order, in the division or in the end."""

    def decode(state, sizes):
        values = []
        for size in sizes_in_order(sizes):
            quotient, value = step(state, size)
            values.append(value)
            state = state if keep else quotient
        return result(values)

    return decode


def _backwards(sizes):
    return list(sizes)[::-1]


def _forwards(sizes):
    return list(sizes)


def _values(values, state, sizes):
    """Return the values as a list, after a look at what kind they are."""
    if isinstance(values, Iterator) and not hasattr(values, "send"):
        raise Mistake(
            f"a {type(values).__name__} came, which is used up once it has been read: "
            "put `list(...)` around it"
        )
    if isinstance(values, list | tuple) and any(isinstance(value, float | np.floating) for value in values):
        raise Mistake("the values are floats: divide with `//`, which leaves whole numbers, not with `/`")
    return values


decode_state = Exercise(
    name="decode_state",
    notebook="02",
    solution=solutions.decode_state,
    cases=(
        Case(6, [3, 4], expected=[1, 2]),
        Case(328, [5, 5, 5, 4], expected=[3, 1, 2, 0]),
        Case(95, [6, 8, 2], expected=[5, 7, 1]),
        Case(0, [6, 8, 2], expected=[0, 0, 0]),
        Case(4, [7], expected=[4]),
        Case(207, [3, 2, 4, 5, 2], expected=[2, 1, 0, 3, 1]),
    ),
    observe=_values,
    mistakes=(
        (
            _peeled(_backwards, lambda values: values),
            "the values come in the wrong order: the last one is found first, so turn the list round at "
            "the end.",
        ),
        (
            _peeled(_forwards, lambda values: values),
            "the sizes are taken from the wrong end: what `%` splits off first is the *last* value, so begin "
            "with the last size.",
        ),
        (
            _peeled(_forwards),
            "the sizes are taken from the wrong end: what `%` splits off first is the *last* value, so begin "
            "with the last size.",
        ),
        (
            _peeled(_backwards, keep=True),
            "the state stays as it was: after each value, go on with `state // size`.",
        ),
        (
            _peeled(_backwards, step=lambda state, size: divmod(state, size)[::-1]),
            "quotient and remainder are swapped: the remainder, `state % size`, is the value; the quotient, "
            "`state // size`, goes on.",
        ),
        (
            _peeled(_backwards, step=lambda state, size: (state - state % size, state % size)),
            "the value is taken away, and then the state has to be divided by the size: `state // size`.",
        ),
        (
            _peeled(_backwards, step=lambda state, size: divmod(state, 10)),
            "the state is split into decimal digits: divide by the size, not by 10.",
        ),
        (
            _peeled(_backwards, step=lambda state, size: divmod(state, 2)),
            "every value is taken for one with two possibilities: divide by its size, not by 2.",
        ),
        (
            _peeled(_backwards, lambda values: [value + 1 for value in values[::-1]]),
            "each value is one too high: they are counted from 0, and so is the remainder.",
        ),
        (
            _peeled(lambda sizes: _backwards(sizes)[:1]),
            "that is the last value alone: is `return` indented too far?",
        ),
        (
            _peeled(lambda sizes: _backwards(sizes)[:-1]),
            "the first value is missing: it is what is left after the last division.",
        ),
        (
            lambda state, sizes: [0, *solutions.decode_state(state, sizes)],
            "there is one value too many: a list of n sizes gives n values.",
        ),
    ),
    hint="from the last size to the first: the remainder of the division by the size is the value, and the "
    "quotient goes on.",
)
