"""What notebooks call: `check.<exercise>(function)`, progress, map, certificate, `solution("<exercise>")`."""

import difflib
import functools
import html
import importlib
import pkgutil
from types import MappingProxyType

from IPython.display import display

from rl_helpers.exercises import tasks
from rl_helpers.exercises.answers.button import SolutionButton
from rl_helpers.exercises.answers.progress import Progress
from rl_helpers.exercises.checking.exercise import Exercise
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.notebook import palette
from rl_helpers.notebook.course import notebooks


def declared(package):
    """Return the `exercise` of every module below a package that declares one, in the order of the course."""
    names = [module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    modules = [importlib.import_module(name) for name in names]
    found = [module.exercise for module in modules if hasattr(module, "exercise")]
    return sorted(found, key=lambda exercise: (exercise.notebook, exercise.place))


_DECLARED = declared(tasks)

EXERCISES = MappingProxyType(
    {exercise.name: exercise for exercise in _DECLARED if isinstance(exercise, Exercise)}
)
"""All exercises whose answer is a function, in the order of the course."""

DIAGNOSES = MappingProxyType(
    {exercise.name: exercise for exercise in _DECLARED if exercise.name not in EXERCISES}
)
"""The exercises whose answer says who has what."""

_ALL = EXERCISES | DIAGNOSES


class Check:
    """Checks answers, one method an exercise.

    `check.td_error(td_error)` shows what came of it and returns a function to go on with: the learner's own
    if it passes, the course's if not.

    Args:
        progress: where solved exercises are noted.
        seconds, megabytes: what an answer may take at most.

    >>> check = Check(Progress("/nowhere/at/all.json"))
    >>> check.td_eror
    Traceback (most recent call last):
    ...
    AttributeError: there is no exercise 'td_eror', did you mean 'td_error'? There are: total_reward, ...
    """

    def __init__(self, progress=None, *, seconds=5.0, megabytes=500):
        self._progress = Progress() if progress is None else progress
        self._limits = {"seconds": seconds, "megabytes": megabytes}

    def __getattr__(self, name):
        if name.startswith("_") or name not in _ALL:
            raise AttributeError(_no_such_exercise(name))
        if name in DIAGNOSES:
            return functools.partial(self._diagnose, DIAGNOSES[name])
        return functools.partial(self._check, EXERCISES[name])

    def __dir__(self):
        return [*_ALL, "progress", "course_map", "certificate"]

    def _check(self, exercise, function):
        report = judge(exercise, function, **self._limits)
        if report.status != "solved":
            display(report)
            return exercise.solution
        self._progress.record(exercise.name)
        display(report.with_note(self._progress.trouble))
        return function

    def _diagnose(self, clinic, diagnosis):
        report = clinic.judge(diagnosis)
        if report.status == "solved":
            self._progress.record(clinic.name)
            report = report.with_note(self._progress.trouble)
        display(report)

    def progress(self, notebook=None):
        """Show which exercises are solved.

        Args:
            notebook: its number, such as "05"; all notebooks if not given.

        Raises:
            ValueError: if no notebook of that number has exercises.
        """
        known = sorted({exercise.notebook for exercise in _ALL.values()})
        if notebook is not None and notebook not in known:
            raise ValueError(f"notebook {notebook!r} has no exercises: choose from {', '.join(known)}")
        names = [name for name, exercise in _ALL.items() if notebook in (None, exercise.notebook)]
        solved = self._progress.solved()
        display(Standing([(name, name in solved) for name in names], self._progress.trouble))

    def course_map(self):
        """Show the notebooks of the course, each a link, and how many of its exercises are solved."""
        done = self._progress.solved()
        solved = {}
        for name, exercise in _ALL.items():
            solved.setdefault(exercise.notebook, []).append(name in done)
        display(CourseMap([(*each, solved.get(each.number, [])) for each in notebooks()]))

    def certificate(self, name, date=None):
        """Show the certificate, a picture, if all exercises are solved; else say what is left, and where.

        Args:
            name: that stands on it.
            date: a `datetime.date`; today if not given.

        Raises:
            TypeError, ValueError: if the name or the date is none.
        """
        from rl_helpers.exercises.award import award  # It brings fonts, and few calls need them.

        display(award(name, list(_ALL.values()), self._progress.solved(), date))


class Standing:
    """The list of exercises, with those that are solved.

    >>> Standing([("td_target", True), ("td_error", False)])
    Exercises: 1 of 2 solved
      ✓ td_target: solved
      ○ td_error: not yet
    """

    def __init__(self, exercises, trouble=""):
        self.lines = [
            ("✓" if solved else "○", name, "solved" if solved else "not yet") for name, solved in exercises
        ]
        n_solved = sum(solved for _, solved in exercises)
        self.title = f"Exercises: {n_solved} of {len(exercises)} solved"
        self.trouble = trouble

    def _repr_html_(self):
        items = "".join(
            f'<li style="list-style:none">{symbol} <code>{name}</code>: {words}</li>'
            for symbol, name, words in self.lines
        )
        trouble = f"<p>{html.escape(self.trouble)}</p>" if self.trouble else ""
        return f'<p><strong>{self.title}</strong></p><ul style="padding-left:0">{items}</ul>{trouble}'

    def __repr__(self):
        lines = [self.title, *(f"  {symbol} {name}: {words}" for symbol, name, words in self.lines)]
        return "\n".join([*lines, self.trouble] if self.trouble else lines)


class CourseMap:
    """The notebooks as stations that lead to them, with what is solved.

    Args:
        stations: for each notebook its number, title, source and file, and for each of its exercises whether
            it is solved.

    >>> CourseMap([("04", "Bandits", "", "04_b.ipynb", [True, True]), ("05", "Q", "", "05_q.ipynb", [False])])
    04 Bandits: ✓ 2 of 2 solved
    05 Q: 1 exercise
    """

    def __init__(self, stations):
        self.stations = [
            (f"{number} {title}", file, _standing(solved), bool(solved) and all(solved))
            for number, title, _, file, solved in stations
        ]

    def _repr_html_(self):
        items = "".join(
            f'<li style="border:2px solid {palette.GREEN if done else palette.GREY};border-radius:8px;'
            f'box-sizing:border-box;margin:0;padding:6px 10px;width:9.5em">'
            f'<a href="{file}">{html.escape(name)}</a><br>{standing}</li>'
            for name, file, standing, done in self.stations
        )
        style = "display:flex;flex-wrap:wrap;gap:10px;list-style:none;margin:0;padding:0"
        return f'<ul aria-label="Map of the course" style="{style}">{items}</ul>'

    def __repr__(self):
        return "\n".join(f"{name}: {standing}" for name, _, standing, _ in self.stations)


def _standing(solved):
    if not any(solved):
        return f"{len(solved) or 'no'} exercise{'s' * (len(solved) != 1)}"
    return f"{'✓ ' if all(solved) else ''}{sum(solved)} of {len(solved)} solved"


def solution(name):
    """Show a button that uncovers the solution of an exercise.

    Args:
        name: of the exercise.

    Returns:
        A `SolutionButton`: make it the last line of a cell.

    Raises:
        ValueError: if there is no such exercise.

    >>> solution("td_error")
    Run this cell to get the solution button for td_error.
    >>> print(solution("td_error").code)
    def td_error(target, q_value):
        return target - q_value
    """
    if name not in _ALL:
        raise ValueError(_no_such_exercise(name))
    return SolutionButton(_ALL[name])


def _no_such_exercise(name):
    close = difflib.get_close_matches(str(name), _ALL, n=1)
    guess = f", did you mean {close[0]!r}?" if close else "."
    return f"there is no exercise {name!r}{guess} There are: {', '.join(_ALL)}"
