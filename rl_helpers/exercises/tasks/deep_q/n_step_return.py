"""Exercise of notebook 11: several rewards counted before the network is asked."""

from rl_helpers.exercises.checking.drawing.inputs import number, share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def n_step_return(rewards, last_value, terminated, discount):
    """Return r₁ + γ r₂ + … + γⁿ⁻¹ rₙ, and γⁿ V(sₙ) unless sₙ is terminal."""
    total = 0.0 if terminated else last_value
    for reward in reversed(rewards):
        total = reward + discount * total
    return total


def _return(weight=lambda g, k: g**k, last=lambda g, n: g**n, ends=True):
    """Return a sum with other weights of the rewards and of the last value."""

    def total(rewards, last_value, terminated, discount):
        n = len(rewards)
        summed = sum(weight(discount, k) * reward for k, reward in enumerate(rewards))
        return summed + (0.0 if terminated and ends else last(discount, n) * last_value)

    return total


def _draw(rng):
    for _ in range(300):
        n = int(rng.integers(1, 7))
        yield Case([number(rng) for _ in range(n)], number(rng), bool(rng.random() < 0.3), share(rng), size=n)


exercise = Exercise(
    notebook="11",
    place=3,
    solution=n_step_return,
    cases=(
        Case([1.0, 2.0], 8.0, False, 0.5, expected=4.0),
        Case([1.0, 2.0], 8.0, True, 0.5, expected=2.0),
        Case([1.0, 0.0, 4.0], 16.0, False, 0.5, expected=4.0),
        Case([3.0], 2.0, False, 0.25, expected=3.5),
        Case([1.0, 1.0, 1.0], 5.0, False, 1.0, expected=8.0),
        Case([-1.0, 2.0, -4.0], 8.0, True, 0.5, expected=-1.0),
        Case([2.0, 4.0], 8.0, False, 0.0, expected=2.0),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(("n", "n_steps"), "n is not given: it is `len(rewards)`."),
        **dict.fromkeys(("gamma", "γ"), "`γ` belongs to the formula, in code it is `discount`."),
    },
    mistakes=(
        (
            _return(ends=False),
            "after a terminal step something is still promised: there `last_value` does not count.",
        ),
        (
            _return(last=lambda g, n: g),
            "the last value lies n steps ahead: it counts γⁿ times, not γ times.",
        ),
        (
            _return(last=lambda g, n: g ** (n - 1)),
            "the last value counts γⁿ times: it comes a step after the last reward.",
        ),
        (
            _return(last=lambda g, n: 1.0),
            "the last value is not discounted: it lies n steps ahead, and counts γⁿ times.",
        ),
        (
            _return(last=lambda g, n: 0.0),
            "the last value is missing: what comes after the n steps is what the network says of it.",
        ),
        (
            _return(weight=lambda g, k: 1.0),
            "the rewards are not discounted: the k-th counts γ to the power k − 1.",
        ),
        (
            _return(weight=lambda g, k: g ** (k + 1)),
            "every reward is discounted once too often: the first one comes at once, and counts in full.",
        ),
        (
            lambda rewards, *others: n_step_return(rewards[::-1], *others),
            "the rewards are taken from the wrong end: the first one counts in full.",
        ),
        (
            lambda rewards, last_value, terminated, discount: n_step_return(
                rewards, last_value, not terminated, discount
            ),
            "the test is the wrong way round: `last_value` counts unless the step *was* terminal.",
        ),
        (
            lambda rewards, *others: n_step_return(rewards[:1], *others),
            "that is one step. All the rewards count.",
        ),
    ),
    hint="begin with last_value, or 0 at a terminal state; backwards: total = reward + discount * total.",
)
