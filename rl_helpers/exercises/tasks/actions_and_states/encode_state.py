"""Exercise of notebook 02: several values in one state number."""

import math

import numpy as np

from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def encode_state(values, sizes):
    """Return the number of a state, the last value changing fastest."""
    state = 0
    for value, size in zip(values, sizes, strict=True):
        state = state * size + value
    return state


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


def _draw(rng):
    for number in range(300):
        sizes = rng.integers(1, 10, size=rng.integers(1, 7)).tolist()
        values = [int(rng.integers(size)) for size in sizes]
        yield Case(tuple(values) if number % 5 == 0 else values, sizes)


exercise = Exercise(
    notebook="02",
    place=1,
    solution=encode_state,
    cases=(
        Case([1, 2], [3, 4], expected=6),
        Case([3, 1, 2, 0], [5, 5, 5, 4], expected=328),
        Case([5, 7, 1], [6, 8, 2], expected=95),
        Case([0, 0, 1], [6, 8, 2], expected=1),
        Case([4], [7], expected=4),
        Case([2, 1, 0, 3, 1], [3, 2, 4, 5, 2], expected=207),
    ),
    observe=_whole_number,
    draw=_draw,
    mistakes=(
        (
            lambda values, sizes: encode_state(values, sizes) + 1,
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
            lambda values, sizes: encode_state(list(values)[::-1], list(sizes)[::-1]),
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
            _joined(lambda state, value, size: state**size + value),
            "`**` raises to a power. Multiply by the size: `state * size + value`.",
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
            lambda values, sizes: encode_state(values[:-1], sizes[:-1]),
            "the last value is missing.",
        ),
    ),
    hint="begin with 0; for each value multiply by its size, then add the value.",
)
