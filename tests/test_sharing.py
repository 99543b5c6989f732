"""How tests share the cores: nothing is lost on the way, and what is told by a worker is printed."""

import os
import subprocess
import sys

import pytest

from tests import conftest
from tools.environment import ROOT

TRIAL = """
import os
import pytest

@pytest.mark.parametrize("number", range(2))
def test_told(tell, number):
    tell(f"number {number} of a file by {os.environ.get('PYTEST_XDIST_WORKER')}")

def test_browser(count_browsers_work):
    count_browsers_work()
"""


def test_slow_units_are_there():
    named = {*conftest.LONGEST_FIRST, *conftest.A_NOTEBOOK_EACH, *conftest.OF_THE_BROWSER}
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(("gigabytes", "least", "most"), [(1, 1, 1), (4.1, 1, 2), (10_000, 1, 10_000)])
def test_there_are_as_many_workers_as_cores_and_memory_allow(monkeypatch, gigabytes, least, most):
    memory = type("Memory", (), {"available": int(gigabytes * 1e9)})
    monkeypatch.setattr(conftest.psutil, "virtual_memory", lambda: memory)
    assert least <= conftest.pytest_xdist_auto_num_workers() <= min(most, os.cpu_count())


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_tests_tell_is_printed_from_every_worker_and_files_stay_whole(tmp_path, workers):
    (tmp_path / "conftest.py").write_text("from tests.conftest import *", encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / f"test_{name}.py").write_text(TRIAL.replace("a file", name), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "xdist", "-n", workers, "-p", "no:cacheprovider"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # nbval's imports would take most of the time
    said = subprocess.run(
        [*command, "-c", os.devnull, f"--rootdir={tmp_path}", tmp_path],
        env=environment | {"PYTHONPATH": os.pathsep.join(map(str, [ROOT, os.environ.get("PYTHONPATH", "")]))},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    assert "6 passed" in said
    told = {line for line in said.splitlines() if line.startswith("number ")}
    assert len(told) == 4
    for name in ("one", "two"):
        assert len({line.split(" by ")[1] for line in told if f" {name} " in line}) == 1
