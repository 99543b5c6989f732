"""Right and wrong answers to `log_probability_gradient`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def gradient_from_a_one_hot_row(probabilities, action):
    one_hot = np.zeros(len(probabilities))
    one_hot[action] = 1
    return one_hot - probabilities


@right
def gradient_with_a_comparison(probabilities, action):
    return (np.arange(len(probabilities)) == action) - probabilities


@right
def gradient_from_a_list(probabilities, action):
    return np.array([(1.0 if k == action else 0.0) - p for k, p in enumerate(probabilities)])


@wrong("the other actions are missing")
def gradient_of_the_chosen_only(probabilities, action):
    return np.eye(len(probabilities))[action]


@wrong("the 1 of the chosen action is missing")
def gradient_without_the_one(probabilities, action):
    return -probabilities


@wrong("the sign is turned round")
def gradient_downhill(probabilities, action):
    gradient = probabilities.copy()
    gradient[action] -= 1
    return gradient


@wrong("the probabilities are subtracted")
def gradient_with_a_plus(probabilities, action):
    return np.eye(len(probabilities))[action] + probabilities


@wrong("that is the gradient of π(a) itself")
def gradient_of_the_probability(probabilities, action):
    return probabilities[action] * ((np.arange(len(probabilities)) == action) - probabilities)


@wrong("with respect to the preferences")
def gradient_with_respect_to_pi(probabilities, action):
    gradient = np.zeros(len(probabilities))
    gradient[action] = 1 / probabilities[action]
    return gradient


@wrong("only the chosen action has an entry")
def gradient_with_zeros(probabilities, action):
    gradient = np.zeros(len(probabilities))
    gradient[action] = 1 - probabilities[action]
    return gradient


@wrong("the 1 stands for the chosen action alone")
def gradient_with_ones_everywhere(probabilities, action):
    return 1 - probabilities


@wrong("return an array, an entry for each action")
def gradient_that_is_a_number(probabilities, action):
    return 1 - probabilities[action]


@wrong("changes `probabilities`")
def gradient_in_place(probabilities, action):
    probabilities *= -1
    probabilities[action] += 1
    return probabilities


@wrong("the softmax of them is given")
def gradient_from_logits(probabilities, action):
    weights = np.exp(logits)
    return np.eye(len(weights))[action] - weights / weights.sum()


@wrong("returns None")
def gradient_without_a_return(probabilities, action):
    gradient = -probabilities
    gradient[action] += 1
