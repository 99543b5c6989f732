"""Runs a notebook with nbval, without a browser; and compares outputs of another run by nbval's rules."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import psutil
from nbval.plugin import IPyNbFile, coalesce_streams, get_sanitize_patterns, nocolors

from tests.notebooks.kernels import BINDER_MEGABYTES, Run, binders_environment, note_of
from tools.bench.notebooks import PeakMemory
from tools.notebooks import execution, rules

SANITIZE = Path(__file__).with_name("nbval_sanitize.cfg")


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
    # Only nbval: the settings of this test run are none of the notebook's business.
    alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "NO_COLOR": "1"}
    memory = PeakMemory(most=BINDER_MEGABYTES)
    with binders_environment() as environment:
        process = subprocess.Popen(
            [*command, path.name],
            cwd=folder,
            env=os.environ | environment | alone,
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
        first_cell = note_of(environment, folder)["first_cell"]
    n_cells = len(list(rules.code_cells(nbformat.read(path, as_version=4))))
    good = process.returncode == 0 and f"{n_cells} passed" in text  # no cell skipped
    return Run(path.stem, [] if good else [text], memory.megabytes, memory.exceeded, first_cell)


def differences(path, ran, session):
    """Yield what nbval finds wrong with a run, up to the first cell that failed or did not run.

    Args:
        path: of the stored notebook.
        ran: the same notebook, read after the run, of which no cell had an output or a number before.
        session: pytest's, to which nbval's cells belong.
    """
    file = IPyNbFile.from_parent(session, path=path)
    file.sanitize_patterns.update(get_sanitize_patterns(SANITIZE.read_text(encoding="utf-8")))
    for each, (name, cell) in zip(file.collect(), rules.code_cells(ran), strict=True):
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"{path.stem}, {name}: {output.ename}: {output.evalue}"
                return
        if cell.execution_count is None:
            yield f"{path.stem}, {name}: did not run to its end"
            return
        each.colors = nocolors
        stored = coalesce_streams(each.cell.outputs)
        if each.options["check"] and not each.compare_outputs(coalesce_streams(cell.outputs), stored):
            yield "\n".join([f"{path.stem}, {name}: other outputs than stored", *each.comparison_traceback])
