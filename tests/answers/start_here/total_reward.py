"""Right and wrong answers to `total_reward`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def total_in_a_loop(rewards):
    total = 0
    for reward in rewards:
        total += reward
    return total


@right
def total_with_numpy(rewards):
    return np.sum(rewards)


@wrong("how many rewards there are")
def total_counts_them(rewards):
    n = 0
    for _ in rewards:
        n += 1
    return n


@wrong("water is left out")
def total_of_treats(rewards):
    total = 0.0
    for reward in rewards:
        total += max(reward, 0)
    return total


@wrong("leave the signs alone")
def total_without_signs(rewards):
    return np.abs(rewards).sum()


@wrong("do not divide")
def total_is_the_mean(rewards):
    return sum(rewards) / len(rewards)


@wrong("the largest reward")
def total_is_the_best(rewards):
    return sorted(rewards)[-1] if rewards else max(rewards)


@wrong("end it with `return`")
def total_without_return(rewards):
    sum(rewards)


@wrong("prints its result but returns None")
def total_printed(rewards):
    print(sum(rewards))


@wrong("all rewards are in the list `rewards`")
def total_of_names_from_elsewhere(rewards):
    return treats - squirts


@wrong("add up all rewards")
def total_from_the_second_on(rewards):
    total = 0
    for i in range(1, len(rewards)):
        total += rewards[i]
    return total


@wrong("cut to a whole number")
def total_as_integer(rewards):
    return int(sum(rewards))
