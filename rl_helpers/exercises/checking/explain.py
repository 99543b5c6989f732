"""Says what went wrong: which call, what was expected, what came, and a hint that names the mistake."""

import inspect
import linecache

import numpy as np

from rl_helpers.exercises.checking import guard
from rl_helpers.exercises.checking.compare import describe, same
from rl_helpers.exercises.checking.exceptions import without_class_names
from rl_helpers.exercises.checking.exercise import OneByOne
from rl_helpers.exercises.checking.hints import hint
from rl_helpers.exercises.checking.report import Report

FURTHER = "The first examples come out right. This is the smallest of all further ones that does not:"


def wrong_answer(exercise, function, attempts, first, grown=()):
    """Return the report on an answer that failed at least one case.

    Args:
        exercise: an `Exercise`.
        function: the learner's answer.
        attempts: what it did, one `Attempt` a case.
        first: the first of them that failed.
        grown: names of what it keeps from call to call, if that has become longer.
    """
    rows = _call(exercise, first.case, first.arguments)
    line = ""
    if isinstance(first.error, Exception):
        line = learner_line(function, first.error)
        rows.append(("Error", f"{type(first.error).__name__}: {_message(first.error)}"))
        rows += [("Your line", line)] if line else []
    elif first.error is None and not same(first.observed, first.case.expected):
        rows += exercise.show(first.case.expected, first.observed)
    if first.printed or first.complained:
        rows.append(("Printed", first.printed or first.complained))
    sentence = hint(exercise, function, attempts, first, line, grown)
    message = "" if first.case in exercise.cases else FURTHER
    return Report(exercise.name, "wrong", message, tuple(rows), sentence)


def stopped_answer(exercise, function, case, outcome, seconds, *, called=True):
    """Return the report on an answer that was stopped, or that ended the check itself.

    Args:
        exercise: an `Exercise`.
        function: the learner's answer.
        case: the case at hand.
        outcome: a `guard.Outcome` with an error.
        seconds: how long the answer was allowed to take.
        called: whether the function itself was at work, and not what it had returned.
    """
    error = outcome.error
    rows = _call(exercise, case, case.arguments)
    if not called and isinstance(error, guard.OutOfTime | guard.OutOfMemory | MemoryError):
        message = (
            "The function came to an end, but what it returned is too large, or too slow, to be looked at."
        )
        sentence = f"return what is asked for, in plain numbers, lists and arrays. {exercise.hint}"
    elif isinstance(error, guard.OutOfTime):
        message = f"The function did not come to an end within {seconds:g} seconds and was stopped."
        sentence = "look for a loop whose condition never becomes false."
    elif isinstance(error, guard.OutOfMemory | MemoryError):
        message = "The function asked for too much memory and was stopped."
        sentence = "look for a list that grows without end, or an array with too many entries."
    elif isinstance(error, guard.AskedForInput):
        message = "The function calls `input()`, and a check cannot type."
        sentence = "all that the function needs to know is in its arguments."
    else:
        message = f"The function ended the check with {type(error).__name__}."
        sentence = "leave it with `return`."
    line = learner_line(function, error)
    if line:
        rows.append(("Your line", line))
    note = ""
    if outcome.still_running:
        note = "It is still computing in the background and cannot be stopped from here: restart the kernel."
    return Report(exercise.name, "wrong", message, tuple(rows), sentence, note)


def _message(error):
    """Return the message of an exception, short."""
    text = without_class_names(str(error))
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


def _call(exercise, case, arguments):
    """Return the rows that say how a case is called, and in which world."""
    parts = []
    for name, before, after in zip(exercise.parameters, case.arguments, arguments, strict=True):
        value = after.now if isinstance(after, OneByOne) else before
        shown = value is not None and isinstance(value, bool | int | float | str | list | tuple | np.ndarray)
        parts.append(f"{name}={describe(value)}" if shown and not isinstance(value, OneByOne) else name)
    rows = [("Called", f"{exercise.name}({', '.join(parts)})")]
    return [*rows, ("World", case.world)] if case.world else rows
