"""The words of the advice, and where it is installed."""

import errno
import importlib.metadata
import sys
from pathlib import Path

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
