"""The words of the advice, and where it is installed."""

import errno
import importlib.metadata
import re
import sys
from pathlib import Path

import ale_py
import gymnasium as gym
import pytest

from rl_helpers.notebook import advice, setup_report
from tests.notebook.failures import STARTUP


def test_errors_of_the_learners_own_code_get_no_advice():
    for error in (ValueError("x"), UnboundLocalError("x", name="x"), KeyError("ALE"), OSError("x")):
        assert advice.advice(error) == ""


def test_advice_about_full_disks_and_locked_folders_goes_by_the_number():
    assert "make room" in advice.advice(OSError(errno.ENOSPC, "any words"))
    assert "folder of your own" in advice.advice(PermissionError(errno.EACCES, "any words"))
    assert advice.advice(FileNotFoundError(errno.ENOENT, "any words")) == ""


def test_unknown_worlds_name_the_cell_to_run():
    assert "first cell" in advice.advice(gym.error.NamespaceNotFound("Namespace Bob not found"))
    assert "import ale_py" in advice.advice(gym.error.NamespaceNotFound("Namespace ALE not found"))
    assert advice.advice(gym.error.NameNotFound("Environment `Cart` doesn't exist")) == ""


@pytest.mark.parametrize("env_id", ["ALE/Brekout-v5", "Bob/Rom-v0", "Bob/room-v0", "ALE/breakout-v5"])
def test_misspelled_worlds_are_not_told_to_import_what_is_imported(env_id):
    gym.register_envs(ale_py)
    with pytest.raises(gym.error.NameNotFound) as error:
        gym.make(env_id)
    assert "look at how it is spelled" in advice.advice(error.value)
    assert "import" not in advice.advice(error.value)


@pytest.mark.parametrize(("old", "new"), advice.MOVED.items())
def test_old_names_say_where_the_thing_stands_now(old, new):
    package, _, name = f"rl_helpers.{old}".rpartition(".")
    for line in (
        f"import rl_helpers.{old}",
        f"from rl_helpers.{old} import x",
        f"from {package} import {name}",
    ):
        with pytest.raises(ImportError) as error:
            exec(line, {})
        said = advice.advice(error.value)
        assert f"`rl_helpers.{old}` has moved" in said
        exec(re.search("write `(.*?)`", said)[1], names := {})
        assert name in names
    assert new.rpartition(".")[2] in said
    with pytest.raises(AttributeError) as error:
        exec(f"import {package} as package; package.{name}", {})
    assert f"`rl_helpers.{old}` has moved" in advice.advice(error.value)


def test_names_that_never_were_get_no_advice_about_moving():
    for line in ("from rl_helpers import shows", "import rl_helpers.path", "from os import show"):
        with pytest.raises(ImportError) as error:
            exec(line, {})
        assert "moved" not in advice.advice(error.value)


def test_packages_of_this_environment_are_fit():
    assert advice.unfit_packages() == {}
    assert advice.advice(TypeError("x")) == ""


def test_unfit_package_is_named_with_both_versions(monkeypatch):
    version = importlib.metadata.version
    monkeypatch.setattr(
        importlib.metadata, "version", lambda name: "0.29.1" if name == "gymnasium" else version(name)
    )
    assert list(advice.unfit_packages()) == ["gymnasium"]
    finding = next(finding for finding in setup_report.look() if finding.name == "gymnasium")
    assert finding.found == "0.29.1"
    assert "needs" in finding.to_do


@pytest.mark.parametrize("path", sorted(STARTUP.glob("*.py")), ids=lambda path: path.name)
def test_start_up_file_is_installed_where_every_kernel_runs_it(path):
    installed = Path(sys.prefix, "etc", "ipython", "startup", path.name)
    assert installed.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
