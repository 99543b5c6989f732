"""Exercise of notebook 03: how much of what comes next counts, after each of the two ends."""

from rl_helpers.exercises.checking.drawing.inputs import share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def bootstrap_factor(terminated, truncated, discount):
    """Return what the value of the next state is multiplied by: γ, and 0 after a terminal step."""
    return 0.0 if terminated else discount


def _draw(rng):
    for _ in range(200):
        yield Case(bool(rng.random() < 0.5), bool(rng.random() < 0.5), share(rng))


CLOCK = (
    "a time limit is treated as an end. When the clock rings the room is still there and treats could still "
    "come, so the next state counts: only `terminated` makes it 0."
)

exercise = Exercise(
    notebook="03",
    place=2,
    solution=bootstrap_factor,
    cases=(
        Case(False, False, 0.9, expected=0.9),
        Case(True, False, 0.9, expected=0.0),
        Case(False, True, 0.75, expected=0.75),
        Case(True, True, 0.5, expected=0.0),
        Case(False, True, 1.0, expected=1.0),
        Case(False, False, 0.0, expected=0.0),
    ),
    draw=_draw,
    names={"done": "`done` mixes the two ends up: ask `terminated`, and leave `truncated` alone."},
    mistakes=(
        (lambda terminated, truncated, discount: 0.0 if terminated or truncated else discount, CLOCK),
        (
            lambda terminated, truncated, discount: 0.0 if truncated else discount,
            "the two ends are exchanged. Nothing comes after a *terminal* state; a time limit only stops the "
            "clock.",
        ),
        (
            lambda terminated, truncated, discount: discount if terminated else 0.0,
            "the test is the wrong way round: it is the *terminal* step after which nothing comes.",
        ),
        (
            lambda terminated, truncated, discount: discount if truncated else 0.0,
            "after an ordinary step, which is neither end, the next state counts as well.",
        ),
        (
            lambda terminated, truncated, discount: discount,
            "after a terminal step there is no next state, so its value counts 0 times.",
        ),
        (
            lambda terminated, truncated, discount: 1 - terminated,
            "γ is missing: what comes next counts `discount` times.",
        ),
        (
            lambda terminated, truncated, discount: 0.0 if terminated and truncated else discount,
            "one end is enough: a step that terminates has no next state, whether the clock rings or not.",
        ),
        (
            lambda terminated, truncated, discount: 0.0 if terminated and not truncated else discount,
            "when both happen at once the state is terminal all the same, and nothing comes after it.",
        ),
        (
            lambda terminated, truncated, discount: 0.0 if terminated else 1.0 if truncated else discount,
            "a time limit changes nothing: what comes next counts `discount` times, as after any other step.",
        ),
    ),
    hint="0 if the step terminated, else γ; whether it was truncated makes no difference.",
)
