"""The script behind `make lab` and `make test` installs what is missing, and once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import environment


@pytest.mark.parametrize(
    ("version", "options", "words"),
    [
        ((3, 10, 4), {}, "Python 3.11 to 3.14 is needed, this is 3.10.4"),
        ((3, 15, 0), {}, "this is 3.15.0"),
        ((3, 12, 1), {"has_ensurepip": False}, "sudo apt install python3.12-venv"),
        ((3, 12, 1), {"machine": "Darwin x86_64"}, "Binder"),
    ],
)
def test_obstacles_are_named_with_the_way_round(version, options, words):
    assert words in environment.obstacle(version, **options)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 9), (3, 13, 1, "final", 0)])
def test_pythons_that_will_do(version):
    assert environment.obstacle(version, machine="Darwin arm64") is None


@pytest.fixture
def course(tmp_path):
    """A tiny course whose locks name no package, so that it installs in no time."""
    (tmp_path / "jupyter" / "etc" / "jupyter").mkdir(parents=True)
    (tmp_path / "jupyter" / "etc" / "jupyter" / "jupyter_lab_config.py").touch()
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    for name in environment.LOCKS.values():
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture
def calls(monkeypatch):
    """Records what would be run instead of running it; every call works unless `fail` is in it."""
    made = []

    def run(command, **_):
        made.append([str(each) for each in command])
        return subprocess.CompletedProcess(command, int(any("fail" in each for each in made[-1])))

    monkeypatch.setattr(environment.subprocess, "run", run)
    return made


def installing(calls):
    return [call for call in calls if "install" in call]


def test_second_call_installs_nothing(course, calls):
    target = course / "env"
    target.mkdir()
    assert environment.install("learner", target, course)
    assert len(installing(calls)) == 2
    assert "--require-hashes" in installing(calls)[0]
    calls.clear()
    assert not environment.install("learner", target, course)
    assert not installing(calls)


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "pyproject.toml",
        "jupyter/etc/jupyter/jupyter_lab_config.py",
        "jupyter/etc/ipython/startup/a_new_one.py",
    ],
)
def test_changed_pins_or_settings_are_installed(course, calls, name):
    target = course / "env"
    target.mkdir()
    environment.install("learner", target, course)
    (course / name).parent.mkdir(parents=True, exist_ok=True)
    (course / name).write_text("# changed")
    assert environment.install("learner", target, course)


def test_test_environment_is_a_learners_one_too_but_not_the_other_way_round(course, calls):
    target = course / "env"
    target.mkdir()
    environment.install("learner", target, course)
    assert environment.install("dev", target, course)
    assert not environment.install("learner", target, course)


def test_failed_installation_is_taken_up_again(course, calls):
    target = course / "fail" / "env"
    target.mkdir(parents=True)
    (course / "fail" / "env" / "bin").mkdir()
    with pytest.raises(SystemExit):
        environment.install("learner", target, course)
    assert not (target / "learner.stamp").exists()


def test_broken_environment_is_made_anew(course, calls, monkeypatch):
    made = []
    monkeypatch.setattr(environment.venv, "create", lambda path, **options: made.append((path, options)))
    monkeypatch.setattr(environment, "works", lambda path: False)
    (course / "env").mkdir()
    environment.install("learner", course / "env", course)
    assert made == [(course / "env", {"with_pip": True, "clear": True})]


def test_environment_that_is_not_there_does_not_work(tmp_path):
    assert not environment.works(tmp_path / "env")
    assert environment.works(Path(sys.prefix))


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False)])
def test_root_of_a_container_may_open_the_course_too(monkeypatch, user, allowed):
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert ("--allow-root" in environment.lab_command()) is allowed


def test_a_module_runs_with_the_tools_of_the_project_and_its_status_is_kept(monkeypatch):
    called = []
    monkeypatch.setattr(environment, "install", called.append)

    def run(command, **_):
        called.append(command)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(environment.subprocess, "run", run)
    assert environment.main("run", "ruff", "check", ".") == 3
    assert called == ["dev", [environment.program("python"), "-m", "ruff", "check", "."]]


def test_a_larger_set_holds_the_smaller_ones(course, calls):
    target = course / "env"
    target.mkdir()
    environment.install("site", target, course)
    assert not environment.install("learner", target, course)
    assert environment.install("dev", target, course)
    assert not environment.install("site", target, course)
