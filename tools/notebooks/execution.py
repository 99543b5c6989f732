"""Runs a notebook in a fresh kernel that may write in one folder only, and has no network."""

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from rl_helpers.exercises.answers.button import NO_BUTTON
from rl_helpers.exercises.answers.progress import NO_PROGRESS
from rl_helpers.notebook.paths import OUTPUT
from tools.notebooks import rules

GUARD = Path(__file__).with_name("kernel_guard.py")
CELL_SECONDS = 180  # A control can keep nbclient waiting for ever, so there is always a limit.


@contextmanager
def guarded_environment():
    """Yield variables to add to the environment of a kernel that may write in one folder only, offline.

    IPYTHONDIR among them is a folder of this kernel's own, in which further start-up files may be put.
    """
    with tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True) as folder:
        startup = Path(folder, "profile_default", "startup")
        startup.mkdir(parents=True)
        shutil.copy(GUARD, startup / "00-guard.py")
        # What a learner has solved on this machine must not show in a stored notebook.
        yield {"IPYTHONDIR": folder, "COURSE_OUTPUT": str(OUTPUT), NO_PROGRESS: "1", NO_BUTTON: "1"}


def execute(notebook, folder, on_start=None):
    """Run every cell in a fresh kernel, in place.

    Args:
        notebook: as `read_source` returns it.
        folder: where the kernel runs.
        on_start: called with the notebook client once the kernel runs.

    Raises:
        RuntimeError: if a cell fails or takes too long; says which one.
    """
    names = {id(cell): name for name, cell in rules.code_cells(notebook)}
    last = ["the start of the kernel"]

    def note(cell, **_):
        last[0] = names.get(id(cell), last[0])

    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        startup_timeout=120,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=True,  # Without it nbclient trips over controls; `clean` drops the state.
        on_cell_start=note,
        on_notebook_start=(lambda **_: on_start(client)) if on_start else None,
        resources={"metadata": {"path": str(folder)}},
    )
    try:
        with guarded_environment() as environment:
            client.execute(env=os.environ | environment, stderr=subprocess.DEVNULL)
    except CellExecutionError as error:
        traceback = re.sub(r"\x1b\[[\d;]*m", "", error.traceback)
        raise RuntimeError(f"{last[0]}: {error.ename}: {error.evalue}\n{traceback}") from None
    except CellTimeoutError:
        raise RuntimeError(f"{last[0]}: took more than {CELL_SECONDS} s") from None
    except DeadKernelError:
        raise RuntimeError(f"{last[0]}: the kernel died") from None
