"""Right and wrong answers to `softmax`."""

import math

import numpy as np

from tests.answers.table import right, wrong


@right
def softmax_in_one_go(q_values, temperature):
    scaled = np.array(q_values, dtype=float) / temperature
    scaled = scaled - scaled.max()
    return np.exp(scaled) / np.exp(scaled).sum()


@right
def softmax_in_a_loop(q_values, temperature):
    largest = max(q_values)
    weights = []
    for value in q_values:
        weights.append(math.exp((value - largest) / temperature))
    return [weight / sum(weights) for weight in weights]


@right
def softmax_by_the_logarithm_of_the_sum(q_values, temperature):
    scaled = q_values / temperature
    return np.exp(scaled - np.logaddexp.reduce(scaled))


@right
def softmax_by_differences(q_values, temperature):
    with np.errstate(over="ignore"):
        return np.array([1 / np.exp((q_values - value) / temperature).sum() for value in q_values])


@wrong("the exponentials overflow")
def softmax_as_the_formula_says(q_values, temperature):
    return np.exp(q_values / temperature) / np.sum(np.exp(q_values / temperature))


@wrong("by taking the same number away")
def softmax_as_the_formula_says_in_plain_python(q_values, temperature):
    weights = [math.exp(value / temperature) for value in q_values]
    return [weight / sum(weights) for weight in weights]


@wrong("all exponentials are rounded to 0")
def softmax_that_mistrusts_large_values_only(q_values, temperature):
    if q_values.max() / temperature > 100:
        q_values = q_values - q_values.max()
    weights = np.exp(q_values / temperature)
    return weights / weights.sum()


@wrong("multiplied by the temperature")
def softmax_times_temperature(q_values, temperature):
    weights = np.exp(q_values * temperature)
    return weights / weights.sum()


@wrong("the temperature has no effect")
def softmax_without_temperature(q_values, temperature):
    weights = np.exp(q_values - np.max(q_values))
    return weights / weights.sum()


@wrong("inside the exponential")
def softmax_with_the_temperature_outside(q_values, temperature):
    weights = np.exp(q_values - np.max(q_values)) / temperature
    return weights / weights.sum()


@wrong("do not sum to 1")
def softmax_without_the_sum(q_values, temperature):
    return np.exp((q_values - q_values.max()) / temperature)


@wrong("do not sum to 1")
def softmax_with_the_mean(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / temperature)
    return weights / len(weights)


@wrong("the sign is turned round")
def softmax_turned_round(q_values, temperature):
    weights = np.exp((q_values.max() - q_values) / temperature)
    return weights / weights.sum()


@wrong("subtract first, then divide")
def softmax_that_divides_before_it_subtracts(q_values, temperature):
    weights = np.exp(q_values / temperature - max(q_values))
    return weights / weights.sum()


@wrong("with the mean subtracted")
def softmax_around_the_mean(q_values, temperature):
    weights = np.exp((q_values - np.mean(q_values)) / temperature)
    return weights / weights.sum()


@wrong("1000 and 1001 are the same")
def softmax_with_a_cap(q_values, temperature):
    weights = np.exp(np.clip(q_values / temperature, -500, 500))
    return weights / weights.sum()


@wrong("the exponential is missing")
def softmax_without_exponential(q_values, temperature):
    return q_values / sum(q_values)


@wrong("that is the greedy choice")
def softmax_that_is_greedy(q_values, temperature):
    return [1.0 if action == q_values.argmax() else 0.0 for action in range(len(q_values))]


@wrong("Which one is taken is drawn later")
def softmax_that_draws(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / temperature)
    return np.random.choice(len(q_values), p=weights / weights.sum())


@wrong("`q_values`, which belongs to whoever called it")
def softmax_in_place(q_values, temperature):
    q_values -= q_values.max()
    weights = np.exp(q_values / temperature)
    return weights / weights.sum()


@wrong("use the parameter `temperature`, not the number 0.5")
def softmax_with_a_fixed_temperature(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / 0.5)
    return weights / weights.sum()


@wrong("returns None")
def softmax_without_return(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / temperature)
    weights /= weights.sum()


@wrong("in code it is `temperature`")
def softmax_with_greek_letters(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / τ)
    return weights / weights.sum()


@right
def softmax_as_a_tuple(q_values, temperature):
    scaled = np.array(q_values, dtype=float)
    scaled -= max(scaled)
    weights = np.exp(scaled / temperature)
    return tuple(weights / weights.sum())


@wrong("divided by the sum of these")
def softmax_rounded(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / temperature)
    return np.round(weights / weights.sum(), 2)


@wrong("divided by the sum of these")
def softmax_of_whole_exponents(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) // temperature)
    return weights / weights.sum()
