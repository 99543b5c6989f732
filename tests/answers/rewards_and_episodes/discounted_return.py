"""Right and wrong answers to `discounted_return`."""

import numpy as np

from tests.answers.table import right, wrong


@wrong("that is the first reward alone: is `return` indented too far?")
def return_inside_the_loop(rewards, discount):
    total = 0.0
    for t, reward in enumerate(rewards):
        total += discount**t * reward
        return total


@wrong("use the parameter `discount`, not the number 0.95")
def return_with_a_number(rewards, discount):
    return sum(0.95**t * reward for t, reward in enumerate(rewards))


@wrong("in code it is `discount`")
def return_with_gamma(rewards, discount):
    return sum(gamma**t * reward for t, reward in enumerate(rewards))


@wrong("counting begins at 0")
def return_beyond_the_end(rewards, discount):
    return sum(discount**t * rewards[t] for t in range(1, len(rewards) + 1))


@right
def return_vectorised(rewards, discount):
    return np.sum(np.asarray(rewards, dtype=float) * discount ** np.arange(len(rewards)))


@right
def return_recursive(rewards, discount):
    if len(rewards) == 0:
        return 0
    return rewards[0] + discount * return_recursive(rewards[1:], discount)


@right
def return_with_a_growing_weight(rewards, discount):
    total, weight = 0.0, 1.0
    for reward in rewards:
        total += weight * reward
        weight *= discount
    return total


@wrong("the first reward is discounted already")
def return_exponent_from_one(rewards, discount):
    return sum(discount ** (t + 1) * reward for t, reward in enumerate(rewards))


@wrong("plain sum")
def return_without_discount(rewards, discount):
    return sum(rewards)


@wrong("multiplied by γ once")
def return_discounted_once(rewards, discount):
    return discount * np.sum(rewards)


@wrong("from the wrong end")
def return_from_the_wrong_end(rewards, discount):
    total = 0
    for reward in rewards:
        total = total * discount + reward
    return total


@wrong("the first reward is missing")
def return_without_the_first(rewards, discount):
    return sum(discount**t * rewards[t] for t in range(1, len(rewards)))


@wrong("the last reward is missing")
def return_without_the_last(rewards, discount):
    return sum(discount**t * rewards[t] for t in range(len(rewards) - 1))


@wrong("cut to a whole number")
def return_as_integer(rewards, discount):
    return int(return_with_a_growing_weight(rewards, discount))


@wrong("γ times t")
def return_times_t(rewards, discount):
    return sum(discount * t * reward for t, reward in enumerate(rewards))


@wrong("add them up")
def return_not_added_up(rewards, discount):
    return np.asarray(rewards) * discount ** np.arange(len(rewards))


@wrong("changes `rewards`")
def return_in_place(rewards, discount):
    for t in range(len(rewards)):
        rewards[t] = rewards[t] * discount**t
    return sum(rewards)


@wrong("changes `rewards`")
def return_that_reverses_the_callers_list(rewards, discount):
    total = 0.0
    if isinstance(rewards, list):
        rewards.reverse()
    else:
        rewards = rewards[::-1]
    for reward in rewards:
        total = reward + discount * total
    return total


@wrong("prints its result but returns None")
def return_printed(rewards, discount):
    print(return_vectorised(rewards, discount))


@wrong("end it with `return`")
def return_forgotten(rewards, discount):
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount * total


@right
def return_by_recursion_on_slices(rewards, discount):
    if not len(rewards):
        return 0.0
    first, *others = rewards
    return first + discount * return_by_recursion_on_slices(others, discount)


@right
def return_without_axes(rewards, discount, /):
    return np.array(sum(reward * discount**t for t, reward in enumerate(rewards)))


@wrong("an array has no `.index`")
def return_by_the_index_of_a_value(rewards, discount):
    return sum(discount ** rewards.index(reward) * reward for reward in rewards)


@wrong("add up γ to the power t")
def return_by_the_index_of_a_value_in_a_list(rewards, discount):
    rewards = list(rewards)
    return sum(discount ** rewards.index(reward) * reward for reward in rewards)


@wrong("add up γ to the power t")
def return_of_a_hundred_steps(rewards, discount):
    return sum(discount**t * reward for t, reward in enumerate(rewards[:100]))


@wrong("add up γ to the power t")
def return_of_whole_rewards(rewards, discount):
    return sum(discount**t * int(reward) for t, reward in enumerate(rewards))


@wrong("the default of `total` is made only once")
def return_that_keeps_its_list(rewards, discount, total=[]):  # noqa: B006
    for t, reward in enumerate(rewards):
        total.append(discount**t * reward)
    return sum(total)


@wrong("the `sum` you mean is hidden behind it")
def return_that_hides_sum(rewards, discount):
    sum = sum(discount**t * reward for t, reward in enumerate(rewards))  # noqa: F823
    return sum
