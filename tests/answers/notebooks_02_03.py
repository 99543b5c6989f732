"""Right and wrong answers to the exercises of notebooks 02 and 03; see `exercise_answers.py`."""
# ruff: noqa: B905, F821, F841, RET503, RET504 - learners forget to return and use names that do not exist

import math

import numpy as np

from tests.answers.table import right, wrong

# Notebook 02 encode_state


@right("encode_state")
def encode_with_weights(values, sizes):
    total = 0
    for i in range(len(values)):
        weight = 1
        for size in sizes[i + 1 :]:
            weight = weight * size
        total += values[i] * weight
    return total


@right("encode_state")
def encode_with_numpy(values, sizes):
    return np.ravel_multi_index(values, sizes)


@right("encode_state")
def encode_by_recursion(values, sizes):
    if len(values) == 0:
        return 0
    return encode_by_recursion(values[:-1], sizes[:-1]) * sizes[-1] + values[-1]


@right("encode_state")
def encode_from_the_end(values, sizes):
    state, weight = 0, 1
    for value, size in zip(reversed(values), reversed(sizes)):
        state += weight * value
        weight *= size
    return state


@wrong("encode_state", "counted from 0")
def encode_from_one(values, sizes):
    return 1 + encode_with_weights(values, sizes)


@wrong("encode_state", "row × number of rows")
def encode_with_the_size_before(values, sizes):
    state = values[0]
    for i in range(1, len(values)):
        state = state * sizes[i - 1] + values[i]
    return state


@wrong("encode_state", "multiply first, then add")
def encode_adds_before_it_multiplies(values, sizes):
    state = 0
    for value, size in zip(values, sizes):
        state += value
        state *= size
    return state


@wrong("encode_state", "from the wrong end")
def encode_with_the_first_value_fastest(values, sizes):
    state, weight = 0, 1
    for value, size in zip(values, sizes):
        state += weight * value
        weight *= size
    return state


@wrong("encode_state", "multiplied by its own size")
def encode_with_a_dot_product(values, sizes):
    return int(np.dot(values, sizes))


@wrong("encode_state", "that is the sum")
def encode_as_sum(values, sizes):
    return sum(values)


@wrong("encode_state", "the product of the values")
def encode_as_product(values, sizes):
    state = 1
    for value in values:
        state *= value
    return state


@wrong("encode_state", "number of all states")
def encode_as_the_number_of_states(values, sizes):
    return int(np.prod(sizes))


@wrong("encode_state", "as digits")
def encode_as_digits(values, sizes):
    return int("".join(str(value) for value in values))


@wrong("encode_state", "two possibilities")
def encode_as_binary(values, sizes):
    return sum(value * 2**i for i, value in enumerate(reversed(values)))


@wrong("encode_state", "first size is used for all")
def encode_with_one_size(values, sizes):
    size, state = sizes[0], 0
    for value in values:
        state = size * state + value
    return state


@wrong("encode_state", "from 0 to size − 1")
def encode_with_the_largest_value(values, sizes):
    state = 0
    for value, size in zip(values, sizes):
        state = state * (size - 1) + value
    return state


@wrong("encode_state", "only the last value is left")
def encode_that_overwrites(values, sizes):
    for value, size in zip(values, sizes):
        state = 0
        state = state * size + value
    return state


@wrong("encode_state", "is `return` indented too far?")
def encode_leaves_the_loop(values, sizes):
    state = 0
    for value, size in zip(values, sizes):
        state = state * size + value
        return state


@wrong("encode_state", "the last value is missing")
def encode_without_the_last(values, sizes):
    state = 0
    for i in range(len(values) - 1):
        state = state * sizes[i] + values[i]
    return state


@wrong("encode_state", "a float")
def encode_by_division(values, sizes):
    state, weight = 0, math.prod(sizes)
    for value, size in zip(values, sizes):
        weight = weight / size
        state += value * weight
    return state


@wrong("encode_state", "changes `values`")
def encode_eats_its_values(values, sizes):
    state = 0
    for size in sizes:
        state = state * size + values.pop(0)
    return state


@wrong("encode_state", "3 names")
def encode_for_three_values_only(values, sizes):
    row, column, treat = values
    return (row * sizes[1] + column) * sizes[2] + treat


@wrong("encode_state", "returns None")
def encode_forgets_to_return(values, sizes):
    state = encode_with_weights(values, sizes)


@wrong("encode_state", "there is no `n_columns`")
def encode_with_names_from_elsewhere(values, sizes):
    return values[0] * n_columns + values[1]


# Notebook 02 decode_state


@right("decode_state")
def decode_with_numpy(state, sizes):
    return np.array(np.unravel_index(state, sizes))


@right("decode_state")
def decode_from_the_front(state, sizes):
    values = []
    for i in range(len(sizes)):
        weight = math.prod(sizes[i + 1 :])
        values.append(state // weight)
        state = state % weight
    return tuple(values)


@right("decode_state")
def decode_by_recursion(state, sizes):
    if not sizes:
        return []
    return [*decode_by_recursion(state // sizes[-1], sizes[:-1]), state % sizes[-1]]


@right("decode_state")
def decode_inserts_in_front(state, sizes):
    values = []
    for size in sizes[::-1]:
        values.insert(0, state % size)
        state //= size
    return values


@wrong("decode_state", "turn the list round")
def decode_in_the_wrong_order(state, sizes):
    values = []
    for size in reversed(sizes):
        values.append(state % size)
        state = state // size
    return values


@wrong("decode_state", "begin with the last size")
def decode_from_the_first_size(state, sizes):
    values = []
    for size in sizes:
        state, value = divmod(state, size)
        values.append(value)
    return values


@wrong("decode_state", "begin with the last size")
def decode_from_the_first_size_and_turned(state, sizes):
    return decode_from_the_first_size(state, sizes)[::-1]


@wrong("decode_state", "the state stays as it was")
def decode_without_division(state, sizes):
    return [state % size for size in sizes]


@wrong("decode_state", "quotient and remainder are swapped")
def decode_with_swapped_names(state, sizes):
    values = []
    for size in reversed(sizes):
        value, state = divmod(state, size)
        values = [value, *values]
    return values


@wrong("decode_state", "has to be divided by the size")
def decode_that_only_subtracts(state, sizes):
    values = []
    for size in reversed(sizes):
        value = state % size
        values.insert(0, value)
        state -= value
    return values


@wrong("decode_state", "divide with `//`")
def decode_with_fractions(state, sizes):
    values = []
    for size in reversed(sizes):
        values.append(state % size)
        state = state / size
    return values[::-1]


@wrong("decode_state", "decimal digits")
def decode_as_digits(state, sizes):
    return [int(digit) for digit in str(state).zfill(len(sizes))[-len(sizes) :]]


@wrong("decode_state", "two possibilities")
def decode_as_binary(state, sizes):
    values = []
    for _ in sizes:
        values.insert(0, state % 2)
        state //= 2
    return values


@wrong("decode_state", "one too high")
def decode_from_one(state, sizes):
    return [int(value) + 1 for value in decode_with_numpy(state, sizes)]


@wrong("decode_state", "the last value alone")
def decode_leaves_the_loop(state, sizes):
    values = []
    for size in reversed(sizes):
        state, value = divmod(state, size)
        values.append(value)
        return values


@wrong("decode_state", "the first value is missing")
def decode_without_the_first(state, sizes):
    values = []
    for i in range(len(sizes) - 1, 0, -1):
        values.insert(0, state % sizes[i])
        state //= sizes[i]
    return values


@wrong("decode_state", "one value too many")
def decode_with_the_rest(state, sizes):
    values = []
    for size in reversed(sizes):
        values.append(state % size)
        state //= size
    values.append(state)
    return values[::-1]


@wrong("decode_state", "put `list(...)` around it")
def decode_with_an_iterator(state, sizes):
    return reversed(decode_in_the_wrong_order(state, sizes))


@wrong("decode_state", "changes `sizes`")
def decode_eats_its_sizes(state, sizes):
    values = []
    while sizes:
        state, value = divmod(state, sizes.pop())
        values.insert(0, value)
    return values


@wrong("decode_state", "no `yield`")
def decode_as_generator(state, sizes):
    yield from decode_inserts_in_front(state, sizes)


@wrong("decode_state", "prints its result but returns None")
def decode_prints(state, sizes):
    print(decode_inserts_in_front(state, sizes))


# Notebook 03 repair_the_reward


@right("repair_the_reward")
def repair_with_a_tiny_cushion(discount):
    return {"cushion": 0.01}


@right("repair_the_reward")
def repair_with_all_names(discount):
    return {"rug": 1, "post": 5, "couch": -1, "drapes": -5, "cushion": 0.001, "step": 0}


@right("repair_the_reward")
def repair_with_larger_treats(discount):
    return {"rug": 20.0, "post": 100.0, "cushion": 0.05}


@right("repair_the_reward")
def repair_by_a_share_of_the_post(discount):
    rewards = {"post": 5.0, "step": -0.01}
    rewards["cushion"] = np.float64(rewards["post"]) * (1 - discount) / 10
    return rewards


@wrong(
    "repair_the_reward",
    "cushion 91 times until the time is up. For ever, 0.5 a time is worth 0.5 / (1 − γ) = 10,",
)
def repair_nothing(discount):
    return {"cushion": 0.5}


@wrong("repair_the_reward", "with γ = 0.99 the best that Bob can do is: rug, then cushion 86 times until")
def repair_for_one_discount_only(discount):
    return {"cushion": 0.1}


@wrong("repair_the_reward", "the cushion earns nothing, and it has to stay a treat")
def repair_without_a_cushion(discount):
    return {}


@wrong("repair_the_reward", "the cushion earns less than nothing")
def repair_with_a_wet_cushion(discount):
    return {"cushion": -1.0}


@wrong("repair_the_reward", "is: post. The way over the rug is 5 steps longer")
def repair_with_dear_steps(discount):
    return {"cushion": 0.01, "step": -0.5}


@wrong("repair_the_reward", "is: post. The way over the rug is 5 steps longer")
def repair_with_a_larger_post(discount):
    return {"cushion": 0.5, "post": 20.0}


@wrong(
    "repair_the_reward",
    "is: rug, then stays where he is until the time is up. Ending the episode at the post",
)
def repair_without_a_post(discount):
    return {"cushion": 0.0, "post": 0.0}


@wrong("repair_the_reward", "Every step as such is a treat")
def repair_with_paid_steps(discount):
    return {"cushion": 0.01, "step": 1.0}


@wrong("repair_the_reward", "is: drapes. The drapes are a treat")
def repair_with_the_wrong_sign(discount):
    return {"cushion": 0.01, "drapes": 10}


@wrong("repair_the_reward", "is: drapes. Every step is so dear that he ends the misery")
def repair_until_bob_ends_the_misery(discount):
    return {"cushion": 0.01, "step": -2.0, "post": -20.0}


@wrong("repair_the_reward", "is: couch 98 times until the time is up. For ever, 1 a time is worth")
def repair_with_a_couch_that_pays(discount):
    return {"cushion": 0.01, "couch": 1.0}


@wrong(
    "repair_the_reward",
    "there is no reward named 'pillow': choose from rug, post, couch, drapes, cushion, step",
)
def repair_with_a_name_that_does_not_exist(discount):
    return {"pillow": 0.01}


@wrong("repair_the_reward", "the reward for 'cushion' is '0.01': give a finite number")
def repair_with_a_text(discount):
    return {"cushion": "0.01"}


@wrong("repair_the_reward", "0.01 came, and a dictionary is expected")
def repair_with_a_number(discount):
    return 0.01


@wrong("repair_the_reward", "in code it is `discount`")
def repair_with_gamma(discount):
    return {"cushion": 0.1 * (1 - gamma)}


@wrong("repair_the_reward", "printing is not enough")
def repair_printed(discount):
    print({"cushion": 0.01})


@wrong("repair_the_reward", "returns None")
def repair_forgets_to_return(discount):
    rewards = {"cushion": 0.1 * (1 - discount)}
