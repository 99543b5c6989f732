"""Right and wrong answers to the exercises of notebook 04; see `exercise_answers.py`."""
# ruff: noqa: F821, NPY002 - learners use the old random numbers, and names that do not exist

import math
import random

import numpy as np

from tests.answers.table import right, wrong

# epsilon_greedy


@right("epsilon_greedy")
def chooses_in_plain_python(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(0, len(q_values))
    largest = max(q_values)
    ties = [action for action in range(len(q_values)) if q_values[action] == largest]
    return ties[rng.integers(len(ties))]


@right("epsilon_greedy")
def chooses_by_probabilities(q_values, epsilon, rng):
    best = q_values == q_values.max()
    probabilities = epsilon / len(q_values) + (1 - epsilon) * best / best.sum()
    return rng.choice(len(q_values), p=probabilities)


@right("epsilon_greedy")
def chooses_with_noise_on_ties(q_values, epsilon, rng):
    values = np.zeros(len(q_values)) if rng.uniform() < epsilon else q_values
    return int(np.lexsort((rng.random(len(values)), values))[-1])


@right("epsilon_greedy")
def chooses_the_other_way_round(q_values, epsilon, rng):
    if rng.random() >= epsilon:
        return int(rng.choice(np.argwhere(q_values == np.amax(q_values)).flatten()))
    return int(rng.choice(range(len(q_values))))


@wrong("epsilon_greedy", "the first is always taken, as `argmax` does")
def chooses_the_first_of_the_best(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    return int(np.argmax(q_values))


@wrong("epsilon_greedy", "the last is always taken")
def chooses_the_last_of_the_best(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    action = 0
    for i in range(len(q_values)):
        if q_values[i] >= q_values[action]:
            action = i
    return action


@wrong("epsilon_greedy", "it never explores")
def chooses_the_best_always(q_values, epsilon, rng):
    return q_values.argmax()


@wrong("epsilon_greedy", "it never explores")
def chooses_one_of_the_best_always(q_values, epsilon, rng):
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("epsilon_greedy", "it always explores")
def chooses_anything_always(q_values, epsilon, rng):
    return rng.integers(len(q_values))


@wrong("epsilon_greedy", "the test is the wrong way round")
def chooses_with_a_turned_test(q_values, epsilon, rng):
    if rng.random() > epsilon:
        return rng.integers(len(q_values))
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("epsilon_greedy", "the test is the wrong way round")
def chooses_with_a_turned_test_and_argmax(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return np.argmax(q_values)
    return rng.integers(len(q_values))


@wrong("epsilon_greedy", "leaves out the best one")
def chooses_another_one(q_values, epsilon, rng):
    best = np.flatnonzero(q_values == q_values.max())
    if rng.random() < epsilon:
        others = [action for action in range(len(q_values)) if action not in best]
        return int(rng.choice(others or best))
    return int(rng.choice(best))


@wrong("epsilon_greedy", "`rng.integers(n)` already stops before n")
def chooses_never_the_last(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(0, len(q_values) - 1)
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("epsilon_greedy", "action 0 is never explored")
def chooses_from_one_on(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(1, len(q_values))
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("epsilon_greedy", "the *smallest* value")
def chooses_the_worst(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(q_values))
    return np.argmin(q_values)


@wrong("epsilon_greedy", "is the *value* of an action")
def chooses_a_value(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.choice(q_values)
    return max(q_values)


@wrong("epsilon_greedy", "is no action: they are numbered 0 to 3")
def chooses_beyond_the_end(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(q_values)) + 1
    return int(rng.choice(np.flatnonzero(q_values == q_values.max())))


@wrong("epsilon_greedy", "draw one of them")
def chooses_all_of_the_best(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(q_values))
    return np.flatnonzero(q_values == q_values.max())


@wrong("epsilon_greedy", "the random numbers come from elsewhere")
def chooses_with_numbers_from_elsewhere(q_values, epsilon, rng):
    if np.random.random() < epsilon:
        return np.random.randint(len(q_values))
    return np.random.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("epsilon_greedy", "ask the generator that is handed over")
def chooses_with_pythons_own_numbers(q_values, epsilon, rng):
    if random.random() < epsilon:
        return random.randrange(len(q_values))
    return random.choice([action for action, value in enumerate(q_values) if value == max(q_values)])


@wrong("epsilon_greedy", "use the parameter `epsilon`, not the number 0.1")
def chooses_with_a_fixed_share(q_values, epsilon, rng):
    if rng.random() < 0.1:
        return rng.integers(len(q_values))
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("epsilon_greedy", "the function prints its result but returns None")
def chooses_and_prints(q_values, epsilon, rng):
    print(chooses_in_plain_python(q_values, epsilon, rng))


@wrong("epsilon_greedy", "`q_values`, which belongs to whoever called it")
def chooses_and_adds_noise_to_the_table(q_values, epsilon, rng):
    q_values += 1e-6 * rng.random(len(q_values))
    if rng.random() < epsilon:
        return rng.integers(len(q_values))
    return q_values.argmax()


# softmax


@right("softmax")
def softmax_in_one_go(q_values, temperature):
    scaled = np.array(q_values, dtype=float) / temperature
    scaled = scaled - scaled.max()
    return np.exp(scaled) / np.exp(scaled).sum()


@right("softmax")
def softmax_in_a_loop(q_values, temperature):
    largest = max(q_values)
    weights = []
    for value in q_values:
        weights.append(math.exp((value - largest) / temperature))
    return [weight / sum(weights) for weight in weights]


@right("softmax")
def softmax_by_the_logarithm_of_the_sum(q_values, temperature):
    scaled = q_values / temperature
    return np.exp(scaled - np.logaddexp.reduce(scaled))


@right("softmax")
def softmax_by_differences(q_values, temperature):
    with np.errstate(over="ignore"):
        return np.array([1 / np.exp((q_values - value) / temperature).sum() for value in q_values])


@wrong("softmax", "the exponentials overflow")
def softmax_as_the_formula_says(q_values, temperature):
    return np.exp(q_values / temperature) / np.sum(np.exp(q_values / temperature))


@wrong("softmax", "by taking the same number away")
def softmax_as_the_formula_says_in_plain_python(q_values, temperature):
    weights = [math.exp(value / temperature) for value in q_values]
    return [weight / sum(weights) for weight in weights]


@wrong("softmax", "all exponentials are rounded to 0")
def softmax_that_mistrusts_large_values_only(q_values, temperature):
    if q_values.max() / temperature > 100:
        q_values = q_values - q_values.max()
    weights = np.exp(q_values / temperature)
    return weights / weights.sum()


@wrong("softmax", "multiplied by the temperature")
def softmax_times_temperature(q_values, temperature):
    weights = np.exp(q_values * temperature)
    return weights / weights.sum()


@wrong("softmax", "the temperature has no effect")
def softmax_without_temperature(q_values, temperature):
    weights = np.exp(q_values - np.max(q_values))
    return weights / weights.sum()


@wrong("softmax", "inside the exponential")
def softmax_with_the_temperature_outside(q_values, temperature):
    weights = np.exp(q_values - np.max(q_values)) / temperature
    return weights / weights.sum()


@wrong("softmax", "do not sum to 1")
def softmax_without_the_sum(q_values, temperature):
    return np.exp((q_values - q_values.max()) / temperature)


@wrong("softmax", "do not sum to 1")
def softmax_with_the_mean(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / temperature)
    return weights / len(weights)


@wrong("softmax", "the sign is turned round")
def softmax_turned_round(q_values, temperature):
    weights = np.exp((q_values.max() - q_values) / temperature)
    return weights / weights.sum()


@wrong("softmax", "subtract first, then divide")
def softmax_that_divides_before_it_subtracts(q_values, temperature):
    weights = np.exp(q_values / temperature - max(q_values))
    return weights / weights.sum()


@wrong("softmax", "with the mean subtracted")
def softmax_around_the_mean(q_values, temperature):
    weights = np.exp((q_values - np.mean(q_values)) / temperature)
    return weights / weights.sum()


@wrong("softmax", "1000 and 1001 are the same")
def softmax_with_a_cap(q_values, temperature):
    weights = np.exp(np.clip(q_values / temperature, -500, 500))
    return weights / weights.sum()


@wrong("softmax", "the exponential is missing")
def softmax_without_exponential(q_values, temperature):
    return q_values / sum(q_values)


@wrong("softmax", "that is the greedy choice")
def softmax_that_is_greedy(q_values, temperature):
    return [1.0 if action == q_values.argmax() else 0.0 for action in range(len(q_values))]


@wrong("softmax", "Which one is taken is drawn later")
def softmax_that_draws(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / temperature)
    return np.random.choice(len(q_values), p=weights / weights.sum())


@wrong("softmax", "`q_values`, which belongs to whoever called it")
def softmax_in_place(q_values, temperature):
    q_values -= q_values.max()
    weights = np.exp(q_values / temperature)
    return weights / weights.sum()


@wrong("softmax", "use the parameter `temperature`, not the number 0.5")
def softmax_with_a_fixed_temperature(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / 0.5)
    return weights / weights.sum()


@wrong("softmax", "returns None")
def softmax_without_return(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / temperature)
    weights /= weights.sum()


@wrong("softmax", "in code it is `temperature`")
def softmax_with_greek_letters(q_values, temperature):
    weights = np.exp((q_values - q_values.max()) / τ)
    return weights / weights.sum()
