"""What notebooks call: checks by name, and what they hand back."""

import importlib

import pytest

from rl_helpers.exercises import EXERCISES, Check, course, solution
from rl_helpers.exercises.answers.progress import Progress
from rl_helpers.exercises.course import DIAGNOSES, declared
from rl_helpers.notebook import palette
from rl_helpers.notebook.course import notebooks
from rl_helpers.notebook.paths import ROOT

BUILT = ROOT / "notebooks"


@pytest.fixture
def check(tmp_path):
    return Check(Progress(tmp_path / "progress.json"))


STUBS = {
    "ellipsis": lambda target, q_value: ...,
    "pass": lambda target, q_value: None,
}


@pytest.mark.parametrize("stub", STUBS.values(), ids=STUBS)
def test_stub_is_not_yet_solved_and_the_notebook_goes_on_with_the_courses_function(check, capsys, stub):
    function = check.td_error(stub)
    assert function(2.0, 0.5) == 1.5
    shown = capsys.readouterr().out
    assert "○ td_error: not yet" in shown
    assert "✗" not in shown


def test_solved_exercise_goes_on_with_the_learners_own_function(check, capsys):
    def td_error(target, q_value):
        return target - q_value

    assert check.td_error(td_error) is td_error
    assert "✓ td_error: solved" in capsys.readouterr().out


def test_wrong_answer_goes_on_with_the_courses_function(check, capsys):
    assert check.td_error(lambda target, q_value: q_value - target) is EXERCISES["td_error"].solution
    assert "✗ td_error: not right yet" in capsys.readouterr().out


def test_the_courses_function_does_not_count_as_an_answer(check, capsys):
    """Running the check's cell twice hands the course's function back in: that solves nothing."""
    check.td_error(check.td_error(lambda target, q_value: None))
    assert "This is the course's own function" in capsys.readouterr().out
    check.progress("05")
    n_exercises = sum(exercise.notebook == "05" for exercise in (EXERCISES | DIAGNOSES).values())
    assert f"Exercises: 0 of {n_exercises} solved" in capsys.readouterr().out


def test_map_leads_to_every_notebook_and_counts_what_is_solved(check, capsys, monkeypatch):
    monkeypatch.setattr(course, "display", lambda shown: print(shown, shown._repr_html_(), sep="\n"))
    check.course_map()
    words = capsys.readouterr().out
    for each in notebooks():
        assert f'<a href="{each.file}">{each.number} {each.title}</a>' in words
        assert (BUILT / each.file).is_file()
    assert "00 Start here: 1 exercise\n" in words
    assert "✓" not in words
    check.total_reward(lambda rewards: sum(rewards))
    check.td_error(lambda target, q_value: target - q_value)
    capsys.readouterr()
    check.course_map()
    words = capsys.readouterr().out
    n_exercises = sum(exercise.notebook == "05" for exercise in (EXERCISES | DIAGNOSES).values())
    assert "00 Start here: ✓ 1 of 1 solved\n" in words
    assert f"05 Q-learning: 1 of {n_exercises} solved\n" in words
    assert (words.count("✓"), words.count(palette.GREEN)) == (2, 1)
    assert "course_map" in dir(check)


@pytest.mark.parametrize("answer", [5, None, 2.5, "td_target", [1, 2]])
def test_a_value_instead_of_a_function_is_named(check, capsys, answer):
    assert check.td_target(answer) is EXERCISES["td_target"].solution
    shown = capsys.readouterr().out
    assert f"got {answer!r}, which is no function" in shown
    assert "check.td_target(td_target)" in shown


def test_misspelt_exercise_lists_what_there_is(check):
    with pytest.raises(AttributeError, match=r"did you mean 'td_target'\? There are: total_reward, "):
        check.td_tagret  # noqa: B018
    with pytest.raises(ValueError, match="there is no exercise 'nonsense'"):
        solution("nonsense")
    assert "td_target" in dir(check)


def test_tasks_are_found_by_their_place_and_come_in_the_order_of_the_course(tmp_path, monkeypatch):
    def declare(place, notebook, number):
        path = tmp_path / "some_tasks" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / "__init__.py").touch()
        facts = f"notebook={notebook!r}, place={number}"
        path.write_text(f"from types import SimpleNamespace\nexercise = SimpleNamespace({facts})")

    declare("b.py", "01", 2)
    declare("room/c.py", "01", 1)
    declare("room/a.py", "02", 1)
    (tmp_path / "some_tasks" / "helper.py").write_text("answer = 42")
    monkeypatch.syspath_prepend(tmp_path)
    found = declared(importlib.import_module("some_tasks"))
    assert [(each.notebook, each.place) for each in found] == [("01", 1), ("01", 2), ("02", 1)]
