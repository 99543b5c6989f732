"""When things go wrong: each case gives a clear message in the notebook, and nothing is lost.

Every case is run in a kernel of its own, as JupyterLab runs it. What becomes of files, progress and films
when a disk is full or a folder locked is told in test_exercise_progress.py, test_gifs.py and test_ready.py.
"""

import asyncio
import errno
import importlib.metadata
import os
import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import gymnasium as gym
import nbformat
import pytest
from nbclient import NotebookClient

from rl_helpers import ready, trouble
from rl_helpers.paths import ROOT

STARTUP = ROOT / "jupyter" / "etc" / "ipython" / "startup"
BEGIN = "import gymnasium as gym, rl_helpers\nfrom rl_helpers import paths\nfrom pathlib import Path\n"
OUTPUT = "paths.OUTPUT = Path('output')\n"
SOLVE = """
from rl_helpers.exercises import check
def td_error(target, q_value):
    return target - q_value
td_error = check.td_error(td_error)
"""
FULL = """
import builtins, errno, io, os, pathlib
def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
pathlib.Path.write_text = pathlib.Path.write_bytes = full
os.replace = full
"""
LOCKED = FULL.replace("ENOSPC", "EACCES") + "os.open = pathlib.Path.mkdir = full\n"
FILM = """
import numpy as np
from rl_helpers.gifs import create_gif
create_gif([np.zeros((4, 4, 3), np.uint8)] * 2, paths.output_path('film.gif'), fps=5)
"""
OLD = """
import importlib.metadata
version = importlib.metadata.version
importlib.metadata.version = lambda name: '0.29.1' if name == 'gymnasium' else version(name)
"""


class Case(NamedTuple):
    """Cells, what must be said in the end, and what must not have been lost: a last cell prints "kept"."""

    cells: tuple
    says: str
    kept: str = "print('kept')"
    environment: dict | None = None


ABOVE = "choose Run › Run All Above Selected Cell"
CASES = {
    "no Atari": Case(
        ("import sys; sys.modules['ale_py'] = None", "import ale_py"), "Atari is not installed.*make lab"
    ),
    "no Atari, seen by the set-up report": Case(
        ("import sys; sys.modules['ale_py'] = None", "from rl_helpers import ready; print(ready.report())"),
        "Atari +does not start.*first: run `make lab`; notebooks 00 to 06",
    ),
    "no display": Case(
        (
            BEGIN + "env = gym.make('CartPole-v1', render_mode='human')",
            "env.reset(seed=0)",
        ),
        r"no screen.*render_mode=\"rgb_array\"",
        "print(gym.make('Bob/Room-v0', render_mode='rgb_array').reset(seed=0) and 'kept')",
        {"SDL_VIDEODRIVER": "x11", "DISPLAY": ""},
    ),
    "no write permission": Case(
        (BEGIN + OUTPUT + LOCKED, FILM), "cannot be made.*copy the course to a folder|You may not write there"
    ),
    "no write permission, exercise": Case(
        (BEGIN + OUTPUT + LOCKED, SOLVE, "check.progress('06')"),
        "could not be saved.*until the kernel is restarted.*1 of 5 solved",
        "print(td_error(2, 1) == 1 and 'kept')",
    ),
    "full disk": Case(
        (BEGIN + OUTPUT + FILM + "before = Path('output/film.gif').read_bytes()", FULL, FILM),
        "disk is full: make room",
        "print(Path('output/film.gif').read_bytes() == before and 'kept')",
    ),
    "full disk, exercise": Case(
        (BEGIN + OUTPUT + FULL, SOLVE, "check.progress('06')"),
        "could not be saved.*until the kernel is restarted.*1 of 5 solved",
        "print(td_error(2, 1) == 1 and 'kept')",
    ),
    "an older Gymnasium": Case(
        (OLD, "import gymnasium as gym; gym.a_name_of_a_later_version"),
        "gymnasium is 0.29.1, the course needs .*1.4.*make lab",
    ),
    "an older Gymnasium, seen by the set-up report": Case(
        (OLD, "from rl_helpers import ready; print(ready.report())"), "first: gymnasium is 0.29.1"
    ),
    "a wrong kernel": Case(
        ("import a_package_of_the_course",), "Kernel › Change Kernel › Python 3.*make lab"
    ),
    "Run all from the middle": Case(("history = train(room, bob, n_episodes=500)",), f"`train`.*{ABOVE}"),
    "a world before its import": Case(
        ("import gymnasium as gym", "gym.make('Bob/Room-v0')"), "run the notebook's first cell"
    ),
    "kernel restart in the middle of an exercise": Case(
        (
            # Another kernel solves the exercise, and ends.
            "import subprocess, sys\n"
            f"subprocess.run([sys.executable, '-c', {BEGIN + OUTPUT + SOLVE!r}], check=True)",
            "td_error(2.0, 0.5)",
            BEGIN + OUTPUT + "from rl_helpers.exercises import check\ncheck.progress('06')",
        ),
        f"`td_error`.*{ABOVE}.*stay solved.*1 of 5 solved",
        "print('td_error' in Path('output/progress.json').read_text() and 'kept')",
    ),
}


def seen(outputs):
    """Return what a learner reads: texts, and errors without their colours."""
    texts = []
    for output in outputs:
        if output.output_type == "error":
            texts += output.traceback
        elif output.output_type == "stream":
            texts.append(output.text)
        else:
            texts.append(output.data["text/plain"])
    return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(texts))


async def run(case, folder, turn):
    """Run a case in a kernel of its own and return what is seen below its cells, a text a cell."""
    # The kernel runs the course's start-up file as it is here, not as it was installed.
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    for path in STARTUP.iterdir():
        shutil.copy(path, startup)
    environment = {**os.environ, "IPYTHONDIR": str(folder / "ipython"), **(case.environment or {})}
    cells = [nbformat.v4.new_code_cell(source) for source in (*case.cells, case.kept)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    client = NotebookClient(notebook, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    async with turn:
        await client.async_execute(env=environment)
    return [seen(cell.outputs) for cell in notebook.cells]


@pytest.fixture(scope="module")
def runs(request, tmp_path_factory):
    """What is seen in every case that is to be tested; two kernels run at a time."""
    items = [item for item in request.session.items if "runs" in getattr(item, "fixturenames", ())]
    names = [item.callspec.params["name"] for item in items]

    async def run_all():
        turn = asyncio.Semaphore(2)
        folders = [tmp_path_factory.mktemp("case") for _ in names]
        return await asyncio.gather(
            *(run(CASES[name], folder, turn) for name, folder in zip(names, folders, strict=True))
        )

    return dict(zip(names, asyncio.run(run_all()), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_case_is_explained_and_nothing_is_lost(name, runs):
    *before, last = runs[name]
    assert re.search(CASES[name].says, "\n".join(before), re.DOTALL), before
    assert last.strip().endswith("kept"), last


# The words themselves.


def test_errors_of_the_learners_own_code_get_no_advice():
    for error in (ValueError("x"), UnboundLocalError("x", name="x"), KeyError("ALE"), OSError("x")):
        assert trouble.advice(error) == ""


def test_advice_about_full_disks_and_locked_folders_goes_by_the_number():
    assert "make room" in trouble.advice(OSError(errno.ENOSPC, "any words"))
    assert "folder of your own" in trouble.advice(PermissionError(errno.EACCES, "any words"))
    assert trouble.advice(FileNotFoundError(errno.ENOENT, "any words")) == ""


def test_unknown_worlds_name_the_cell_to_run():
    assert "first cell" in trouble.advice(gym.error.NamespaceNotFound("Namespace Bob not found"))
    assert "import ale_py" in trouble.advice(gym.error.NamespaceNotFound("Namespace ALE not found"))
    assert trouble.advice(gym.error.NameNotFound("Environment `Cart` doesn't exist")) == ""


def test_packages_of_this_environment_are_fit():
    assert trouble.unfit_packages() == {}
    assert trouble.advice(TypeError("x")) == ""


def test_unfit_package_is_named_with_both_versions(monkeypatch):
    version = importlib.metadata.version
    monkeypatch.setattr(
        importlib.metadata, "version", lambda name: "0.29.1" if name == "gymnasium" else version(name)
    )
    assert list(trouble.unfit_packages()) == ["gymnasium"]
    finding = next(finding for finding in ready.look() if finding.name == "gymnasium")
    assert finding.found == "0.29.1"
    assert "needs" in finding.to_do


@pytest.mark.parametrize("path", sorted(STARTUP.glob("*.py")), ids=lambda path: path.name)
def test_start_up_file_is_installed_where_every_kernel_runs_it(path):
    installed = Path(sys.prefix, "etc", "ipython", "startup", path.name)
    assert installed.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
