"""Exercise of notebook 06: what Dyna-Q+ adds to an imagined reward."""

import numpy as np

from rl_helpers.exercises.checking.drawing.inputs import number
from rl_helpers.exercises.checking.exercise import Case, Exercise


def dyna_q_plus_bonus(steps_since_tried, bonus_weight):
    """Return κ √τ, more the longer ago an action was tried."""
    return bonus_weight * np.sqrt(steps_since_tried)


def _draw(rng):
    for _ in range(300):
        yield Case(int(rng.integers(0, 10_000)), abs(number(rng)) / 100)


exercise = Exercise(
    notebook="06",
    place=4,
    solution=dyna_q_plus_bonus,
    cases=(
        Case(400, 0.001, expected=0.02),
        Case(9, 0.5, expected=1.5),
        Case(1, 0.25, expected=0.25),
        Case(0, 0.1, expected=0.0),
        Case(50, 0.0, expected=0.0),
        Case(2, 0.01, expected=0.0141421356),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(("kappa", "κ"), "`κ` belongs to the formula, in code it is `bonus_weight`."),
        **dict.fromkeys(("tau", "τ"), "`τ` belongs to the formula, in code it is `steps_since_tried`."),
        "reward": "only the bonus is asked for: it is added to the imagined reward later.",
    },
    mistakes=(
        (
            lambda steps_since_tried, bonus_weight: bonus_weight * steps_since_tried,
            "the square root is missing.",
        ),
        (
            lambda steps_since_tried, bonus_weight: np.sqrt(steps_since_tried),
            "the weight κ is missing: `bonus_weight`.",
        ),
        (
            lambda steps_since_tried, bonus_weight: np.sqrt(bonus_weight * steps_since_tried),
            "κ stands outside of the root.",
        ),
        (
            lambda steps_since_tried, bonus_weight: np.sqrt(bonus_weight) * steps_since_tried,
            "the root is taken of κ: it is the root of τ.",
        ),
        (
            lambda steps_since_tried, bonus_weight: bonus_weight / np.sqrt(max(steps_since_tried, 1)),
            "the bonus shrinks with time: it shall grow the longer ago an action was tried.",
        ),
        (
            lambda steps_since_tried, bonus_weight: bonus_weight * steps_since_tried**2,
            "that is the square: the square root is meant.",
        ),
        (
            lambda steps_since_tried, bonus_weight: bonus_weight * np.log(1 + steps_since_tried),
            "that is a logarithm: the square root is meant.",
        ),
        (
            lambda steps_since_tried, bonus_weight: bonus_weight + np.sqrt(steps_since_tried),
            "κ multiplies the root: it is not added.",
        ),
        (
            lambda steps_since_tried, bonus_weight: int(bonus_weight * np.sqrt(steps_since_tried)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="κ · √τ: `bonus_weight` times the square root of `steps_since_tried`.",
)
