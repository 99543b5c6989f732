"""Runs a notebook with nbval as mybinder.org would: one core, 1 GB, no network, another folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat
import psutil

from rl_helpers.breakout.learning import BUDGET_VARIABLE
from tools.bench import notebooks as bench_notebooks
from tools.notebooks import execution

BINDER_MEGABYTES = 1000
SANITIZE = Path(__file__).with_name("nbval_sanitize.cfg")
# A start-up file of the kernel's: notes the seconds that it has worked when the first cell is done.
CLOCK = """
import os, pathlib, time

def note(result):
    if result.info.raw_cell == os.environ["FIRST_CELL"]:
        pathlib.Path(os.environ["IPYTHONDIR"], "first_cell").write_text(str(time.process_time()))

get_ipython().events.register("post_run_cell", note)
del note
"""


class NbvalRun(NamedTuple):
    """What nbval said, the most megabytes that it and the kernel took together, and how the kernel began.

    Attributes:
        first_cell: seconds of work from the kernel's start to its first answer, 0 if there was none.
    """

    returncode: int
    text: str
    megabytes: float
    exceeded: bool
    first_cell: float


def run_nbval(path, folder, core=None):
    """Run a copy of a notebook in a folder of its own, in a guarded kernel, and compare its outputs.

    It has what mybinder.org promises: one core, and 1 GB for the kernel, what the kernel starts, and the
    process that speaks to it, which there is the Jupyter server and here nbval.
    """
    shutil.copy(path, folder)
    options = ["--nbval", "--nbval-current-env", f"--nbval-sanitize-with={SANITIZE}"]
    options += [f"--nbval-cell-timeout={execution.CELL_SECONDS}"]
    options += ["-p", "nbval.plugin", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", "--color=no", "-c", os.devnull, "--rootdir=.", *options]
    memory = bench_notebooks.PeakMemory(most=BINDER_MEGABYTES)
    with execution.guarded_environment() as environment:
        # Only nbval: the settings of this test run are none of the notebook's business.
        environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "NO_COLOR": "1"}
        # Notebook 08 trains for minutes; its output is not compared.
        environment |= {BUDGET_VARIABLE: "5000", "FIRST_CELL": first_cell(path)}
        folder_of_ipython = Path(environment["IPYTHONDIR"])
        (folder_of_ipython / "profile_default" / "startup" / "90-clock.py").write_text(
            CLOCK, encoding="utf-8"
        )
        process = subprocess.Popen(
            [*command, path.name],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        with process:
            if core is not None:
                psutil.Process(process.pid).cpu_affinity([core])  # What it starts stays on this core too.
            memory.watch(process.pid)
            text, _ = process.communicate()
            memory.stop()
        noted = folder_of_ipython / "first_cell"
        seconds = float(noted.read_text()) if noted.is_file() else 0.0
    return NbvalRun(process.returncode, text, memory.megabytes, memory.exceeded, seconds)


def first_cell(path):
    """Return the code of a notebook's first cell."""
    cells = nbformat.read(path, as_version=4).cells
    return next(cell.source for cell in cells if cell.cell_type == "code")


def own_core():
    """Return the core that a worker's notebooks are tied to; None where there is no tying (macOS)."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    cores = sorted(os.sched_getaffinity(0))
    return cores[int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % len(cores)]
