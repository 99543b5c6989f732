"""Right and wrong answers to `q_update`."""

import numpy as np

from tests.answers.table import right, wrong

error = 1.25  # Notebooks have such names too, and functions find them.


@right
def update_of_a_row(q_values, state, action, td_error, learning_rate):
    row = q_values[state]
    row[action] = row[action] + td_error * learning_rate
    return q_values


@right
def update_with_target(q_values, state, action, td_error, learning_rate):
    old = q_values[state][action]
    target = old + td_error
    q_values[state][action] = (1 - learning_rate) * old + learning_rate * target


@right
def update_of_all_with_zeros(q_values, state, action, td_error, learning_rate):
    step = np.zeros_like(q_values)
    step[state, action] = 1
    q_values += learning_rate * td_error * step


@wrong("the table is as it was")
def update_of_a_copy(q_values, state, action, td_error, learning_rate):
    q_values = q_values.copy()
    q_values[state, action] += learning_rate * td_error
    return q_values


@wrong("the table is as it was")
def update_of_a_variable(q_values, state, action, td_error, learning_rate):
    q_value = q_values[state, action]
    q_value += learning_rate * td_error


@wrong("the old value is lost")
def update_that_overwrites(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = learning_rate * td_error


@wrong("the old value is lost, and α is missing")
def update_that_assigns_the_error(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = td_error


@wrong("α is missing: go `learning_rate` times the error")
def update_without_learning_rate(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += td_error


@wrong("away from the target")
def update_with_wrong_sign(q_values, state, action, td_error, learning_rate):
    q_values[state, action] -= learning_rate * td_error


@wrong("shrinks by (1 − α)")
def update_mixing_two_formulas(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = (1 - learning_rate) * q_values[state, action] + learning_rate * td_error


@wrong("swapped")
def update_with_wrong_axis(q_values, state, action, td_error, learning_rate):
    q_values[action, state] += learning_rate * td_error


@wrong("the whole row")
def update_of_the_whole_row(q_values, state, action, td_error, learning_rate):
    q_values[state] += learning_rate * td_error


@wrong("the whole column")
def update_of_the_whole_column(q_values, state, action, td_error, learning_rate):
    q_values[:, action] += learning_rate * td_error


@wrong("cut to a whole number")
def update_with_integers(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = int(q_values[state, action] + learning_rate * td_error)


@wrong("the parameter is called `td_error`")
def update_with_an_error_from_another_cell(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += learning_rate * error


@wrong("in code it is `learning_rate`")
def update_with_the_symbol(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += α * td_error


@wrong("use the parameter `learning_rate`, not the number 0.1")
def update_with_a_number(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += 0.1 * td_error


@wrong("the difference is already worked out: `td_error`")
def update_that_works_out_the_error(q_values, state, action, td_error, learning_rate):
    q_values[state, action] += learning_rate * (target - q_values[state, action])


@right
def update_by_numpys_own_function(q_values, state, action, td_error, learning_rate):
    np.add.at(q_values, (state, action), learning_rate * td_error)


@wrong("one entry changes")
def update_of_all_equal_entries(q_values, state, action, td_error, learning_rate):
    q_values[q_values == q_values[state, action]] += learning_rate * td_error


@wrong("one entry changes")
def update_that_rounds(q_values, state, action, td_error, learning_rate):
    q_values[state, action] = round(q_values[state, action] + learning_rate * td_error, 3)
