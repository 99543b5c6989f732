"""Right and wrong answers to `n_step_return`."""

from tests.answers.table import right, wrong


@right
def steps_by_powers(rewards, last_value, terminated, discount):
    total = sum(discount**k * reward for k, reward in enumerate(rewards))
    if not terminated:
        total += discount ** len(rewards) * last_value
    return total


@right
def steps_with_a_weight(rewards, last_value, terminated, discount):
    total, weight = 0, 1
    for reward in rewards:
        total += weight * reward
        weight *= discount
    return total + weight * last_value * (not terminated)


@wrong("something is still promised")
def steps_without_end(rewards, last_value, terminated, discount):
    return steps_by_powers(rewards, last_value, False, discount)


@wrong("it counts γⁿ times, not γ times")
def steps_with_one_discount(rewards, last_value, terminated, discount):
    total = steps_by_powers(rewards, 0, terminated, discount)
    return total + discount * last_value * (1 - terminated)


@wrong("it comes a step after the last reward")
def steps_with_a_power_too_low(rewards, last_value, terminated, discount):
    total = steps_by_powers(rewards, 0, terminated, discount)
    return total + discount ** (len(rewards) - 1) * last_value * (1 - terminated)


@wrong("the last value is not discounted")
def steps_with_a_plain_value(rewards, last_value, terminated, discount):
    total = steps_by_powers(rewards, 0, terminated, discount)
    return total if terminated else total + last_value


@wrong("the last value is missing")
def steps_alone(rewards, last_value, terminated, discount):
    return steps_by_powers(rewards, 0, terminated, discount)


@wrong("the rewards are not discounted")
def steps_summed(rewards, last_value, terminated, discount):
    return sum(rewards) + (0 if terminated else discount ** len(rewards) * last_value)


@wrong("every reward is discounted once too often")
def steps_a_power_too_high(rewards, last_value, terminated, discount):
    total = sum(discount**k * reward for k, reward in enumerate(rewards, start=1))
    return total + (0 if terminated else discount ** len(rewards) * last_value)


@wrong("taken from the wrong end")
def steps_backwards(rewards, last_value, terminated, discount):
    total = 0 if terminated else last_value
    for reward in rewards:
        total = reward + discount * total
    return total


@wrong("the wrong way round")
def steps_the_wrong_way_round(rewards, last_value, terminated, discount):
    return steps_by_powers(rewards, last_value, not terminated, discount)


@wrong("n is not given")
def steps_with_n(rewards, last_value, terminated, discount):
    return sum(discount**k * rewards[k] for k in range(n)) + discount**n * last_value


@wrong("prints its result but returns None")
def steps_printed(rewards, last_value, terminated, discount):
    print(steps_by_powers(rewards, last_value, terminated, discount))
