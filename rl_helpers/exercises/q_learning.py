"""Exercises of notebook 06: the three lines of Q-learning."""

import numpy as np

from rl_helpers.exercises import solutions
from rl_helpers.exercises.exercise import Case, Exercise


def _target(value=max, *, mask=True):
    """Return a TD target with another function in the place of max, with or without the terminal mask."""
    return lambda reward, next_q_values, terminated, discount: (
        reward if mask and terminated else reward + discount * value(next_q_values)
    )


td_target = Exercise(
    name="td_target",
    notebook="06",
    solution=solutions.td_target,
    cases=(
        Case(1.0, np.array([0.0, 2.0, -1.0]), False, 0.5, expected=2.0),
        Case(-0.25, np.array([1.5, 0.5, 4.0, 3.0]), False, 0.9, expected=3.35),
        Case(5.0, np.array([0.0, 2.0, 3.0]), True, 0.5, expected=5.0),
        Case(0.5, np.array([-3.0, -2.0]), False, 0.5, expected=-0.5),
        Case(0.75, np.array([2.0, 1.0]), False, 0.0, expected=0.75),
        Case(0.75, np.array([4.0, 1.0, 6.0]), False, 1.0, expected=6.75),
        Case(-1.0, np.array([-3.0, -2.0]), True, 0.9, expected=-1.0),
    ),
    mistakes=(
        (
            _target(mask=False),
            "the terminal step still adds γ·max Q(s′, ·). When the episode has terminated there is no next "
            "state, "
            "and nothing to come: the target is the reward alone.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward + discount * max(next_q_values) if terminated else reward
            ),
            "the test is the wrong way round: it is the *terminal* step that has no next state.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                0.0 if terminated else reward + discount * max(next_q_values)
            ),
            "the terminal step loses its reward. Only what would have come next falls away, the reward "
            "counts.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else reward + max(next_q_values)
            ),
            "γ is missing: what comes next counts `discount` times.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else discount * (reward + max(next_q_values))
            ),
            "γ multiplies the reward as well. The reward of this step comes at once and counts in full.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else discount * reward + max(next_q_values)
            ),
            "γ is at the wrong place: it multiplies max Q(s′, ·), not the reward.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else reward - discount * max(next_q_values)
            ),
            "what comes next is added to the reward, not taken away from it.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else reward + (1 - discount) * max(next_q_values)
            ),
            "the factor is γ itself, not 1 − γ.",
        ),
        (
            _target(np.argmax),
            "`argmax` is the *number* of the best action. The target needs its *value*: max.",
        ),
        (_target(np.mean), "that is the mean over actions. Q-learning counts on the best one: max."),
        (_target(np.sum), "that is the sum over actions. Q-learning counts on the best one: max."),
        (_target(min), "that is the value of the worst action. Q-learning counts on the best one: max."),
        (
            _target(lambda q_values: q_values[0]),
            "that is the value of action 0. Q-learning counts on the best one: max.",
        ),
        (
            _target(lambda q_values: q_values[-1]),
            "that is the value of the last action. Q-learning counts on the best one: max.",
        ),
        (
            _target(lambda q_values: max(0, *q_values)),
            "the maximum never falls below 0. Values may all be negative: start it from the first of them.",
        ),
        (_target(lambda q_values: q_values), "the target is one number: take the maximum over the actions."),
        (
            lambda *arguments: int(solutions.td_target(*arguments)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="the target is r + γ · max Q(s′, ·), and r alone after a terminal step.",
)

td_error = Exercise(
    name="td_error",
    notebook="06",
    solution=solutions.td_error,
    cases=(
        Case(2.0, 0.5, expected=1.5),
        Case(0.5, 2.0, expected=-1.5),
        Case(-1.25, -3.0, expected=1.75),
        Case(0.0, 0.0, expected=0.0),
    ),
    mistakes=(
        (
            lambda target, q_value: q_value - target,
            "the sign is the wrong way round: the error is positive when the target lies *above* the "
            "present value.",
        ),
        (
            lambda target, q_value: abs(target - q_value),
            "the sign is lost. The update has to know in which direction to go: no `abs`.",
        ),
        (
            lambda target, q_value: (target - q_value) ** 2,
            "the difference is squared. That is a loss; the TD error is the difference itself.",
        ),
        (
            lambda target, q_value: (target - q_value) ** 2 / 2,
            "the difference is squared. That is a loss; the TD error is the difference itself.",
        ),
        (
            lambda target, q_value: target + q_value,
            "the two are added: what is wanted is how far they are apart.",
        ),
        (lambda target, q_value: target, "that is the target alone: take the present value away from it."),
        (
            lambda target, q_value: int(target - q_value),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
        (
            lambda target, q_value: target > q_value,
            "a comparison says *whether*, the error says by *how much*: subtract.",
        ),
        (
            lambda target, q_value: max(0.0, target - q_value),
            "negative errors are lost. A step that was worse than expected teaches as well.",
        ),
    ),
    hint="take the present value away from the target.",
)


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


q_update = Exercise(
    name="q_update",
    notebook="06",
    solution=solutions.q_update,
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
    mistakes=(
        (
            _in_a_copy,
            "the table is as it was. Change the table that the function is given: `q_values[state, action] "
            "+= …`. "
            "A copy, or a variable of your own, is forgotten when the function ends.",
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
            "value "
            "stays whole: old + α · error.",
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
