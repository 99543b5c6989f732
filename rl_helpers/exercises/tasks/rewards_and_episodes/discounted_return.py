"""Exercise of notebook 03: what an episode is worth."""

import numpy as np

from rl_helpers.exercises.checking.drawing.inputs import length, numbers, share
from rl_helpers.exercises.checking.drawing.scripts import DEEP
from rl_helpers.exercises.checking.exercise import Case, Exercise


def discounted_return(rewards, discount):
    """Return r₁ + γ r₂ + γ² r₃ + …, the discounted sum of an episode's rewards."""
    total = 0.0
    for reward in reversed(rewards):
        total = reward + discount * total
    return total


def _weighted(weight):
    """Return a function that adds up rewards with the weight of their position."""
    return lambda rewards, discount: sum(weight(discount, t) * reward for t, reward in enumerate(rewards))


def _forwards(rewards, discount):
    total = 0.0
    for reward in rewards:
        total = reward + discount * total
    return total


def _leaves_at_the_first(rewards, discount):
    for reward in rewards:
        return reward
    return None


def _without_first(rewards, discount):
    return sum(discount**t * reward for t, reward in enumerate(rewards) if t > 0)


def _draw(rng):
    for _ in range(300):
        rewards = numbers(rng, length(rng))
        kind = rng.integers(4)
        if kind == 0:
            rewards = np.array(rewards)
        elif kind == 1:
            rewards = [int(reward) for reward in rewards]
        yield Case(rewards, share(rng), size=len(rewards), deep=len(rewards) > DEEP)


exercise = Exercise(
    notebook="03",
    place=1,
    solution=discounted_return,
    cases=(
        Case([1.0, 0.0, 2.0], 0.5, expected=1.5),
        Case([0.0, 0.0, 0.0, 5.0], 0.9, expected=3.645),
        Case([-1.0, 3.0], 0.25, expected=-0.25),
        Case(np.array([2, 4, 8]), 0.5, expected=6.0),
        Case([7.0, 1.0, 1.0], 0.0, expected=7.0),
        Case([1.0, 2.0, 3.0], 1.0, expected=6.0),
        Case([], 0.5, expected=0.0),
    ),
    draw=_draw,
    mistakes=(
        (
            _weighted(lambda discount, t: discount ** (t + 1)),
            "the first reward is discounted already. It comes at once and counts in full: γ⁰ = 1.",
        ),
        (
            _weighted(lambda discount, t: 1),
            "that is the plain sum: multiply the reward of step t by γ to the power t.",
        ),
        (
            _weighted(lambda discount, t: discount),
            "every reward is multiplied by γ once. The later a reward comes, the more often: γ to the power "
            "t.",
        ),
        (
            _weighted(lambda discount, t: discount * t),
            "that is γ times t. What is meant is γ to the power t: `discount**t`.",
        ),
        (
            _weighted(lambda discount, t: 1 if t == 0 else discount),
            "all rewards after the first are multiplied by γ once. The later one comes, the more often: γ "
            "to the power t.",
        ),
        (
            _forwards,
            "the rewards are discounted from the wrong end: the first one counts in full. A loop of this "
            "kind has to run backwards.",
        ),
        (_leaves_at_the_first, "that is the first reward alone: is `return` indented too far?"),
        (_without_first, "the first reward is missing: the sum begins with t = 0."),
        (
            lambda rewards, discount: discounted_return(rewards[:-1], discount),
            "the last reward is missing: `range(n)` already stops before n.",
        ),
        (
            lambda rewards, discount: int(discounted_return(rewards, discount)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
        (
            lambda rewards, discount: discounted_return(rewards, 1 - discount),
            "the factor is γ itself, not 1 − γ.",
        ),
        (
            lambda rewards, discount: [discount**t * reward for t, reward in enumerate(rewards)],
            "those are the discounted rewards one by one: add them up.",
        ),
        (
            lambda rewards, discount: np.array(rewards) * discount ** np.arange(len(rewards)),
            "those are the discounted rewards one by one: add them up.",
        ),
    ),
    hint="add up γ to the power t times the reward of step t, with t = 0 for the first.",
)
