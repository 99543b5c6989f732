"""Exercise of notebook 05: which learning rate goes far enough in the visits that there are."""

from rl_helpers.exercises.checking.drawing.inputs import share as any_share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def learning_rate_for(share, n_updates):
    """Return the α with which n updates go this share of the way to a target that stays."""
    return 1 - (1 - share) ** (1 / n_updates)


def _draw(rng):
    for _ in range(200):
        yield Case(0.01 + 0.98 * any_share(rng), int(rng.integers(1, 40)))


exercise = Exercise(
    notebook="05",
    place=5,
    solution=learning_rate_for,
    cases=(
        Case(0.75, 2, expected=0.5),
        Case(0.99, 2, expected=0.9),
        Case(0.875, 3, expected=0.5),
        Case(0.36, 1, expected=0.36),
        Case(0.51, 2, expected=0.3),
    ),
    draw=_draw,
    names={
        "n": "the number of updates is called `n_updates`.",
        **dict.fromkeys(
            ("learning_rate", "alpha", "α"), "α is what is asked for: solve the equation for it."
        ),
    },
    mistakes=(
        (
            lambda share, n_updates: share / n_updates,
            "steps do not simply add up: each goes α of what is *left* of the way, not of the whole.",
        ),
        (
            lambda share, n_updates: 1 - (1 - share) ** n_updates,
            "that is the share of the way after n updates with α = share. Here the share is given, and α is "
            "asked for: take the n-th root, `** (1 / n_updates)`.",
        ),
        (
            lambda share, n_updates: (1 - share) ** (1 / n_updates),
            "that is what one update *leaves* of the way, 1 − α: take it from 1.",
        ),
        (
            lambda share, n_updates: 1 - share ** (1 / n_updates),
            "the n-th root is taken of what is done. Take it of what is *left*, 1 − share.",
        ),
        (
            lambda share, n_updates: share ** (1 / n_updates),
            "the n-th root is taken of what is done. Take it of what is *left*: that root is 1 − α.",
        ),
        (
            lambda share, n_updates: 1 - (1 - share) / n_updates,
            "what is left is multiplied by 1 − α at each update: so take the n-th root, do not divide by n.",
        ),
        (
            lambda share, n_updates: (1 - share) ** (1 / n_updates) - 1,
            "the sign is the wrong way round: α lies between 0 and 1.",
        ),
        (
            lambda share, n_updates: 1 / n_updates,
            "that is the learning rate of a plain average. It does not ask how far you want to come: use "
            "`share`.",
        ),
    ),
    hint="after n updates (1 − α)ⁿ of the way is left. That is to be 1 − share.",
)
