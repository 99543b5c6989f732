"""Right and wrong answers to `regret`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def regret_in_one_go(best_mean, chosen_means):
    return best_mean * len(chosen_means) - sum(chosen_means)


@right
def regret_with_numpy(best_mean, chosen_means):
    return np.sum(best_mean - np.array(chosen_means))


@right
def regret_in_a_loop(best_mean, chosen_means):
    total = 0
    for mean in chosen_means:
        total += best_mean - mean
    return total


@wrong("the sign is turned round")
def regret_below_zero(best_mean, chosen_means):
    return sum(chosen_means) - best_mean * len(chosen_means)


@wrong("the best mean is counted once")
def regret_of_one_best(best_mean, chosen_means):
    return best_mean - sum(chosen_means)


@wrong("the mean regret of a step")
def regret_of_the_mean(best_mean, chosen_means):
    return best_mean - sum(chosen_means) / len(chosen_means)


@wrong("the regret of each step")
def regret_one_by_one(best_mean, chosen_means):
    return list(best_mean - np.array(chosen_means))


@wrong("the best post that was taken")
def regret_of_the_best_taken(best_mean, chosen_means):
    best = max(chosen_means, default=0.0)
    return sum(best - mean for mean in chosen_means)


@wrong("by how much")
def regret_as_a_count(best_mean, chosen_means):
    return len([mean for mean in chosen_means if mean != best_mean])


@wrong("`chosen_means` is a list")
def regret_summed_wrongly(best_mean, chosen_means):
    return sum(best_mean - chosen_means)


@wrong("rewards are chance")
def regret_of_rewards(best_mean, chosen_means):
    return sum(best_mean - reward for reward in rewards)
