"""Exercise of notebook 02: and back, from a state number to the values."""

import math
from collections.abc import Iterator

import numpy as np

from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def decode_state(state, sizes):
    """Return the list of values that a state number stands for."""
    values = []
    for size in reversed(sizes):
        state, value = divmod(state, size)
        values.append(value)
    return values[::-1]


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


def _draw(rng):
    for _ in range(300):
        sizes = rng.integers(1, 10, size=rng.integers(1, 7)).tolist()
        yield Case(int(rng.integers(math.prod(sizes))), sizes)


exercise = Exercise(
    notebook="02",
    place=2,
    solution=decode_state,
    cases=(
        Case(6, [3, 4], expected=[1, 2]),
        Case(328, [5, 5, 5, 4], expected=[3, 1, 2, 0]),
        Case(95, [6, 8, 2], expected=[5, 7, 1]),
        Case(0, [6, 8, 2], expected=[0, 0, 0]),
        Case(4, [7], expected=[4]),
        Case(207, [3, 2, 4, 5, 2], expected=[2, 1, 0, 3, 1]),
    ),
    observe=_values,
    draw=_draw,
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
            lambda state, sizes: [0, *decode_state(state, sizes)],
            "there is one value too many: a list of n sizes gives n values.",
        ),
    ),
    hint="from the last size to the first: the remainder of the division by the size is the value, and the "
    "quotient goes on.",
)
