"""Right and wrong answers to `epsilon_greedy`."""

import random

import numpy as np

from tests.answers.table import right, wrong


@right
def chooses_in_plain_python(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(0, len(q_values))
    largest = max(q_values)
    ties = [action for action in range(len(q_values)) if q_values[action] == largest]
    return ties[rng.integers(len(ties))]


@right
def chooses_by_probabilities(q_values, epsilon, rng):
    best = q_values == q_values.max()
    probabilities = epsilon / len(q_values) + (1 - epsilon) * best / best.sum()
    return rng.choice(len(q_values), p=probabilities)


@right
def chooses_with_noise_on_ties(q_values, epsilon, rng):
    values = np.zeros(len(q_values)) if rng.uniform() < epsilon else q_values
    return int(np.lexsort((rng.random(len(values)), values))[-1])


@right
def chooses_the_other_way_round(q_values, epsilon, rng):
    if rng.random() >= epsilon:
        return int(rng.choice(np.argwhere(q_values == np.amax(q_values)).flatten()))
    return int(rng.choice(range(len(q_values))))


@wrong("the first is always taken, as `argmax` does")
def chooses_the_first_of_the_best(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    return int(np.argmax(q_values))


@wrong("the last is always taken")
def chooses_the_last_of_the_best(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    action = 0
    for i in range(len(q_values)):
        if q_values[i] >= q_values[action]:
            action = i
    return action


@wrong("it never explores")
def chooses_the_best_always(q_values, epsilon, rng):
    return q_values.argmax()


@wrong("it never explores")
def chooses_one_of_the_best_always(q_values, epsilon, rng):
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("it always explores")
def chooses_anything_always(q_values, epsilon, rng):
    return rng.integers(len(q_values))


@wrong("the test is the wrong way round")
def chooses_with_a_turned_test(q_values, epsilon, rng):
    if rng.random() > epsilon:
        return rng.integers(len(q_values))
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("the test is the wrong way round")
def chooses_with_a_turned_test_and_argmax(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return np.argmax(q_values)
    return rng.integers(len(q_values))


@wrong("leaves out the best one")
def chooses_another_one(q_values, epsilon, rng):
    best = np.flatnonzero(q_values == q_values.max())
    if rng.random() < epsilon:
        others = [action for action in range(len(q_values)) if action not in best]
        return int(rng.choice(others or best))
    return int(rng.choice(best))


@wrong("`rng.integers(n)` already stops before n")
def chooses_never_the_last(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(0, len(q_values) - 1)
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("action 0 is never explored")
def chooses_from_one_on(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(1, len(q_values))
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("the *smallest* value")
def chooses_the_worst(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(q_values))
    return np.argmin(q_values)


@wrong("is the *value* of an action")
def chooses_a_value(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.choice(q_values)
    return max(q_values)


@wrong("is no action: they are numbered 0 to 3")
def chooses_beyond_the_end(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(q_values)) + 1
    return int(rng.choice(np.flatnonzero(q_values == q_values.max())))


@wrong("draw one of them")
def chooses_all_of_the_best(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return rng.integers(len(q_values))
    return np.flatnonzero(q_values == q_values.max())


@wrong("the random numbers come from elsewhere")
def chooses_with_numbers_from_elsewhere(q_values, epsilon, rng):
    if np.random.random() < epsilon:
        return np.random.randint(len(q_values))
    return np.random.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("ask the generator that is handed over")
def chooses_with_pythons_own_numbers(q_values, epsilon, rng):
    if random.random() < epsilon:
        return random.randrange(len(q_values))
    return random.choice([action for action, value in enumerate(q_values) if value == max(q_values)])


@wrong("use the parameter `epsilon`, not the number 0.1")
def chooses_with_a_fixed_share(q_values, epsilon, rng):
    if rng.random() < 0.1:
        return rng.integers(len(q_values))
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@wrong("the function prints its result but returns None")
def chooses_and_prints(q_values, epsilon, rng):
    print(chooses_in_plain_python(q_values, epsilon, rng))


@wrong("`q_values`, which belongs to whoever called it")
def chooses_and_adds_noise_to_the_table(q_values, epsilon, rng):
    q_values += 1e-6 * rng.random(len(q_values))
    if rng.random() < epsilon:
        return rng.integers(len(q_values))
    return q_values.argmax()


def _one_of_the_best(q_values, rng):
    return rng.choice(np.flatnonzero(q_values == q_values.max()))


@right
def chooses_without_axes(q_values, epsilon, rng, /):
    return np.array(
        rng.integers(len(q_values)) if rng.random() < epsilon else _one_of_the_best(q_values, rng)
    )


@right
def chooses_with_a_generator_of_its_own_that_rng_has_seeded(q_values, epsilon, rng):
    own = random.Random(int(rng.integers(2**32)))
    if own.random() < epsilon:
        return own.randrange(len(q_values))
    return own.choice([action for action, value in enumerate(q_values) if value == max(q_values)])


@wrong("with probability ε draw one of all actions")
def chooses_to_explore_a_little_always(q_values, epsilon, rng):
    return (
        rng.integers(len(q_values)) if rng.random() < max(epsilon, 0.01) else _one_of_the_best(q_values, rng)
    )


@wrong("with probability ε draw one of all actions")
def chooses_by_a_rounded_number(q_values, epsilon, rng):
    if round(rng.random(), 1) < epsilon:
        return rng.integers(len(q_values))
    return _one_of_the_best(q_values, rng)


@wrong("the random numbers come from elsewhere, from `np.random`")
def chooses_partly_with_numbers_from_elsewhere(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return np.random.randint(len(q_values))
    return _one_of_the_best(q_values, rng)


@wrong("the random numbers come from elsewhere, and are others each time")
def chooses_with_another_generator(q_values, epsilon, rng):
    if rng.random() < epsilon:
        return np.random.default_rng().integers(len(q_values))
    return _one_of_the_best(q_values, rng)


@wrong("A comparison says *whether*")
def chooses_a_truth_value(q_values, epsilon, rng):
    return rng.random() < epsilon
