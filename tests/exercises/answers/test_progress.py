"""Progress is a small file that many may use at once, and that must never stand in a check's way."""

import json
import os
import subprocess
import sys
import threading
import time

import pytest

from rl_helpers.exercises import Check
from rl_helpers.exercises.answers import progress as module
from rl_helpers.exercises.answers.progress import NO_PROGRESS, Progress
from rl_helpers.exercises.course import DIAGNOSES, EXERCISES
from rl_helpers.notebook import paths

N_EXERCISES = sum(exercise.notebook == "05" for exercise in (EXERCISES | DIAGNOSES).values())


@pytest.fixture(autouse=True)
def _progress_is_kept(monkeypatch):
    monkeypatch.delenv(NO_PROGRESS, raising=False)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "output" / "progress.json"


def solve(check):
    return check.td_error(lambda target, q_value: target - q_value)


def test_solved_exercise_is_known_to_the_next_kernel(path, capsys):
    solve(Check(Progress(path)))
    Check(Progress(path)).progress("05")
    shown = capsys.readouterr().out
    assert f"Exercises: 1 of {N_EXERCISES} solved" in shown
    assert "✓ td_error: solved" in shown
    assert "○ td_target: not yet" in shown


def test_wrong_answer_is_not_noted(path):
    Check(Progress(path)).td_error(lambda target, q_value: q_value)
    assert not path.exists()


def test_file_is_below_the_notebooks_from_any_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Progress().path == paths.OUTPUT / "progress.json"


def test_without_a_number_all_notebooks_are_listed_and_a_wrong_number_is_named(path, capsys):
    check = Check(Progress(path))
    check.progress()
    assert "interaction_loop" in capsys.readouterr().out
    with pytest.raises(
        ValueError, match="notebook '6' has no exercises: choose from 01, 02, 03, 04, 05, 06, 07"
    ):
        check.progress("6")


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", "null", '{"solved": 3}', '{"other": []}', "\x00\x01", '{"solved": {}}']
)
def test_damaged_file_is_put_aside_and_a_new_one_begun(path, capsys, text):
    path.parent.mkdir()
    path.write_text(text)
    check = Check(Progress(path))
    assert solve(check)(2.0, 0.5) == 1.5
    assert json.loads(path.read_text()) == {"solved": ["td_error"]}
    if text != '{"solved": {}}':
        assert path.with_name("progress-unreadable.json").read_text() == text
        assert "progress.json was damaged" in capsys.readouterr().out


def test_names_of_a_later_version_of_the_course_are_kept(path):
    path.parent.mkdir()
    path.write_text('{"solved": ["exercise_of_the_future"]}')
    solve(Check(Progress(path)))
    assert json.loads(path.read_text())["solved"] == ["exercise_of_the_future", "td_error"]


def test_folder_without_write_permission_gives_a_message_and_the_session_remembers(path, monkeypatch, capsys):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(module.os, "open", refuse)
    check = Check(Progress(path))
    assert solve(check)(2.0, 0.5) == 1.5
    shown = capsys.readouterr().out
    assert "✓ td_error: solved" in shown
    assert "could not be saved in progress.json (Permission denied)" in shown
    check.progress("05")
    assert "✓ td_error: solved" in capsys.readouterr().out


def test_output_that_is_a_file_gives_a_message(tmp_path, capsys):
    (tmp_path / "output").write_text("in the way")
    check = Check(Progress(tmp_path / "output" / "progress.json"))
    solve(check)
    assert "could not be saved" in capsys.readouterr().out
    check.progress("05")
    shown = capsys.readouterr().out
    assert f"1 of {N_EXERCISES} solved" in shown


def test_failed_write_leaves_the_old_file_whole(path, monkeypatch):
    Progress(path).record("td_target")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "replace", fail)
    progress = Progress(path)
    progress.record("td_error")
    assert "No space left" in progress.trouble
    assert json.loads(path.read_text()) == {"solved": ["td_target"]}
    assert [file.name for file in path.parent.iterdir()] == ["progress.json"]


def test_exercises_solved_while_the_disk_was_full_are_saved_with_the_next(path, monkeypatch):
    progress = Progress(path)
    with monkeypatch.context() as context:
        context.setattr(module.os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
        progress.record("td_error")
    progress.record("td_target")
    assert progress.trouble == ""
    assert Progress(path).solved() == {"td_error", "td_target"}


def test_many_notebooks_at_once_lose_nothing(path):
    names = [f"exercise_{number}" for number in range(12)]
    threads = [threading.Thread(target=Progress(path).record, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Progress(path).solved() == set(names)


def test_two_processes_at_once_lose_nothing(path):
    code = (
        "import sys; from rl_helpers.exercises.answers.progress import Progress\n"
        "for number in range(20): Progress(sys.argv[1]).record(f'{sys.argv[2]}_{number}')"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, path, name]) for name in "ab"]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert Progress(path).solved() == {f"{name}_{number}" for name in "ab" for number in range(20)}
    assert not path.with_suffix(".lock").exists()


def test_lock_of_a_crashed_notebook_is_broken(path):
    path.parent.mkdir()
    lock = path.with_suffix(".lock")
    lock.touch()
    os.utime(lock, (time.time() - 60,) * 2)
    progress = Progress(path)
    progress.record("td_error")
    assert progress.trouble == ""
    assert Progress(path).solved() == {"td_error"}


def test_lock_that_is_held_gives_a_message(path, monkeypatch):
    monkeypatch.setattr(module, "LOCK_PATIENCE", 0.1)
    path.parent.mkdir()
    path.with_suffix(".lock").touch()
    progress = Progress(path)
    progress.record("td_error")
    assert "held by another notebook" in progress.trouble
    assert progress.solved() == {"td_error"}


def test_a_notebook_that_is_being_built_neither_reads_nor_writes(path, monkeypatch, capsys):
    solve(Check(Progress(path)))
    before = path.read_bytes()
    monkeypatch.setenv(NO_PROGRESS, "1")
    check = Check(Progress(path))
    check.q_update(lambda *arguments: None)
    check.progress("05")
    assert f"0 of {N_EXERCISES} solved" in capsys.readouterr().out
    solve(check)
    assert path.read_bytes() == before
    path.unlink()
    solve(Check(Progress(path)))
    assert not path.exists()
