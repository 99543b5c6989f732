"""Finds the one sentence that names the mistake in a wrong answer."""

import inspect

import numpy as np

from rl_helpers.exercises.checking import bytecode
from rl_helpers.exercises.checking.compare import as_number, same
from rl_helpers.exercises.checking.exceptions import exception_hint
from rl_helpers.exercises.checking.exercise import Mistake, attempt

GENERATOR = (
    "round brackets around `… for … in …` make something that is worked out only later, and only once: take "
    "square brackets, and a list comes out."
)
NEVER_RUNS = "hand the result back with `return`: no `yield`, no `async`."


def hint(exercise, function, attempts, first, line, grown=()):
    """Return the sentence that names the mistake, the most certain first.

    Args:
        exercise: an `Exercise`.
        function: the learner's answer.
        attempts: what it did, one `Attempt` a case.
        first: the first of them that failed.
        line: text of the learner's line in which an exception came up.
        grown: names of lists that the function keeps from call to call and has made longer.
    """
    if never_runs(function, first.result):
        inside = inspect.isgenerator(first.result) and not inspect.isgeneratorfunction(function)
        return GENERATOR if inside else NEVER_RUNS
    if grown:
        return _kept_hint(function, grown[0])
    if first.changed:
        return (
            f"the function changes `{first.changed[0]}`, which belongs to whoever called it: "
            "work on a copy, or compute a new value."
        )
    for wrong, sentence in exercise.mistakes:
        if all(_did_the_same(one, attempt(exercise, wrong, one.case)) for one in attempts):
            return sentence
    if isinstance(first.error, Exception):
        return exception_hint(exercise, function, first.error, line)
    # A name from outside explains more than what came of it.
    for name in sorted(exercise.names.keys() & bytecode.globals_read(function)):
        return exercise.names[name]
    if isinstance(first.error, Mistake):
        return f"{first.error}."
    return _number_for_parameter(exercise, function) or _result_hint(exercise, attempts, first)


def never_runs(function, result):
    """Return whether a function has `yield` or `async` in it, so that calling it does nothing yet."""
    kinds = (inspect.isgeneratorfunction, inspect.iscoroutinefunction, inspect.isasyncgenfunction)
    return any(kind(function) for kind in kinds) or inspect.isgenerator(result) or inspect.iscoroutine(result)


def _kept_hint(function, name):
    """Return the sentence on something that is kept from call to call."""
    if name in bytecode.globals_read(function):
        return (
            f"`{name}` lies outside the function, so it still holds what earlier calls have put in: make a "
            "new one in the function."
        )
    return (
        f"the default of `{name}` is made only once, so it still holds what earlier calls have put in: make "
        "a new one in the function."
    )


def _result_hint(exercise, attempts, first):
    """Return what the kind of result tells."""
    if first.result is None and not exercise.changes:
        if first.printed:
            return "the function prints its result but returns None: `return` it instead of printing it."
        if any(one.result is not None for one in attempts):
            return "in this case the function returns None: look which way it goes, and what that returns."
        return "the function returns None: end it with `return` and the result."
    if inspect.isroutine(first.result):
        return (
            f"the result is a function that was not called: add the brackets: `.{first.result.__name__}()`."
        )
    if _is_rounded(attempts, first):
        return "the result is rounded: hand it back as it is, and round only what you print."
    if isinstance(first.case.expected, np.ndarray) and isinstance(first.observed, list | tuple):
        kind = type(first.observed).__name__
        if same(np.array(first.observed), first.case.expected):
            return f"the numbers are right, but a {kind} came: return an array, with `np.array(…)`."
    wanted, got = as_number(first.case.expected), as_number(first.observed)
    if wanted is not None and got is None:
        return f"a number is expected, and a {type(first.observed).__name__} came. {exercise.hint}"
    return exercise.hint


def _is_rounded(attempts, first):
    """Return whether all results are what is expected, rounded to one number of places."""
    pairs = [(as_number(one.case.expected), as_number(one.observed)) for one in attempts]
    if isinstance(first.observed, bool | np.bool_) or any(None in pair for pair in pairs):
        return False
    places = range(0 if isinstance(first.observed, int) else 1, 6)
    return any(all(got == round(wanted, digits) for wanted, got in pairs) for digits in places)


def _number_for_parameter(exercise, function):
    """Return a hint if a number is written where γ, α, ε or τ should be, else None."""
    numbers = bytecode.fractions(function)
    kept = bytecode.locals_read(function) - bytecode.locals_set(function)
    for name in ("discount", "learning_rate", "epsilon", "temperature", "bonus_weight"):
        if numbers and name in exercise.parameters and name not in kept:
            return f"use the parameter `{name}`, not the number {numbers[0]:g}."
    return None


def _did_the_same(one, other):
    """Return whether two attempts at one case did the same."""
    return one.changed == other.changed and same(one.fingerprint, other.fingerprint)
