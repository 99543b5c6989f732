"""Outputs of the built notebooks come out again, in time and in memory, with or without a browser."""

from tests.notebooks.kernels import BINDER_MEGABYTES


def test_outputs_come_out_again_in_a_fresh_kernel_offline_and_from_another_folder(run):
    assert not run.exceeded, f"ended at {BINDER_MEGABYTES} MB, what Binder promises"
    assert run.failures == [], "\n\n".join(run.failures)


def test_peak_memory_of_each_notebook_is_told_and_fits_binder(run, tell):
    tell(f"{run.name}: {run.megabytes:.0f} MB at most, of the {BINDER_MEGABYTES} that Binder promises")
    assert 50 < run.megabytes <= BINDER_MEGABYTES


def test_first_cell_answers_within_ten_seconds_of_the_kernels_start(run, tell):
    """In seconds of work on one core, so that other work on this machine does not count."""
    tell(f"{run.name}: first cell after {run.first_cell:.1f} s of work")
    assert 0.1 < run.first_cell <= 10
