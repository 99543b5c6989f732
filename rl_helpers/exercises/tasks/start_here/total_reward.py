"""Exercise of notebook 00: what a day brought Bob."""

import numpy as np

from rl_helpers.exercises.checking.drawing.inputs import length, numbers
from rl_helpers.exercises.checking.exercise import Case, Exercise


def total_reward(rewards):
    """Return the sum of the rewards: treats count plus, water counts minus."""
    return sum(rewards)


def _without_water(rewards):
    return sum(reward for reward in rewards if reward > 0)


def _draw(rng):
    for _ in range(300):
        rewards = numbers(rng, length(rng))
        yield Case(rewards, size=len(rewards))


exercise = Exercise(
    notebook="00",
    place=1,
    solution=total_reward,
    cases=(
        Case([1.0, 5.0, -1.0], expected=5.0),
        Case([0.5, 0.0, -0.25], expected=0.25),
        Case([-1.0, -5.0], expected=-6.0),
        Case([2.5], expected=2.5),
        Case([], expected=0.0),
    ),
    draw=_draw,
    names=dict.fromkeys(("treats", "squirts", "reward"), "all rewards are in the list `rewards`."),
    mistakes=(
        (lambda rewards: len(rewards), "that is how many rewards there are: add them up."),
        (lambda rewards: max(rewards), "that is the largest reward: all of them count, so add them up."),
        (lambda rewards: min(rewards), "that is the smallest reward: all of them count, so add them up."),
        (lambda rewards: rewards[0], "that is the first reward alone: add up all of them."),
        (lambda rewards: rewards[-1], "that is the last reward alone: add up all of them."),
        (lambda rewards: np.mean(rewards), "that is the mean: do not divide by how many there are."),
        (
            lambda rewards: sum(rewards) / len(rewards),
            "that is the mean: do not divide by how many there are.",
        ),
        (_without_water, "water is left out: rewards below 0 count too."),
        (lambda rewards: sum(map(abs, rewards)), "water counts as if it were treats: leave the signs alone."),
        (lambda rewards: -sum(rewards), "the sign is turned round: treats count plus, water counts minus."),
        (
            lambda rewards: int(sum(rewards)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="add up all rewards; Python's `sum` does it.",
)
