"""Exercise of notebook 10: the gradient of ln π(a) of a softmax with respect to its preferences."""

import numpy as np

from rl_helpers.exercises.checking.exercise import Case, Exercise


def log_probability_gradient(probabilities, action):
    """Return ∂ ln π(a) / ∂z, an entry for each action: [k = a] − πₖ."""
    gradient = -probabilities
    gradient[action] += 1
    return gradient


def _gradient(combine):
    """Return a gradient made of the probabilities, a one at the place of the action, and the action."""

    def gradient(probabilities, action):
        return combine(probabilities, np.eye(len(probabilities))[action], action)

    return gradient


def _draw(rng):
    for _ in range(300):
        weights = rng.integers(1, 30, size=int(rng.integers(2, 8)))
        probabilities = weights / weights.sum()
        yield Case(probabilities, int(rng.integers(len(probabilities))))


exercise = Exercise(
    notebook="10",
    place=1,
    solution=log_probability_gradient,
    cases=(
        Case(np.array([0.5, 0.25, 0.25]), 0, expected=np.array([0.5, -0.25, -0.25])),
        Case(np.array([0.5, 0.5]), 1, expected=np.array([-0.5, 0.5])),
        Case(np.array([0.125, 0.125, 0.25, 0.5]), 2, expected=np.array([-0.125, -0.125, 0.75, -0.5])),
        Case(np.array([0.75, 0.25]), 0, expected=np.array([0.25, -0.25])),
        Case(np.array([0.1, 0.2, 0.3, 0.4]), 3, expected=np.array([-0.1, -0.2, -0.3, 0.6])),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("logits", "z", "preferences"),
            "the preferences are not needed: the softmax of them is given, `probabilities`.",
        ),
        **dict.fromkeys(("episode_return", "G"), "the return comes later: here it is ∇ ln π alone."),
    },
    mistakes=(
        (
            _gradient(lambda p, one, action: one),
            "the other actions are missing: what one action gains, the others lose, πₖ each.",
        ),
        (_gradient(lambda p, one, action: -p), "the 1 of the chosen action is missing."),
        (
            _gradient(lambda p, one, action: p - one),
            "the sign is turned round: the chosen action must become *more* probable.",
        ),
        (
            _gradient(lambda p, one, action: one + p),
            "the probabilities are subtracted: the more probable an action is, the more it loses.",
        ),
        (
            _gradient(lambda p, one, action: p[action] * (one - p)),
            "that is the gradient of π(a) itself. That of its *logarithm* is π(a) times larger: leave the "
            "factor out.",
        ),
        (
            _gradient(lambda p, one, action: one / p),
            "that would be ∂ ln π(a) / ∂π(a). Asked for is the gradient with respect to the preferences: "
            "[k = a] − πₖ.",
        ),
        (
            _gradient(lambda p, one, action: one * (1 - p)),
            "only the chosen action has an entry. The others have theirs, −πₖ.",
        ),
        (
            _gradient(lambda p, one, action: 1 - p),
            "the 1 stands for the chosen action alone: the others have −πₖ.",
        ),
        (
            _gradient(lambda p, one, action: 1 - p[action]),
            "that is the entry of the chosen action alone: return an array, an entry for each action.",
        ),
        (
            _gradient(lambda p, one, action: np.eye(len(p))[action - 1] - p),
            "the 1 stands at the wrong place: actions are counted from 0, as entries are.",
        ),
        (
            _gradient(lambda p, one, action: np.log(p[action])),
            "that is ln π(a) itself, and its gradient is asked for: [k = a] − πₖ.",
        ),
    ),
    hint="begin with −πₖ for every action, and add 1 at the place of the one that was taken.",
)
