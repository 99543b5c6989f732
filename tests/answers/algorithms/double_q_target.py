"""Right and wrong answers to `double_q_target`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def double_in_steps(reward, next_q_values, other_next_q_values, terminated, discount):
    best = int(next_q_values.argmax())
    worth = other_next_q_values[best]
    return reward + discount * worth * (not terminated)


@right
def double_without_numpy(reward, next_q_values, other_next_q_values, terminated, discount):
    if terminated:
        return reward
    best = max(range(len(next_q_values)), key=lambda action: next_q_values[action])
    return reward + discount * other_next_q_values[best]


@wrong("that is the target of Q-learning")
def double_as_single(reward, next_q_values, other_next_q_values, terminated, discount):
    best = np.argmax(next_q_values)
    return reward + discount * next_q_values[best] * (1 - terminated)


@wrong("it shall only judge")
def double_by_the_other_alone(reward, next_q_values, other_next_q_values, terminated, discount):
    return reward + discount * np.max(other_next_q_values) * (1 - terminated)


@wrong("the two are exchanged")
def double_exchanged(reward, next_q_values, other_next_q_values, terminated, discount):
    best = np.argmax(other_next_q_values)
    return reward + discount * next_q_values[best] * (1 - terminated)


@wrong("the terminal step still adds")
def double_without_mask(reward, next_q_values, other_next_q_values, terminated, discount):
    return reward + discount * other_next_q_values[np.argmax(next_q_values)]


@wrong("chosen and judged by the same numbers")
def double_of_the_mean(reward, next_q_values, other_next_q_values, terminated, discount):
    together = 0.5 * next_q_values + 0.5 * other_next_q_values
    return reward + discount * together.max() * (1 - terminated)


@wrong("γ is missing")
def double_without_discount(reward, next_q_values, other_next_q_values, terminated, discount):
    return reward + other_next_q_values[np.argmax(next_q_values)] * (1 - terminated)


@wrong("`argmax` is the *number*")
def double_with_the_number(reward, next_q_values, other_next_q_values, terminated, discount):
    return reward + discount * np.argmax(next_q_values) * (1 - terminated)


@wrong("the rows of the next state are already given")
def double_from_tables(reward, next_q_values, other_next_q_values, terminated, discount):
    return reward + discount * other_q_values[next_state].max()


@wrong("the best one of `next_q_values`")
def double_with_an_action_from_elsewhere(reward, next_q_values, other_next_q_values, terminated, discount):
    return reward + discount * other_next_q_values[next_action]


@wrong("end it with `return`")
def double_without_return(reward, next_q_values, other_next_q_values, terminated, discount):
    reward + discount * other_next_q_values[np.argmax(next_q_values)]
