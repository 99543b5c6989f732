"""When things go wrong: each case gives a clear message in the notebook, and nothing is lost.

Every case is run in a kernel of its own, as JupyterLab runs it. A full or read-only disk is a real one where
this system lets a process have its own (Linux, as root); everywhere it is also acted, by system calls that
fail as theirs do. An older Gymnasium is a real one, installed for the purpose. That a wrong kernel is not
offered at all is told in `tests/setup`; what becomes of files, progress and films is told further in
`tests/exercises`, `tests/gifs` and test_setup_report.py.
"""

import asyncio
import functools
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient

from rl_helpers.notebook.paths import ROOT
from tests.notebook.failures import ABOVE, CASES, PLAIN, STARTUP


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
        paths = [install_gymnasium(case.gymnasium, folder.parent), os.environ.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, map(str, paths)))
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


@functools.cache
def install_gymnasium(version, folder):
    """Put a version of Gymnasium into a folder of its own and return it."""
    target = folder / f"gymnasium-{version}"
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
