"""Exercise of notebook 11: what DQN aims at, for a batch, with a network that is held still."""

import numpy as np

from rl_helpers.exercises.checking.drawing.inputs import number, share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def held_target(rewards, held_next_q, terminated, discount):
    """Return r + γ max Q⁻(s′, ·) of every sample, and r alone where s′ is terminal."""
    return rewards + discount * held_next_q.max(axis=1) * (1 - terminated)


def _target(combine):
    """Return a target made of r, Q⁻(s′, ·), whether s′ is not terminal, and γ, in another way."""

    def target(rewards, held_next_q, terminated, discount):
        return combine(rewards, held_next_q, 1 - terminated, discount)

    return target


def _draw(rng):
    for _ in range(200):
        n, n_actions = int(rng.integers(1, 6)), int(rng.integers(2, 5))
        q = np.array([[number(rng) for _ in range(n_actions)] for _ in range(n)])
        yield Case(np.array([number(rng) for _ in range(n)]), q, rng.random(n) < 0.3, share(rng), size=n)


_Q = np.array([[1.0, 4.0], [6.0, 2.0], [-3.0, -1.0]])
_R = np.array([1.0, 0.0, -2.0])

exercise = Exercise(
    notebook="11",
    place=2,
    solution=held_target,
    cases=(
        Case(_R, _Q, np.array([False, False, True]), 0.5, expected=np.array([3.0, 3.0, -2.0])),
        Case(_R, _Q, np.array([True, False, False]), 1.0, expected=np.array([1.0, 6.0, -3.0])),
        Case(_R, _Q, np.array([True, True, True]), 0.9, expected=np.array([1.0, 0.0, -2.0])),
        Case(np.array([2.0]), np.array([[1.0, 2.0, 8.0]]), np.array([False]), 0.25, expected=np.array([4.0])),
        Case(np.array([2.0]), np.array([[1.0, 2.0]]), np.array([False]), 0.0, expected=np.array([2.0])),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("next_states", "held", "network", "forward"),
            "the network has been asked already: what it says is `held_next_q`.",
        ),
        **dict.fromkeys(
            ("truncated", "ended"),
            "a time limit does not make a state terminal: only `terminated` counts.",
        ),
        **dict.fromkeys(("gamma", "γ"), "`γ` belongs to the formula, in code it is `discount`."),
    },
    mistakes=(
        (
            _target(lambda r, q, goes_on, g: r + g * q.max(axis=1)),
            "after a terminal step something is still promised: there the target is the reward alone.",
        ),
        (
            _target(lambda r, q, goes_on, g: r + g * q.max(axis=1) * (1 - goes_on)),
            "the test is the wrong way round: nothing is promised where the step *was* terminal.",
        ),
        (
            _target(lambda r, q, goes_on, g: (r + g * q.max(axis=1)) * goes_on),
            "the reward of the terminal step is lost. It counts; only what would come after it falls away.",
        ),
        (
            _target(lambda r, q, goes_on, g: r + q.max(axis=1) * goes_on),
            "γ is missing: what is promised comes a step later.",
        ),
        (
            _target(lambda r, q, goes_on, g: g * (r + q.max(axis=1) * goes_on)),
            "γ multiplies the reward as well. The reward comes at once, and counts in full.",
        ),
        (
            _target(lambda r, q, goes_on, g: r + g * q.max() * goes_on),
            "that is the largest number of the whole batch. Each sample has its own row: `max(axis=1)`.",
        ),
        (
            _target(lambda r, q, goes_on, g: r + g * q.mean(axis=1) * goes_on),
            "that is the mean over the actions. Q-learning promises the *best* of them.",
        ),
        (
            _target(lambda r, q, goes_on, g: r + g * q.min(axis=1) * goes_on),
            "that is the worst action. Q-learning promises the *best* of them.",
        ),
        (
            _target(lambda r, q, goes_on, g: r + g * q[:, 0] * goes_on),
            "that is always the first action. Take the largest entry of each row.",
        ),
        (
            _target(lambda r, q, goes_on, g: r + g * q.argmax(axis=1) * goes_on),
            "`argmax` says *which* action is best. Asked for is what it is worth: `max`.",
        ),
        (
            _target(lambda r, q, goes_on, g: r - g * q.max(axis=1) * goes_on),
            "what is promised is added, not taken away.",
        ),
        (
            _target(lambda r, q, goes_on, g: g * q.max(axis=1) * goes_on),
            "the reward is missing.",
        ),
        (
            _target(lambda r, q, goes_on, g: r[:, None] + g * q * goes_on[:, None]),
            "there is an entry for each action: take the largest entry of each row, `max(axis=1)`.",
        ),
        (
            lambda *arguments: held_target(*arguments).mean(),
            "one number came: return an array, an entry for each sample.",
        ),
    ),
    hint="rewards, plus discount times the largest entry of each row, times 1 − terminated.",
)
