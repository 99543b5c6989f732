"""Outputs of the built notebooks come out again, in time and in memory."""

import functools

import pytest

from tests.notebooks.built import by_name, read
from tests.notebooks.nbval import BINDER_MEGABYTES, own_core, run_nbval
from tools.notebooks import rules


@pytest.fixture(scope="module")
def nbval_run(tmp_path_factory):
    """A function that runs a notebook with nbval, the first time that it is asked for."""
    return functools.cache(lambda path: run_nbval(path, tmp_path_factory.mktemp(path.stem), own_core()))


@by_name
def test_outputs_come_out_again_in_a_fresh_kernel_offline_and_from_another_folder(path, nbval_run):
    result = nbval_run(path)
    assert not result.exceeded, f"ended at {BINDER_MEGABYTES} MB, what Binder promises"
    assert result.returncode == 0, result.text
    n_cells = len(list(rules.code_cells(read(path))))
    assert f"{n_cells} passed" in result.text  # no cell skipped


@by_name
def test_peak_memory_of_each_notebook_is_told_and_fits_binder(path, nbval_run, tell):
    megabytes = nbval_run(path).megabytes
    tell(f"{path.stem}: {megabytes:.0f} MB at most, of the {BINDER_MEGABYTES} that Binder promises")
    assert 50 < megabytes <= BINDER_MEGABYTES


@by_name
def test_first_cell_answers_within_ten_seconds_of_the_kernels_start(path, nbval_run, tell):
    """In seconds of work on one core, so that other work on this machine does not count."""
    seconds = nbval_run(path).first_cell
    tell(f"{path.stem}: first cell after {seconds:.1f} s of work")
    assert 0.1 < seconds <= 10
