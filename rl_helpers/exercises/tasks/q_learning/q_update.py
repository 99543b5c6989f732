"""Exercise of notebook 05: the update of the table."""

import numpy as np

from rl_helpers.exercises.checking.compare import entries
from rl_helpers.exercises.checking.drawing.inputs import number, numbers, share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def q_update(q_values, state, action, td_error, learning_rate):
    """Move Q(s, a) by the step size times the TD error, in the table itself."""
    q_values[state, action] += learning_rate * td_error


def _changes_table(change):
    """Return a q_update that does `change` to the table."""

    def update(q_values, state, action, td_error, learning_rate):
        change(q_values, (state, action), td_error, learning_rate)

    return update


def _assign(new_value):
    """Return a q_update that replaces Q(s, a) by `new_value(old, td_error, learning_rate)`."""

    def change(table, cell, td_error, learning_rate):
        table[cell] = new_value(table[cell], td_error, learning_rate)

    return _changes_table(change)


def _add_at(place):
    """Return a q_update that adds the step at another place of the table."""

    def change(table, cell, td_error, learning_rate):
        table[place(*cell)] += learning_rate * td_error

    return _changes_table(change)


def _in_a_copy(q_values, state, action, td_error, learning_rate):
    q_values.copy()[state, action] += learning_rate * td_error


def _table(*rows):
    return np.array(rows, dtype=float)


def _draw(rng):
    for _ in range(200):
        n_states, n_actions = rng.integers(1, 6, size=2).tolist()
        table = np.array(numbers(rng, n_states * n_actions)).reshape(n_states, n_actions)
        state, action = int(rng.integers(n_states)), int(rng.integers(n_actions))
        yield Case(table, state, action, number(rng), share(rng))


exercise = Exercise(
    notebook="05",
    place=3,
    solution=q_update,
    cases=(
        Case(
            _table([0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 3.0]),
            2,
            1,
            1.5,
            0.5,
            expected=_table([0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 2.75, 0.0], [0.0, 0.0, 3.0]),
        ),
        Case(
            _table([1.0, 2.0, 4.0], [3.0, -1.0, 0.5], [0.25, 0.0, 6.0]),
            0,
            2,
            -3.0,
            0.25,
            expected=_table([1.0, 2.0, 3.25], [3.0, -1.0, 0.5], [0.25, 0.0, 6.0]),
        ),
        Case(
            _table([1.0, 2.0], [3.0, 4.0]),
            1,
            0,
            0.5,
            1.0,
            expected=_table([1.0, 2.0], [3.5, 4.0]),
        ),
    ),
    # What counts is the table afterwards; whether it is returned as well makes no difference.
    observe=lambda result, q_values, *others: q_values,
    changes=("q_values",),
    draw=_draw,
    names={
        "error": "the parameter is called `td_error`.",
        **dict.fromkeys(
            ("target", "q_value", "reward", "discount"), "the difference is already worked out: `td_error`."
        ),
    },
    show=entries,
    mistakes=(
        (
            _in_a_copy,
            "the table is as it was. Change the table that the function is given: `q_values[state, action] "
            "+= …`. A copy, or a variable of your own, is forgotten when the function ends.",
        ),
        (
            _assign(lambda old, error, rate: rate * error),
            "the old value is lost: the step is *added* to Q(s, a), so use `+=`.",
        ),
        (
            _assign(lambda old, error, rate: error),
            "the old value is lost, and α is missing: *add* α times the error to Q(s, a).",
        ),
        (
            _assign(lambda old, error, rate: old + error),
            "α is missing: go `learning_rate` times the error, not all the way.",
        ),
        (
            _assign(lambda old, error, rate: old - rate * error),
            "the value moves away from the target: add the step, do not take it away.",
        ),
        (
            _assign(lambda old, error, rate: (1 - rate) * old + rate * error),
            "the old value shrinks by (1 − α). That formula takes the *target*; with the *error*, the old "
            "value stays whole: old + α · error.",
        ),
        (
            _assign(lambda old, error, rate: old + (1 - rate) * error),
            "the step is α times the error, not (1 − α) times.",
        ),
        (
            _assign(lambda old, error, rate: int(old + rate * error)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
        (
            _assign(lambda old, error, rate: old + rate + error),
            "α and the error are added: multiply them.",
        ),
        (
            _add_at(lambda state, action: (action, state)),
            "state and action are swapped: a row is a state, a column is an action.",
        ),
        (
            _add_at(lambda state, action: state),
            "the whole row changes. Only the action that was done has taught something: `q_values[state, "
            "action]`.",
        ),
        (
            _add_at(lambda state, action: (slice(None), action)),
            "the whole column changes. Only the state that was visited has: `q_values[state, action]`.",
        ),
        (
            _add_at(lambda state, action: slice(None)),
            "the whole table changes. Only one entry has taught something: `q_values[state, action]`.",
        ),
    ),
    hint="one entry changes: Q(s, a) becomes Q(s, a) + α · error.",
)
