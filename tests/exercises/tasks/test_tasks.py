"""Every task stands where its name says, knows its mistakes, and has answers planted for it."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import numpy as np
import pytest

import tests.answers
from rl_helpers.exercises import EXERCISES, solution, tasks
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.exercises.course import DIAGNOSES
from rl_helpers.training import Transition
from tests.answers.table import planted

RIGHT, WRONG = planted()
ALL = [*EXERCISES.values(), *DIAGNOSES.values()]
NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks" / "src"


def modules(package):
    """Return the modules below a package, by the names that they have there, such as "room.module"."""
    start = f"{package.__name__}."
    names = [each.name for each in pkgutil.walk_packages(package.__path__, start) if not each.ispkg]
    return {name.removeprefix(start): importlib.import_module(name) for name in names}


@pytest.mark.parametrize(("exercise", "function"), RIGHT)
def test_right_answer_passes_however_it_is_written(exercise, function):
    report = judge(EXERCISES[exercise], function)
    assert report.status == "solved", report


@pytest.mark.parametrize(("exercise", "hint", "function"), WRONG)
def test_wrong_answer_gets_the_hint_that_names_its_mistake(exercise, hint, function):
    report = judge(EXERCISES[exercise], function)
    assert report.status == "wrong"
    assert hint in report.hint, report
    assert report.rows[0][0] == "Called"


@pytest.mark.parametrize(("exercise", "hint", "function"), WRONG)
def test_no_report_shows_names_that_only_the_check_knows(exercise, hint, function):
    report = judge(EXERCISES[exercise], function)
    shown = "".join(code for title, code in report.rows if title != "Your line") + report.hint
    assert "Scripted" not in shown
    assert "the error came up in your function" not in shown


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_enough_planted_answers(name):
    assert sum(param.values[0] == name for param in RIGHT) >= 2
    assert sum(param.values[0] == name for param in WRONG) >= 5


def test_task_and_planted_answers_of_one_exercise_have_the_same_place_and_its_name():
    functions = {place: module for place, module in modules(tasks).items() if hasattr(module, "exercise")}
    names = {place: module.exercise.name for place, module in functions.items()}
    diagnoses = ["bug_clinic.diagnosis", "own_world.planted_faults", "policy_clinic.diagnosis"]
    assert [names.pop(place) for place in diagnoses] == list(DIAGNOSES)
    assert {place: place.rpartition(".")[2] for place in names} == names
    assert sorted(names.values()) == sorted(EXERCISES)
    assert modules(tests.answers).keys() - {"table"} == names.keys()


@pytest.mark.parametrize("notebook", sorted({exercise.notebook for exercise in ALL}))
def test_exercises_are_those_of_the_notebook_in_its_order(notebook):
    (source,) = NOTEBOOKS.glob(f"{notebook}_*.md")
    text = source.read_text(encoding="utf-8")
    here = sorted((each for each in ALL if each.notebook == notebook), key=lambda exercise: exercise.place)
    assert [each.place for each in here] == list(range(1, len(here) + 1))
    for pattern in (r"^(?:\w+ = )?check\.(\w+)\(\w+\)$", r'^solution\("(\w+)"\)$'):
        assert re.findall(pattern, text, re.MULTILINE) == [each.name for each in here]


def test_exercises_are_listed_in_the_order_of_the_course():
    places = [(exercise.notebook, exercise.place) for exercise in EXERCISES.values()]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("exercise", "mistake", "hint"),
    [
        pytest.param(exercise, mistake, hint, id=f"{exercise.name}-{number}")
        for exercise in EXERCISES.values()
        for number, (mistake, hint) in enumerate(exercise.mistakes)
    ],
)
def test_every_known_mistake_is_told_apart_from_the_others(exercise, mistake, hint):
    report = judge(exercise, mistake)
    assert report.status == "wrong"
    assert report.hint == hint


@pytest.mark.parametrize("name", EXERCISES)
def test_shown_solution_runs_as_it_stands_and_passes_its_own_check(name):
    namespace = {"Transition": Transition, "np": np}
    exec(solution(name).code, namespace)
    assert judge(EXERCISES[name], namespace[name]).status == "solved"


@pytest.mark.parametrize("name", EXERCISES)
def test_shown_solution_is_the_function_of_the_task_without_its_docstring(name):
    function = EXERCISES[name].solution
    docstring = f'    """{function.__doc__}"""\n'
    source = inspect.getsource(inspect.getmodule(function))
    assert docstring in source
    assert '"""' not in solution(name).code
    assert solution(name).code in source.replace(docstring, "")
