"""Right and wrong answers to `returns_above_baseline`."""

from tests.answers.table import right, wrong


@right
def above_by_sums(rewards, values, discount):
    n = len(rewards)
    returns = [sum(discount ** (k - t) * rewards[k] for k in range(t, n)) for t in range(n)]
    return [returns[t] - values[t] for t in range(n)]


@right
def above_by_insertion(rewards, values, discount):
    later, above = 0, []
    for t in range(len(rewards) - 1, -1, -1):
        later = rewards[t] + discount * later
        above.insert(0, later - values[t])
    return above


@wrong("the baseline is missing")
def above_nothing(rewards, values, discount):
    later, found = 0, []
    for reward in reversed(rewards):
        later = reward + discount * later
        found.append(later)
    return found[::-1]


@wrong("the sign is turned round")
def above_turned_round(rewards, values, discount):
    return [-each for each in above_by_sums(rewards, values, discount)]


@wrong("is carried on to the steps before")
def above_with_the_baseline_inside(rewards, values, discount):
    later, found = 0, []
    for reward, value in zip(rewards[::-1], values[::-1]):
        later = (reward - value) + discount * later
        found.append(later)
    return found[::-1]


@wrong("those are the rewards less the values")
def above_of_rewards(rewards, values, discount):
    return [reward - value for reward, value in zip(rewards, values)]


@wrong("the return of the whole episode at every step")
def above_of_the_whole_episode(rewards, values, discount):
    total = sum(discount**t * reward for t, reward in enumerate(rewards))
    return [total - value for value in values]


@wrong("γ is missing")
def above_without_discount(rewards, values, discount):
    return above_by_sums(rewards, values, 1)


@wrong("γ multiplies the reward as well")
def above_that_discounts_all(rewards, values, discount):
    later, found = 0, []
    for reward, value in zip(rewards[::-1], values[::-1]):
        later = discount * (reward + later)
        found.append(later - value)
    return found[::-1]


@wrong("that is the TD error")
def above_as_td_error(rewards, values, discount):
    n = len(rewards)
    return [rewards[t] + discount * (values[t + 1] if t + 1 < n else 0) - values[t] for t in range(n)]


@wrong("the order is turned round")
def above_backwards(rewards, values, discount):
    return above_by_sums(rewards, values, discount)[::-1]


@wrong("one number came")
def above_of_the_first_step(rewards, values, discount):
    later = 0
    for reward in reversed(rewards):
        later = reward + discount * later
    return later - values[0]


@wrong("the baseline of every step is given")
def above_a_free_baseline(rewards, values, discount):
    return [each - baseline for each in above_by_sums(rewards, values, discount)]
