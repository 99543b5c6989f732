"""Checks one answer to one exercise: runs it on the cases and returns the verdict."""

import inspect

from rl_helpers.exercises.checking import bytecode, guard
from rl_helpers.exercises.checking.compare import describe
from rl_helpers.exercises.checking.exercise import attempt
from rl_helpers.exercises.checking.explain import stopped_answer, wrong_answer
from rl_helpers.exercises.checking.report import Report
from rl_helpers.exercises.checking.scripted_world import ScriptedWorld


def judge(exercise, function, *, seconds=5.0, megabytes=500):
    """Check an answer.

    Args:
        exercise: an `Exercise`.
        function: the learner's answer, which may be anything.
        seconds, megabytes: what it may take at most.

    Returns:
        A `Report`.
    """
    report = _refusal(exercise, function)
    if report:
        return report

    attempts = []

    def work():
        for case in exercise.cases:
            attempts.append(attempt(exercise, function, case))

    outcome = guard.run(work, seconds=seconds, megabytes=megabytes)
    if outcome.error is not None:
        case = exercise.cases[min(len(attempts), len(exercise.cases) - 1)]
        return stopped_answer(exercise, function, case, outcome, seconds)
    if all(one.passed for one in attempts):
        return Report(exercise.name, "solved", f"From here on the notebook uses your `{exercise.name}`.")
    if _not_begun(function, attempts):
        return _not_yet(exercise)
    return wrong_answer(exercise, function, attempts)


def _refusal(exercise, function):
    """Return a report if the answer is nothing that can be called as the exercise asks, else None."""
    name = exercise.name
    if function is exercise.solution:
        return Report(
            name,
            "not yet",
            "This is the course's own function. Run the cell with yours first, then this one again.",
        )
    if not callable(function):
        return Report(
            name,
            "wrong",
            f"The check got {describe(function, 60)}, which is no function.",
            hint=f"hand over the function itself, without calling it: `check.{name}({name})`.",
        )
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return None  # Some built-in functions do not tell.
    takes_any = any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters)
    names = [parameter.name for parameter in parameters]
    required = [parameter.name for parameter in parameters if parameter.default is parameter.empty]
    wanted = exercise.parameters
    if takes_any or (names[: len(wanted)] == wanted and len(required) <= len(wanted)):
        return None
    return Report(
        name,
        "wrong",
        "The function has other parameters than the exercise.",
        (("Expected", f"def {name}({', '.join(wanted)}):"), ("Got", f"def {name}({', '.join(names)}):")),
        "keep the `def` line as it was: the rest of the notebook calls the function by it.",
    )


def _not_begun(function, attempts):
    """Return whether an answer is still the stub: it does nothing."""
    if all(isinstance(one.error, NotImplementedError) for one in attempts):
        return True
    worlds = [value for one in attempts for value in one.arguments if isinstance(value, ScriptedWorld)]
    if any(one.error or one.printed for one in attempts):
        return False
    if worlds:
        return not any(world.n_steps for world in worlds)
    if all(one.result is ... for one in attempts):
        return True
    if any(one.result is not None and one.result is not ... for one in attempts):
        return False
    # An answer that forgets its `return` gives None as well, but it does look at its arguments.
    return not bytecode.locals_read(function)


def _not_yet(exercise):
    return Report(
        exercise.name,
        "not yet",
        f"Write the body of `{exercise.name}` in the cell above, run it, and run this cell again. "
        "Until then the notebook goes on with the course's function.",
    )
