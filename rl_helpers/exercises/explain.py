"""Says what went wrong: which call, what was expected, what came, and a hint that names the mistake."""

import inspect
import linecache

import numpy as np

from rl_helpers.exercises import guard
from rl_helpers.exercises.compare import as_number, describe, same
from rl_helpers.exercises.exercise import attempt
from rl_helpers.exercises.report import Report
from rl_helpers.exercises.scripted import Mistake


def wrong_answer(exercise, function, attempts):
    """Return the report on an answer that failed at least one case."""
    first = next(one for one in attempts if not one.passed)
    rows = _call(exercise, first.case)
    if isinstance(first.error, Exception):
        rows += _error_rows(function, first.error)
    elif first.error is None and not same(first.observed, first.case.expected):
        rows += [("Expected", describe(first.case.expected)), ("Got", describe(first.observed))]
    if first.printed:
        rows.append(("Printed", first.printed))
    return Report(exercise.name, "wrong", rows=tuple(rows), hint=_hint(exercise, attempts, first))


def _hint(exercise, attempts, first):
    """Return the sentence that names the mistake, the most certain first."""
    if first.changed:
        return (
            f"the function changes `{first.changed[0]}`, which belongs to whoever called it: "
            "work on a copy, or compute a new value."
        )
    for wrong, hint in exercise.mistakes:
        if all(_did_the_same(one, attempt(exercise, wrong, one.case)) for one in attempts):
            return hint
    if isinstance(first.error, Mistake):
        return f"{first.error}."
    if isinstance(first.error, RecursionError):
        return "the function calls itself without end: there must be a case in which it does not."
    if isinstance(first.error, Exception):
        return "the error came up in your function; the line is shown above."
    if inspect.isgenerator(first.result) or inspect.iscoroutine(first.result):
        return "hand the result back with `return`: no `yield`, no `async`."
    if first.result is None and not exercise.changes:
        if first.printed:
            return "the function prints its result but returns None: `return` it instead of printing it."
        return "the function returns None: end it with `return` and the result."
    if as_number(first.case.expected) is not None and as_number(first.observed) is None:
        return f"a number is expected, and a {type(first.observed).__name__} came. {exercise.hint}"
    return exercise.hint


def _did_the_same(one, other):
    """Return whether two attempts at one case did the same."""
    if one.changed != other.changed:
        return False
    try:
        return same(one.fingerprint, other.fingerprint)
    except (TypeError, ValueError):
        return False  # An answer of a kind that `same` does not know is none of the known ones.


def stopped_answer(exercise, function, case, outcome, seconds):
    """Return the report on an answer that was stopped, or that ended the check itself."""
    error = outcome.error
    rows = _call(exercise, case)
    if isinstance(error, guard.OutOfTime):
        message = f"The function did not come to an end within {seconds:g} seconds and was stopped."
        hint = "look for a loop whose condition never becomes false."
    elif isinstance(error, guard.OutOfMemory | MemoryError):
        message = "The function asked for too much memory and was stopped."
        hint = "look for a list that grows without end, or an array with too many entries."
    elif isinstance(error, guard.AskedForInput):
        message = "The function calls `input()`, and a check cannot type."
        hint = "all that the function needs to know is in its arguments."
    else:
        message = f"The function ended the check with {type(error).__name__}."
        hint = "leave it with `return`."
    line = learner_line(function, error)
    if line:
        rows.append(("Your line", line))
    note = ""
    if outcome.still_running:
        note = "It is still computing in the background and cannot be stopped from here: restart the kernel."
    return Report(exercise.name, "wrong", message, tuple(rows), hint, note)


def _error_rows(function, error):
    rows = [("Error", f"{type(error).__name__}: {_message(error)}")]
    line = learner_line(function, error)
    return [*rows, ("Your line", line)] if line else rows


def _message(error):
    """Return the message of an exception, short."""
    text = str(error)
    return text if len(text) <= 200 else text[:199] + "…"


def learner_line(function, error):
    """Return number and text of the learner's line that an exception passed through, empty if there is none.

    The deepest frame counts that shares the function's namespace: code of the course, of NumPy or of
    Gymnasium further down is not the learner's.
    """
    namespace = getattr(inspect.unwrap(function), "__globals__", None)
    found = ""
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_globals is namespace:
            text = linecache.getline(step.tb_frame.f_code.co_filename, step.tb_lineno).strip()
            found = f"line {step.tb_lineno}: {text}" if text else f"line {step.tb_lineno}"
        step = step.tb_next
    return found


def _call(exercise, case):
    """Return the rows that say how a case is called, and in which world."""
    parts = [
        f"{name}={describe(value)}" if isinstance(value, bool | int | float | list | np.ndarray) else name
        for name, value in zip(exercise.parameters, case.arguments, strict=True)
    ]
    rows = [("Called", f"{exercise.name}({', '.join(parts)})")]
    return [*rows, ("World", case.world)] if case.world else rows
