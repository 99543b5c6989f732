"""Exercise of notebook 10: PPO's clipped objective."""

import numpy as np

from rl_helpers.exercises.checking.drawing.inputs import number
from rl_helpers.exercises.checking.exercise import Case, Exercise


def clipped_objective(ratio, advantage, clip):
    """Return min(ρ A, clip(ρ, 1 − ε, 1 + ε) A)."""
    clipped_ratio = np.clip(ratio, 1 - clip, 1 + clip)
    return np.minimum(ratio * advantage, clipped_ratio * advantage)


def _objective(combine):
    """Return an objective made of ρ A, the clipped one, ρ, A and ε in another way."""

    def objective(ratio, advantage, clip):
        clipped = np.clip(ratio, 1 - clip, 1 + clip) * advantage
        return combine(ratio * advantage, clipped, ratio, advantage, clip)

    return objective


def _draw(rng):
    for _ in range(300):
        # Quarters and fifths, so that a ratio also lies just on the edge of the clip.
        ratio, clip = float(rng.integers(1, 40)) / 20, float(rng.choice([0.1, 0.2, 0.25, 0.3, 0.5]))
        yield Case(ratio, number(rng), clip)


exercise = Exercise(
    notebook="10",
    place=4,
    solution=clipped_objective,
    cases=(
        Case(1.5, 2.0, 0.25, expected=2.5),
        Case(1.5, -2.0, 0.25, expected=-3.0),
        Case(0.5, 2.0, 0.25, expected=1.0),
        Case(0.5, -2.0, 0.25, expected=-1.5),
        Case(1.0, 3.0, 0.2, expected=3.0),
        Case(1.125, -4.0, 0.25, expected=-4.5),
        Case(0.875, 4.0, 0.25, expected=3.5),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(("epsilon", "ε"), "`ε` belongs to the formula, in code it is `clip`."),
        **dict.fromkeys(
            ("log_probability", "old_log_probability", "probability"),
            "the ratio of the probabilities is given: `ratio`.",
        ),
    },
    mistakes=(
        (
            _objective(lambda plain, clipped, ratio, advantage, clip: plain),
            "the clip is missing: beyond 1 + ε nothing more is to be gained.",
        ),
        (
            _objective(lambda plain, clipped, ratio, advantage, clip: clipped),
            "the minimum is missing: that is the clipped part alone. Where the ratio has gone the wrong way, "
            "ρ A must count, or nothing leads back.",
        ),
        (
            _objective(lambda plain, clipped, ratio, advantage, clip: np.maximum(plain, clipped)),
            "that is the larger of the two. The *smaller* one counts: PPO never hopes for more than it has "
            "seen.",
        ),
        (
            _objective(lambda plain, clipped, ratio, advantage, clip: -np.minimum(plain, clipped)),
            "the sign is turned round. That would be a loss, to be made small; an objective is made large.",
        ),
        (
            _objective(
                lambda plain, clipped, ratio, advantage, clip: (
                    np.minimum(ratio, np.clip(ratio, 1 - clip, 1 + clip)) * advantage
                )
            ),
            "the minimum is taken of the ratios. It must be that of the products: with a negative advantage "
            "the smaller product has the *larger* ratio.",
        ),
        (
            _objective(
                lambda plain, clipped, ratio, advantage, clip: np.minimum(
                    plain, np.clip(plain, 1 - clip, 1 + clip)
                )
            ),
            "the product is clipped. It is the ratio that is kept between 1 − ε and 1 + ε, before it is "
            "multiplied by A.",
        ),
        (
            _objective(
                lambda plain, clipped, ratio, advantage, clip: np.minimum(
                    plain, np.clip(ratio, -clip, clip) * advantage
                )
            ),
            "the ratio is clipped around 0. It is kept around 1, from 1 − ε to 1 + ε: at ρ = 1 nothing has "
            "changed yet.",
        ),
        (
            _objective(
                lambda plain, clipped, ratio, advantage, clip: np.minimum(
                    plain, np.minimum(ratio, 1 + clip) * advantage
                )
            ),
            "the lower edge is missing: the ratio is kept above 1 − ε, too.",
        ),
        (
            _objective(
                lambda plain, clipped, ratio, advantage, clip: np.minimum(
                    plain, np.maximum(ratio, 1 - clip) * advantage
                )
            ),
            "the upper edge is missing: the ratio is kept below 1 + ε, too.",
        ),
        (
            _objective(
                lambda plain, clipped, ratio, advantage, clip: np.minimum(
                    ratio, np.clip(ratio, 1 - clip, 1 + clip)
                )
            ),
            "the advantage is missing: multiply both ratios by it.",
        ),
        (
            _objective(
                lambda plain, clipped, ratio, advantage, clip: np.minimum(
                    plain, np.clip(ratio, 1 - clip, 1 + clip)
                )
            ),
            "the clipped ratio is not multiplied by the advantage.",
        ),
        (
            lambda ratio, advantage, clip: int(clipped_objective(ratio, advantage, clip)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="two products, ρ A and clip(ρ, 1 − ε, 1 + ε) A: the smaller one.",
)
