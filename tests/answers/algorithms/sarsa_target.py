"""Right and wrong answers to `sarsa_target`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def sarsa_in_one_line(reward, next_q_values, next_action, terminated, discount):
    return reward + (not terminated) * discount * next_q_values[next_action]


@right
def sarsa_with_a_variable(reward, next_q_values, next_action, terminated, discount):
    later = 0
    if not terminated:
        later = next_q_values[next_action]
    return reward + discount * later


@right
def sarsa_as_a_dot_product(reward, next_q_values, next_action, terminated, discount):
    played = np.arange(len(next_q_values)) == next_action
    return np.where(terminated, reward, reward + discount * np.dot(played, next_q_values))


@wrong("that is the target of Q-learning: it counts on the *best* next action")
def sarsa_that_is_q_learning(reward, next_q_values, next_action, terminated, discount):
    if terminated:
        return reward
    return reward + discount * max(next_q_values)


@wrong("the terminal step still adds γ·Q(s′, a′)")
def sarsa_without_an_end(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * next_q_values[next_action]


@wrong("and the terminal step adds to it as well")
def sarsa_that_is_q_learning_without_an_end(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * np.max(next_q_values)


@wrong("the test is the wrong way round")
def sarsa_with_an_end_that_goes_on(reward, next_q_values, next_action, terminated, discount):
    return reward if not terminated else reward + discount * next_q_values[next_action]


@wrong("the terminal step loses its reward")
def sarsa_with_nothing_at_the_end(reward, next_q_values, next_action, terminated, discount):
    return (1 - terminated) * (reward + discount * next_q_values[next_action])


@wrong("γ is missing")
def sarsa_without_a_discount(reward, next_q_values, next_action, terminated, discount):
    return reward + next_q_values[next_action] * (1 - terminated)


@wrong("γ multiplies the reward as well")
def sarsa_that_discounts_all(reward, next_q_values, next_action, terminated, discount):
    if terminated:
        return reward
    return discount * (next_q_values[next_action] + reward)


@wrong("γ is at the wrong place")
def sarsa_with_a_misplaced_discount(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else next_q_values[next_action] + reward * discount


@wrong("a *number* of an action, not what it is worth")
def sarsa_that_adds_the_action(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else reward + discount * next_action


@wrong("the mean over all next actions")
def sarsa_with_a_mean(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else reward + discount * sum(next_q_values) / len(next_q_values)


@wrong("`argmax` is the *number*")
def sarsa_with_argmax(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else reward + discount * np.argmax(next_q_values)


@wrong("take the entry of `next_action`")
def sarsa_with_a_whole_row(reward, next_q_values, next_action, terminated, discount):
    if terminated:
        return reward
    return reward + discount * next_q_values


@wrong("the row of the next state is already given")
def sarsa_with_a_table(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * q_values[next_state, next_action]


@wrong("what counts is the action played *next*")
def sarsa_with_the_action_before(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * next_q_values[action]


@wrong("use the parameter `discount`, not the number 0.9")
def sarsa_with_a_number(reward, next_q_values, next_action, terminated, discount):
    return reward if terminated else reward + 0.9 * next_q_values[next_action]


@wrong("prints its result but returns None")
def sarsa_that_prints(reward, next_q_values, next_action, terminated, discount):
    print(sarsa_in_one_line(reward, next_q_values, next_action, terminated, discount))


@wrong("returns None")
def sarsa_without_a_return(reward, next_q_values, next_action, terminated, discount):
    target = sarsa_in_one_line(reward, next_q_values, next_action, terminated, discount)


@wrong("cut to a whole number")
def sarsa_with_integers(reward, next_q_values, next_action, terminated, discount):
    return int(sarsa_in_one_line(reward, next_q_values, next_action, terminated, discount))
