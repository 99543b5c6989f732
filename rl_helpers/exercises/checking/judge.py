"""Checks one answer to one exercise: runs it on the cases and returns the verdict."""

import inspect
import warnings

from rl_helpers.exercises.checking import bytecode, chance, guard
from rl_helpers.exercises.checking.chance import ELSEWHERE
from rl_helpers.exercises.checking.compare import describe, same
from rl_helpers.exercises.checking.drawn_cases import drawn_cases
from rl_helpers.exercises.checking.exercise import Mistake, attempt
from rl_helpers.exercises.checking.explain import stopped_answer, wrong_answer
from rl_helpers.exercises.checking.hints import never_runs
from rl_helpers.exercises.checking.report import Report

PLAY = {"act", "step", "update", "render"}


def judge(exercise, function, *, seconds=5.0, megabytes=500):
    """Check an answer.

    Args:
        exercise: an `Exercise`.
        function: the learner's answer, which may be anything.
        seconds, megabytes: what it may take at most, and what all that is asked of its results.

    Returns:
        A `Report`.
    """
    trial = Trial(exercise, function)
    outcome = guard.run(trial.run, seconds=seconds, megabytes=megabytes)
    if isinstance(outcome.error, Exception) and not isinstance(outcome.error, MemoryError | RecursionError):
        raise outcome.error  # What an answer raises is caught where it is called: this is the check's own.
    if outcome.error is not None:
        return stopped_answer(exercise, function, trial.case, outcome, seconds, called=trial.calling)
    return trial.report


class Trial:
    """One answer before its judge: the cases made by hand, equal seeds, the cases that are drawn.

    Attributes:
        case: the case at hand.
        calling: whether the answer is being called just now, else its results are looked at.
        report: the verdict, None before there is one.
    """

    def __init__(self, exercise, function):
        self.exercise, self.function = exercise, function
        self.case, self.calling, self.report = exercise.cases[0], False, None

    def run(self):
        """Find the verdict."""
        with warnings.catch_warnings():
            self.report = _refusal(self.exercise, self.function) or self._verdict()

    def _verdict(self):
        exercise, function = self.exercise, self.function
        kept = bytecode.kept(function)
        *passed, first = self.attempts()
        if first.passed:
            sentence = f"From here on the notebook uses your `{exercise.name}`."
            return Report(exercise.name, "solved", sentence)
        # What it does in all other cases tells which mistake it is.
        others = [self._attempt(case) for case in exercise.cases[len(passed) + 1 :]]
        attempts = [*passed, first, *others]
        if _not_begun(function, attempts):
            return _not_yet(exercise)
        self.case = first.case
        now = bytecode.kept(function)
        grown = [name for name, length in kept.items() if now.get(name, length) > length]
        return wrong_answer(exercise, function, attempts, first, grown)

    def attempts(self):
        """Return what the answer does with one case after the other, up to the first that it fails."""
        attempts = []
        for case in self.exercise.cases:
            attempts.append(self._attempt(case))
            if not attempts[-1].passed:
                return attempts
        failure = self._further_failure(attempts)
        return [*attempts, failure] if failure else attempts

    def _attempt(self, case):
        self.case, self.calling = case, True
        one = attempt(self.exercise, self.function, case)
        self.calling = False
        return one

    def _further_failure(self, attempts):
        """Return an attempt at a case that tells a wrong answer from a right one after all, else None."""
        if "rng" in self.exercise.parameters:
            for one in attempts:
                again = self._attempt(one.case)
                if not (again.passed and same([again.result, again.arrays], [one.result, one.arrays])):
                    sampled = chance.sampled(again.arguments)
                    source = "from `env.action_space.sample()`" if sampled else "and are others each time"
                    again.error = Mistake(ELSEWHERE.format(source))
                    return again
        for case in drawn_cases(self.exercise):
            one = self._attempt(case)
            if not one.passed and not (case.deep and isinstance(one.error, RecursionError)):
                return one
        return None


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
    # Parameters without a name to call them by, as those of `operator.sub`, may be called anything.
    by_place = [parameter.name for parameter in parameters if parameter.kind is parameter.POSITIONAL_ONLY]
    fits = names[: len(wanted)] == wanted or len(by_place) == len(wanted)
    if takes_any or (fits and len(required) <= len(wanted)):
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
    if any(one.error or one.printed for one in attempts) or never_runs(function, attempts[0].result):
        return False
    worlds = [world for one in attempts for world in one.worlds]
    if worlds:
        # Whoever has written `env.step` has begun, even if no step is ever taken.
        return not (any(world.n_steps for world in worlds) or bytecode.attributes(function) & PLAY)
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
