"""Exercise of notebook 04: what UCB adds to an estimate, for doubt."""

import numpy as np

from rl_helpers.exercises.checking.compare import as_number
from rl_helpers.exercises.checking.drawing.inputs import number
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def ucb_bonus(c, t, n):
    """Return c √(ln t / n), and ∞ for a post that was never taken."""
    return np.inf if n == 0 else c * np.sqrt(np.log(t) / n)


def _bonus(doubt, *, untried=np.inf):
    """Return a bonus that is put together in another way, or not infinite for what was never taken."""
    return lambda c, t, n: untried if n == 0 else doubt(c, t, n)


def _quietly(function, *arguments):
    """Call a function; a division by zero shall come up in the report, not as a warning."""
    with np.errstate(all="ignore"):
        return function(*arguments)


def _observe_bonus(result, c, t, n):
    """Return the bonus; NumPy says nan where nothing is divided by nothing."""
    if as_number(result) is not None and np.isnan(as_number(result)):
        raise Mistake(NEVER_TAKEN.removesuffix("."))
    return result


def _draw(rng):
    for _ in range(300):
        t = int(rng.integers(1, 1000))
        n = int(rng.integers(0, t)) if rng.random() < 0.9 else 0
        yield Case(abs(number(rng)) + 0.25, t, n)


NEVER_TAKEN = (
    "n is 0 for a post that was never taken, and nothing can be divided by 0. Its doubt is without limit: "
    "return `np.inf`, so that it is taken next."
)

exercise = Exercise(
    notebook="04",
    place=5,
    solution=ucb_bonus,
    call=_quietly,
    observe=_observe_bonus,
    cases=(
        Case(2.0, 100, 4, expected=2.1459660263),
        Case(1.0, 8, 2, expected=1.0196668524),
        Case(0.5, 1, 0, expected=np.inf),
        Case(2.0, 50, 0, expected=np.inf),
        Case(3.0, 2, 1, expected=2.4976638334),
        Case(2.0, 1, 1, expected=0.0),
        Case(0.0, 10, 3, expected=0.0),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("q_values", "estimate"), "only the bonus is asked for: the estimate is added later."
        ),
        **dict.fromkeys(("counts", "action"), "how often this post was taken is given already: `n`."),
        "bonus": "the weight of the doubt is given already: `c`.",
    },
    mistakes=(
        (lambda c, t, n: c * np.sqrt(np.log(t) / n), NEVER_TAKEN),
        (lambda c, t, n: c * np.sqrt(np.log(t) / n) if n else 1 / 0, NEVER_TAKEN),
        (
            _bonus(lambda c, t, n: c * np.sqrt(np.log(t) / n), untried=0.0),
            "a post that was never taken gets no bonus at all: its doubt is without limit, `np.inf`.",
        ),
        (
            lambda c, t, n: c * np.sqrt(np.log(t) / max(n, 1)),
            "with n = 0 the doubt is without limit: `np.inf`.",
        ),
        (
            lambda c, t, n: c * np.sqrt(np.log(t) / (n + 1)),
            "n is divided by as it is: for n = 0, which would not work, return `np.inf`.",
        ),
        (_bonus(lambda c, t, n: c * np.log(t) / n), "the square root is missing."),
        (_bonus(lambda c, t, n: np.sqrt(c * np.log(t) / n)), "c stands outside of the root."),
        (_bonus(lambda c, t, n: c * np.sqrt(np.log(t)) / n), "n stands under the root, too."),
        (_bonus(lambda c, t, n: c * np.sqrt(t / n)), "the logarithm of t is missing."),
        (_bonus(lambda c, t, n: c * np.sqrt(np.log10(t) / n)), "the natural logarithm is meant: `np.log`."),
        (_bonus(lambda c, t, n: c * np.sqrt(np.log2(t) / n)), "the natural logarithm is meant: `np.log`."),
        (
            _bonus(lambda c, t, n: c * np.sqrt(np.log(t / n))),
            "n is not part of the logarithm: ln t, divided by n.",
        ),
        (_bonus(lambda c, t, n: c * np.sqrt(np.log(n) / t)), "t and n are exchanged."),
        (_bonus(lambda c, t, n: np.sqrt(np.log(t) / n)), "the weight c is missing."),
        (
            _bonus(lambda c, t, n: c * np.sqrt(np.log(t) * n)),
            "the doubt grows the more often a post was taken: divide by n.",
        ),
    ),
    hint="c · √(ln t / n), and ∞ if n is 0.",
)
