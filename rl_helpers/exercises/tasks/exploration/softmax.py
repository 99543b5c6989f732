"""Exercise of notebook 04: probabilities from values, without overflow."""

import numpy as np

from rl_helpers.exercises.checking.compare import as_number, describe
from rl_helpers.exercises.checking.drawing.inputs import row
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def softmax(q_values, temperature):
    """Return the probability of every action, in proportion to exp(Q / τ)."""
    # Only differences count, and none of these is above 0: nothing overflows.
    weights = np.exp((q_values - np.max(q_values)) / temperature)
    return weights / weights.sum()


OVERFLOW = (
    "the exponentials overflow: exp(1000) is more than a float can hold, and ∞ / ∞ is no number. Only "
    "differences count, so subtract the largest value from all of them first"
)
UNDERFLOW = (
    "all exponentials are rounded to 0, and 0 / 0 is no number. Only differences count, so subtract the "
    "largest value from all of them first"
)
WITHOUT_TEMPERATURE = (
    "the temperature has no effect. Divide the values by it, inside the exponential: what multiplies all "
    "weights alike falls out again when they are divided by their sum."
)
TIMES = "the values are multiplied by the temperature: divide them by it. A high temperature evens them out."
SUM = "these do not sum to 1: divide the exponentials by the sum of all of them."
GREEDY = "that is the greedy choice: every action has a probability above 0, the better ones a larger one."
TURNED = "the sign is turned round: the best action must get the largest probability."


def _boltzmann(exponents, share=lambda weights: weights / weights.sum()):
    """Return a softmax with other exponents, or weights that are turned into shares in another way."""
    return lambda q_values, temperature: share(np.exp(exponents(q_values, temperature)))


def _above_best(q_values, temperature):
    return (q_values - q_values.max()) / temperature


def _quietly(function, *arguments):
    """Call a function; an overflow shall come up in the report, not as a warning."""
    with np.errstate(all="ignore"):
        return function(*arguments)


def _observe_probabilities(result, q_values, temperature):
    """Return a list of floats; raise `Mistake` for what cannot be probabilities."""
    if result is None or result is ...:
        return result
    if as_number(result) is not None:
        raise Mistake(
            f"one number came, {describe(result, 40)}, and a probability for each of the {len(q_values)} "
            "actions is expected. Which one is taken is drawn later"
        )
    try:
        probabilities = np.asarray(result, dtype=float)
    except (TypeError, ValueError):
        return result
    if not np.isfinite(probabilities).all():
        if q_values.max() / temperature < -100:
            raise Mistake(UNDERFLOW)
        raise Mistake(OVERFLOW)
    return probabilities.tolist()


def _draw(rng):
    for _ in range(300):
        q_values = row(rng) * 10.0 ** rng.integers(-1, 4)
        temperature = float(rng.choice([0.05, 0.3, 1.0, 2.5, 40.0]))
        yield Case(q_values.astype(int) if rng.random() < 0.2 else q_values, temperature)


exercise = Exercise(
    notebook="04",
    place=4,
    solution=softmax,
    call=_quietly,
    observe=_observe_probabilities,
    cases=(
        Case(np.array([0.0, 1.0]), 1.0, expected=[0.2689414214, 0.7310585786]),
        Case(np.array([2.0, 2.0, 2.0, 2.0]), 0.5, expected=[0.25, 0.25, 0.25, 0.25]),
        Case(np.array([1.0, 3.0]), 2.0, expected=[0.2689414214, 0.7310585786]),
        Case(np.array([-1.0, 0.0, 1.0]), 0.5, expected=[0.0158762401, 0.1173104279, 0.8668133321]),
        Case(np.array([10, 12]), 2.0, expected=[0.2689414214, 0.7310585786]),
        Case(np.array([1000.0, 1001.0]), 1.0, expected=[0.2689414214, 0.7310585786]),
        Case(np.array([-1000.0, -1001.0]), 1.0, expected=[0.7310585786, 0.2689414214]),
        Case(np.array([5.0, 0.0]), 0.001, expected=[1.0, 0.0]),
        Case(np.array([0.0, 0.0, 3000.0]), 1.0, expected=[0.0, 0.0, 1.0]),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(("tau", "τ", "T"), "`τ` belongs to the formula, in code it is `temperature`."),
        **dict.fromkeys(("q_row", "Q", "values"), "the values are handed over as `q_values`."),
        "math": "`math.exp` takes one number; `np.exp` takes them all at once.",
    },
    mistakes=(
        (_boltzmann(lambda q_values, temperature: q_values / temperature), f"{OVERFLOW}."),
        (_boltzmann(lambda q_values, temperature: q_values * temperature), TIMES),
        (_boltzmann(lambda q_values, temperature: (q_values - q_values.max()) * temperature), TIMES),
        (_boltzmann(lambda q_values, temperature: q_values), WITHOUT_TEMPERATURE),
        (_boltzmann(lambda q_values, temperature: q_values - q_values.max()), WITHOUT_TEMPERATURE),
        (_boltzmann(lambda q_values, temperature: q_values / temperature, lambda weights: weights), SUM),
        (_boltzmann(_above_best, lambda weights: weights), SUM),
        (_boltzmann(_above_best, lambda weights: weights / len(weights)), SUM),
        (_boltzmann(lambda *arguments: -_above_best(*arguments)), TURNED),
        (_boltzmann(lambda q_values, temperature: (q_values.min() - q_values) / temperature), TURNED),
        (_boltzmann(lambda q_values, temperature: -q_values / temperature), TURNED),
        (
            _boltzmann(lambda q_values, temperature: q_values / temperature - q_values.max()),
            "the values are divided by the temperature, and the largest one is not: subtract first, then "
            "divide.",
        ),
        (
            _boltzmann(lambda q_values, temperature: (q_values - q_values.mean()) / temperature),
            "with the mean subtracted, a value far above it still overflows: subtract the largest one.",
        ),
        (
            _boltzmann(lambda q_values, temperature: np.clip(q_values / temperature, -500, 500)),
            "large values are cut off, and then 1000 and 1001 are the same. Nothing need be cut: subtract "
            "the largest value first.",
        ),
        (
            lambda q_values, temperature: q_values / q_values.sum(),
            "the exponential is missing: without it a negative value would be a negative probability.",
        ),
        (lambda q_values, temperature: np.eye(len(q_values))[np.argmax(q_values)], GREEDY),
    ),
    hint="exp((Q(a) − max Q) / τ) for every action, divided by the sum of these.",
)
