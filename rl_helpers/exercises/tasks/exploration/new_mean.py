"""Exercise of notebook 04: the mean, brought up to date by one more reward."""

from rl_helpers.exercises.checking.drawing.inputs import number
from rl_helpers.exercises.checking.exercise import Case, Exercise


def new_mean(old_mean, n, reward):
    """Return the mean of n rewards, from that of the first n − 1 and the n-th."""
    return old_mean + (reward - old_mean) / n


def _draw(rng):
    for _ in range(300):
        yield Case(number(rng), int(rng.integers(1, 50)), number(rng))


ONE_MORE = (
    "n already counts the new reward: with the n-th reward the step is one n-th of the way, not one of n + 1."
)

exercise = Exercise(
    notebook="04",
    place=1,
    solution=new_mean,
    cases=(
        Case(2.0, 2, 4.0, expected=3.0),
        Case(0.0, 1, 1.5, expected=1.5),
        Case(7.0, 1, -1.0, expected=-1.0),
        Case(1.0, 4, 3.0, expected=1.5),
        Case(-2.0, 10, 0.5, expected=-1.75),
        Case(0.25, 5, 0.25, expected=0.25),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("rewards", "total"), "no list is needed: `old_mean` and `n` say all about the past."
        ),
        **dict.fromkeys(
            ("learning_rate", "alpha", "α"), "no learning rate is given: the step size of a mean is 1 / n."
        ),
    },
    mistakes=(
        (lambda old_mean, n, reward: old_mean + (reward - old_mean) / (n + 1), ONE_MORE),
        (lambda old_mean, n, reward: (n * old_mean + reward) / (n + 1), ONE_MORE),
        (
            lambda old_mean, n, reward: (n * old_mean + reward) / n,
            "the old mean stands for n − 1 rewards, not for n.",
        ),
        (
            lambda old_mean, n, reward: (old_mean + reward) / 2,
            "that gives the new reward as much weight as all before it together: it counts one n-th.",
        ),
        (
            lambda old_mean, n, reward: (old_mean + reward) / n,
            "the old mean stands for n − 1 rewards: it must count n − 1 times as much as the new one.",
        ),
        (
            lambda old_mean, n, reward: old_mean + reward,
            "the two are added: a mean moves only one n-th of the way towards the new reward.",
        ),
        (
            lambda old_mean, n, reward: old_mean - (reward - old_mean) / n,
            "the mean moves away from the reward: add the step, do not take it away.",
        ),
        (
            lambda old_mean, n, reward: (reward - old_mean) / n,
            "that is the step alone: add it to the old mean.",
        ),
        (
            lambda old_mean, n, reward: old_mean + reward - old_mean / n,
            "brackets are missing: the whole difference is divided by n.",
        ),
        (
            lambda old_mean, n, reward: old_mean + (reward - old_mean),
            "the step is the whole difference, so only the last reward is left: divide it by n.",
        ),
        (
            lambda old_mean, n, reward: old_mean + (reward - old_mean) * n,
            "the difference is multiplied by n: divide it by n.",
        ),
        (
            lambda old_mean, n, reward: int(new_mean(old_mean, n, reward)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="old mean + (reward − old mean) / n.",
)
