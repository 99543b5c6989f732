"""What a task is made of: an exercise, its cases, the mistakes seen in an answer; and how a case is tried."""

import ast
import contextlib
import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from rl_helpers.exercises.checking.chance import ELSEWHERE, drawn_from, elsewhere
from rl_helpers.exercises.checking.compare import expected_and_got, same
from rl_helpers.exercises.checking.guard import FirstWords

OPEN = object()


class Mistake(BaseException):
    """A mistake seen while it happened; its text is the hint. No `except Exception` swallows it."""


class Case:
    """One call of the learner's function, and what must come of it.

    Args:
        arguments: passed to the function, copied afresh for every call.
        expected: a value worked out by hand or by another route, never by the function under test; in a case
            that is drawn it may be left open, and is then what the course's solution gives.
        world: for calls that take a world, what it is like.
        size: how large the input is; the length of the arguments as text if not given.
        deep: whether a function that calls itself once a step may run out of Python's stack in this case.
    """

    def __init__(self, *arguments, expected=OPEN, world="", size=None, deep=False):
        self.arguments = arguments
        self.expected = expected
        self.world = world
        self.size = sum(len(repr(argument)) for argument in arguments) if size is None else size
        self.deep = deep


class OneByOne(list):
    """An argument of a case that the learner's function gets one entry at a time.

    Attributes:
        now: the entry that a report is about.
    """

    now = None


@dataclass(frozen=True)
class Exercise:
    """A task, its solution, the cases that test an answer, and the mistakes that people make.

    Attributes:
        notebook: number of the notebook, such as "05".
        place: the how many-th exercise of its notebook it is, from 1.
        solution: the course's function; the learner's has the same name.
        cases: what answers are tested on.
        mistakes: (wrong function, hint) pairs; an answer that does the same as the wrong function in all
            cases gets its hint.
        hint: for a wrong answer that is none of them.
        call: from (the function, the arguments) to what came of it; a function of chance is
            called many times.
        observe: from (what was returned, the arguments after the call) to what is compared; it may raise
            `Mistake`.
        changes: names of arguments that the function shall change.
        names: from names that the function should not take from outside to the hint for those who do.
        errors: what exceptions say in this exercise, as `exceptions.Rule`; all exercises have `RULES`.
        show: from (what was expected, what was observed) to the rows of the report that tell them apart.
        draw: from a generator of random numbers to further cases; on these, answers that pass all `cases` are
            compared with the solution.
    """

    notebook: str
    place: int
    solution: Callable
    cases: tuple
    mistakes: tuple
    hint: str
    call: Callable = lambda function, *arguments: function(*arguments)
    observe: Callable = lambda result, *arguments: result
    changes: tuple = ()
    names: dict = field(default_factory=dict)
    errors: tuple = ()
    show: Callable = expected_and_got
    draw: Callable = lambda rng: ()

    @property
    def name(self):
        """Name of the function that the learner writes."""
        return self.solution.__name__

    @property
    def code(self):
        """Source of the solution, without its docstring: the exercise's cell has it already."""
        return source_without_docstring(self.solution)

    @property
    def parameters(self):
        """Names of the function's parameters."""
        return list(inspect.signature(self.solution).parameters)


@dataclass
class Attempt:
    """What a function did with one case."""

    case: Case
    arguments: tuple
    result: object = None
    observed: object = None
    error: BaseException | None = None
    changed: list = field(default_factory=list)
    printed: str = ""
    complained: str = ""

    @property
    def worlds(self):
        """Those of the arguments that keep a log of what was done in them."""
        return [argument for argument in self.arguments if hasattr(argument, "n_steps")]

    @property
    def arrays(self):
        """Those of the arguments that are arrays, as the function left them."""
        return [argument for argument in self.arguments if isinstance(argument, np.ndarray)]

    @property
    def passed(self):
        """Whether it did what was expected, and nothing else."""
        return self.error is None and not self.changed and same(self.observed, self.case.expected)

    @property
    def fingerprint(self):
        """What it did, in a form that two functions can be compared by."""
        what = self.observed
        if self.error is not None:
            what = f"{type(self.error).__name__}: {self.error if isinstance(self.error, Mistake) else ''}"
        return [what, [world.n_steps for world in self.worlds]]


def attempt(exercise, function, case):
    """Call a function with fresh arguments and return what came of it as an `Attempt`."""
    arguments = copy.deepcopy(case.arguments)
    now = Attempt(case, arguments)
    printed, complained = FirstWords(), FirstWords()
    random_numbers = elsewhere() if "rng" in exercise.parameters else {}
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(complained):
            now.result = exercise.call(function, *arguments)
        if inspect.iscoroutine(now.result):
            now.result.close()  # Else Python warns that nobody waited for it.
        for source in drawn_from(random_numbers):
            raise Mistake(ELSEWHERE.format(f"from {source}"))
        now.observed = exercise.observe(now.result, *arguments)
    except MemoryError:
        raise
    except (Exception, Mistake) as error:
        now.error = error
    # A mistake counts even if the answer's own `except` has swallowed it.
    now.error = next((world.mistake for world in now.worlds if world.mistake), now.error)
    now.printed, now.complained = printed.text.strip(), complained.text.strip()
    now.changed = [
        name
        for name, before, after in zip(exercise.parameters, case.arguments, arguments, strict=True)
        if isinstance(before, list | np.ndarray)
        and name not in exercise.changes
        and not np.array_equal(before, after)
    ]
    return now


def source_without_docstring(function):
    """Return a function's source code without its docstring."""
    source = inspect.getsource(function)
    first = ast.parse(source).body[0].body[0]
    lines = source.splitlines()
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if is_docstring:
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines)
