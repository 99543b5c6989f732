"""Exercise of notebook 04: what was missed by not always taking the best post."""

from rl_helpers.exercises.checking.drawing.inputs import length, number, numbers
from rl_helpers.exercises.checking.exceptions import Rule
from rl_helpers.exercises.checking.exercise import Case, Exercise


def regret(best_mean, chosen_means):
    """Return the sum over all steps of how far the post taken lies below the best one."""
    return sum(best_mean - mean for mean in chosen_means)


def _draw(rng):
    for _ in range(300):
        chosen = numbers(rng, length(rng))
        # The best post need not be among those taken.
        best = max(chosen) + float(rng.choice([0.0, abs(number(rng))]))
        yield Case(best, chosen, size=len(chosen))


exercise = Exercise(
    notebook="04",
    place=3,
    solution=regret,
    cases=(
        Case(2.0, [0.5, 2.0, 1.0], expected=2.5),
        Case(1.5, [1.5, 1.5], expected=0.0),
        Case(-1.0, [-3.0, -1.5], expected=2.5),
        Case(4.0, [], expected=0.0),
        Case(1.0, [0.25], expected=0.75),
        Case(0.0, [-0.5, -0.5, 0.0, -1.25], expected=2.25),
    ),
    draw=_draw,
    errors=(
        Rule(
            TypeError,
            "`chosen_means` is a list, and a list cannot be subtracted: go through its means one by one.",
            message="unsupported operand type",
        ),
    ),
    names=dict.fromkeys(
        ("reward", "rewards"),
        "rewards are chance: regret counts the means of the posts taken, `chosen_means`.",
    ),
    mistakes=(
        (
            lambda best_mean, chosen_means: sum(mean - best_mean for mean in chosen_means),
            "the sign is turned round: regret is what is missing, 0 or more.",
        ),
        (
            lambda best_mean, chosen_means: best_mean - sum(chosen_means),
            "the best mean is counted once: at *every* step the best post could have been taken.",
        ),
        (
            lambda best_mean, chosen_means: sum(max(chosen_means) - mean for mean in chosen_means),
            "that measures against the best post that was taken. Perhaps the best of all never was: it is "
            "`best_mean`.",
        ),
        (
            lambda best_mean, chosen_means: (
                sum(best_mean - mean for mean in chosen_means) / len(chosen_means)
            ),
            "that is the mean regret of a step: add up the steps.",
        ),
        (
            lambda best_mean, chosen_means: sum(chosen_means),
            "that is what the posts taken are worth: regret is how far this is below the best.",
        ),
        (
            lambda best_mean, chosen_means: best_mean - chosen_means[-1],
            "that is the regret of the last step alone: add up all of them.",
        ),
        (
            lambda best_mean, chosen_means: best_mean - chosen_means[0],
            "that is the regret of the first step alone: add up all of them.",
        ),
        (
            lambda best_mean, chosen_means: max(best_mean - mean for mean in chosen_means),
            "that is the largest regret of a step: add up all of them.",
        ),
        (
            lambda best_mean, chosen_means: sum((best_mean - mean) ** 2 for mean in chosen_means),
            "the differences are squared: add them up as they are.",
        ),
        (
            lambda best_mean, chosen_means: sum(mean < best_mean for mean in chosen_means),
            "that counts the steps that were not the best: what counts is by how much.",
        ),
        (
            lambda best_mean, chosen_means: [best_mean - mean for mean in chosen_means],
            "that is the regret of each step: add them up.",
        ),
        (
            lambda best_mean, chosen_means: int(regret(best_mean, chosen_means)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="add up best_mean − mean over the means of the posts taken.",
)
