"""Outputs of the built notebooks come out again, in time and in memory."""

import queue
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest

from tests.notebooks.built import by_name, read
from tests.notebooks.nbval import BINDER_MEGABYTES, cores, run_nbval
from tools.notebooks import build, execution, rules


@pytest.fixture(scope="module")
def nbval_runs(request, tmp_path_factory):
    """Every notebook that is to be tested, running already, one on each of two cores."""
    chosen = [
        item.callspec.params["path"]
        for item in request.session.items
        if getattr(item, "originalname", "") == NBVAL_TEST
    ]
    free = queue.SimpleQueue()
    for core in cores():
        free.put(core)

    def run(path):
        core = free.get()
        try:
            return run_nbval(path, tmp_path_factory.mktemp(path.stem), core)
        finally:
            free.put(core)

    with ThreadPoolExecutor(max_workers=len(cores())) as pool:
        yield {path: pool.submit(run, path) for path in chosen}


NBVAL_TEST = "test_outputs_come_out_again_in_a_fresh_kernel_offline_and_from_another_folder"


@by_name
def test_outputs_come_out_again_in_a_fresh_kernel_offline_and_from_another_folder(path, nbval_runs):
    result = nbval_runs[path].result()
    assert not result.exceeded, f"ended at {BINDER_MEGABYTES} MB, what Binder promises"
    assert result.returncode == 0, result.text
    n_cells = len(list(rules.code_cells(read(path))))
    assert f"{n_cells} passed" in result.text  # no cell skipped


def test_peak_memory_of_each_notebook_is_told_and_fits_binder(nbval_runs, capsys):
    peaks = {path.stem: run.result().megabytes for path, run in nbval_runs.items()}
    with capsys.disabled():
        print(f"\nMost memory on one core, of the {BINDER_MEGABYTES} MB that Binder promises:")
        print(*(f"  {name}: {megabytes:.0f} MB" for name, megabytes in peaks.items()), sep="\n")
    assert all(50 < megabytes <= BINDER_MEGABYTES for megabytes in peaks.values())


@by_name
def test_first_cell_answers_within_ten_seconds_of_the_kernels_start(path, capsys):
    """In seconds of work on one core, so that other work on this machine does not count."""
    notebook = read(path)
    first = next(number for number, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    probe = nbformat.v4.new_code_cell("import time; print(time.process_time())")
    notebook.cells = [notebook.cells[first], probe]
    execution.execute(notebook, build.BUILT)
    seconds = float(notebook.cells[-1].outputs[0].text)
    with capsys.disabled():
        print(f" {path.stem}: {seconds:.1f} s", end="")
    assert 0.1 < seconds <= 10
