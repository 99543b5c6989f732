"""Exercise of notebook 05: the TD error."""

from rl_helpers.exercises.checking.drawing.inputs import number
from rl_helpers.exercises.checking.exercise import Case, Exercise


def td_error(target, q_value):
    """Return by how much the target lies above the present Q(s, a)."""
    return target - q_value


NO_ALPHA = "no α here: it comes in the update. The error is the whole difference."
SQUARED = (
    "the difference is squared. A square is never negative, so it cannot say in which direction to go: "
    "the TD error is the difference itself."
)
IN_THE_TARGET = "reward and γ are already in `target`: take the present value away from it."


def _draw(rng):
    for _ in range(300):
        yield Case(number(rng), number(rng))


exercise = Exercise(
    notebook="05",
    place=2,
    solution=td_error,
    cases=(
        Case(2.0, 0.5, expected=1.5),
        Case(0.5, 2.0, expected=-1.5),
        Case(-1.25, -3.0, expected=1.75),
        Case(0.0, 0.0, expected=0.0),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(("learning_rate", "alpha", "α"), NO_ALPHA),
        **dict.fromkeys(("reward", "discount", "gamma", "γ", "next_q_values"), IN_THE_TARGET),
        **dict.fromkeys(("q_values", "state", "action"), "the entry is already given: `q_value`."),
    },
    mistakes=(
        (
            lambda target, q_value: q_value - target,
            "the sign is the wrong way round: the error is positive when the target lies *above* the "
            "present value.",
        ),
        (
            lambda target, q_value: abs(target - q_value),
            "the sign is lost. The update has to know in which direction to go: no `abs`.",
        ),
        (
            lambda target, q_value: (target - q_value) ** 2,
            SQUARED,
        ),
        (
            lambda target, q_value: (target - q_value) ** 2 / 2,
            SQUARED,
        ),
        (lambda target, q_value: 0.1 * (target - q_value), NO_ALPHA),
        (lambda target, q_value: 0.5 * (target - q_value), NO_ALPHA),
        (
            lambda target, q_value: target + q_value,
            "the two are added: what is wanted is how far they are apart.",
        ),
        (lambda target, q_value: target, "that is the target alone: take the present value away from it."),
        (
            lambda target, q_value: int(target - q_value),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
        (
            lambda target, q_value: target > q_value,
            "a comparison says *whether*, the error says by *how much*: subtract.",
        ),
        (
            lambda target, q_value: max(0.0, target - q_value),
            "negative errors are lost. A step that was worse than expected teaches as well.",
        ),
    ),
    hint="take the present value away from the target.",
)
