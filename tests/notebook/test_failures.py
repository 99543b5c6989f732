"""When things go wrong: each case gives a clear message in the notebook, and nothing is lost.

Every case is run in a kernel of its own, as JupyterLab runs it. A full or read-only disk is a real one where
this system lets a process have its own (Linux, as root); everywhere it is also acted, by system calls that
fail as theirs do. An older Gymnasium is a real one, installed for the purpose. That a wrong kernel is not
offered at all is told in test_setup.py; what becomes of files, progress and films is told further in
test_progress.py, tests/gifs and test_setup_report.py.
"""

import asyncio
import errno
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import ale_py
import gymnasium as gym
import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient

from rl_helpers.notebook import advice, setup_report
from rl_helpers.notebook.paths import ROOT

STARTUP = ROOT / "jupyter" / "etc" / "ipython" / "startup"
BEGIN = (
    "import gymnasium as gym, rl_helpers\nfrom rl_helpers.notebook import paths\nfrom pathlib import Path\n"
)
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
# Written to the disk's last byte.
FILL = """
with open('output/ballast', 'wb', buffering=0) as ballast:
    try:
        while ballast.write(bytes(1024)):
            pass
    except OSError as error:
        print(error.strerror)
"""


class Case(NamedTuple):
    """What is tried, and what must come of it.

    Attributes:
        cells: their code.
        says: a regular expression for what a learner must have read in the end.
        kept: a last cell, which prints "kept" if nothing is lost.
        environment: variables of the kernel's.
        disk: a command that makes the folder `output` a disk of the kernel's own.
        gymnasium: a version to have in place of the course's.
    """

    cells: tuple
    says: str
    kept: str = "print('kept')"
    environment: dict | None = None
    disk: str = ""
    gymnasium: str = ""


PLAIN = Case((), "")
ABOVE = "choose Run › Run All Above Selected Cell"
CASES = {
    "no Atari": Case(
        ("import sys; sys.modules['ale_py'] = None", "import ale_py"), "Atari is not installed.*make lab"
    ),
    "no Atari, seen by the set-up report": Case(
        (
            "import sys; sys.modules['ale_py'] = None",
            "from rl_helpers.notebook import setup_report; print(setup_report.report())",
        ),
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
    "an older Gymnasium, asked for a world of a later version": Case(
        (BEGIN + "print(gym.__version__)", "gym.make('Taxi-v4')"),
        "0.29.1.*What to do: gymnasium is 0.29.1, the course needs .*1.4.*make lab",
        gymnasium="0.29.1",
    ),
    "an older Gymnasium, asked for Atari": Case(
        ("import gymnasium as gym", "import ale_py\ngym.make('ALE/Breakout-v5')"),
        "What to do: gymnasium is 0.29.1, the course needs .*1.4.*make lab",
        gymnasium="0.29.1",
    ),
    "an older Gymnasium, asked for a name of a later version": Case(
        ("import gymnasium as gym; gym.a_name_of_a_later_version",),
        "What to do: gymnasium is 1.0.0, the course needs .*1.4.*make lab",
        gymnasium="1.0.0",
    ),
    "an older Gymnasium, seen by the set-up report": Case(
        ("from rl_helpers.notebook import setup_report; print(setup_report.report())",),
        "first: gymnasium is 0.29.1",
        gymnasium="0.29.1",
    ),
    "a kernel without what the course needs": Case(
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


OWN_DISK = "mount -t tmpfs -o size=96k tmpfs output"
REAL = {
    "full disk, a real one": CASES["full disk"]._replace(
        cells=(*CASES["full disk"].cells[:1], FILL, FILM),
        says="No space left.*disk is full: make room",
        disk=OWN_DISK,
    ),
    "full disk, exercise, a real one": CASES["full disk, exercise"]._replace(
        cells=(BEGIN + OUTPUT + FILL, SOLVE, "check.progress('06')"), disk=OWN_DISK
    ),
    "full disk, seen by the set-up report, a real one": Case(
        (BEGIN + OUTPUT + FILL, "from rl_helpers.notebook import setup_report; print(setup_report.report())"),
        "No space left.*first: make room on the disk",
        "print([path.name for path in Path('output').iterdir()] == ['ballast'] and 'kept')",
        disk=OWN_DISK,
    ),
    "read-only disk, seen by the set-up report, a real one": Case(
        (BEGIN + OUTPUT, "from rl_helpers.notebook import setup_report; print(setup_report.report())"),
        "Read-only file system.*first: copy the course to a folder you may write to",
        disk=f"{OWN_DISK} && mount -o remount,ro output",
    ),
    "read-only disk, a real one": CASES["no write permission"]._replace(
        cells=(BEGIN + OUTPUT, FILM), disk=f"{OWN_DISK} && mount -o remount,ro output"
    ),
    "read-only disk, exercise, a real one": CASES["no write permission, exercise"]._replace(
        cells=(BEGIN + OUTPUT, SOLVE, "check.progress('06')"),
        disk=f"{OWN_DISK} && mount -o remount,ro output",
    ),
}


def may_mount(folder="/tmp"):
    """Tell whether a process may have disks of its own here."""
    try:
        command = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", folder]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


if may_mount():
    CASES |= REAL


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


async def run(cells, folder, case=PLAIN):
    """Run cells in a kernel of its own and return what is seen below each, errors or not."""
    # The kernel runs the course's start-up files as they are here, not as they were installed.
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    for path in STARTUP.glob("*.py"):
        shutil.copy(path, startup)
    environment = {**os.environ, "IPYTHONDIR": str(folder / "ipython"), **(case.environment or {})}
    if case.gymnasium:
        environment["PYTHONPATH"] = str(install_gymnasium(case.gymnasium, folder))
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    manager = AsyncKernelManager(kernel_name="python3")
    if case.disk:
        (folder / "output").mkdir()
        command = ["unshare", "--mount", "sh", "-c", f'{case.disk} && exec "$0" "$@"']
        manager.kernel_spec.argv[:1] = [*command, sys.executable]
    client = NotebookClient(
        notebook, manager, allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.owns_km = True  # so that it ends the kernel
    await client.async_execute(env=environment)
    return [seen(cell.outputs) for cell in notebook.cells]


def install_gymnasium(version, folder):
    """Put a version of Gymnasium into a folder of its own and return it."""
    target = folder / "older"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*command, "--target", target, f"gymnasium=={version}"], check=True)
    return target


@pytest.fixture(scope="module")
def runs(request, tmp_path_factory):
    """What is seen in every case that is to be tested; two kernels run at a time."""
    # Other modules have fixtures of this name too.
    own = [item for item in request.session.items if item.path == request.path]
    names = [item.callspec.params["name"] for item in own if "runs" in getattr(item, "fixturenames", ())]

    async def run_case(name, turn):
        async with turn:
            case = CASES[name]
            return await run((*case.cells, case.kept), tmp_path_factory.mktemp("case"), case)

    async def run_all():
        turn = asyncio.Semaphore(2)
        return await asyncio.gather(*(run_case(name, turn) for name in names))

    return dict(zip(names, asyncio.run(run_all()), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_case_is_explained_and_nothing_is_lost(name, runs):
    *before, last = runs[name]
    assert re.search(CASES[name].says, "\n".join(before), re.DOTALL), before
    assert last.strip().endswith("kept"), last


# The course's own notebooks.

BUILT = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_cells(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.stem)
def test_each_notebook_run_from_its_middle_says_what_to_do(path, tmp_path):
    cells = code_cells(path)
    middle = cells[len(cells) // 2 :]
    # The first cell that stops *Run All*; a cell that only defines something does not.
    for text in asyncio.run(run(middle[:4], tmp_path)):
        if "Error" in text:
            assert re.search(f"NameError.*What to do: The cell that makes `.*{ABOVE}", text, re.DOTALL), text
            return
    pytest.fail("none of four cells in the middle needs one above")


def test_notebook_on_states_goes_on_without_atari(tmp_path):
    path = next(path for path in BUILT if path.name.startswith("02"))
    cells = code_cells(path)
    texts = asyncio.run(run(("import sys; sys.modules['ale_py'] = None", *cells), tmp_path))[1:]
    failed = [number for number, text in enumerate(texts) if "Traceback" in text]
    assert "Atari is not installed for this kernel" in texts[failed[0]]
    assert all("What to do" in texts[number] for number in failed)
    # What has nothing to do with Atari runs, before those cells and after them.
    assert failed[0] > 10
    assert failed[-1] < len(cells) - 5
    assert len(failed) <= 5


# The words themselves.


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
