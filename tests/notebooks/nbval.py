"""Runs a notebook with nbval as mybinder.org would: one core, 1 GB, no network, another folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import psutil

from rl_helpers.breakout.learning import BUDGET_VARIABLE
from tools.bench import notebooks as bench_notebooks
from tools.notebooks import execution

BINDER_MEGABYTES = 1000
SANITIZE = Path(__file__).with_name("nbval_sanitize.cfg")


class NbvalRun(NamedTuple):
    """What nbval said, and the most megabytes that it and the kernel took together."""

    returncode: int
    text: str
    megabytes: float
    exceeded: bool


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
        environment |= {
            BUDGET_VARIABLE: "5000"
        }  # Notebook 08 trains for minutes; its output is not compared.
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
    return NbvalRun(process.returncode, text, memory.megabytes, memory.exceeded)


def cores():
    """Return the cores that a notebook may be tied to: at most two, none where there is no tying (macOS)."""
    return sorted(os.sched_getaffinity(0))[:2] if hasattr(os, "sched_getaffinity") else [None, None]
