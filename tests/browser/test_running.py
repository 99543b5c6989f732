"""What a run in the page finds: planted faults are reported with their cell, and the next notebook runs."""

import nbformat
import pytest

from tests.browser.course import build
from tools.notebooks import execution

ATTEMPTS = """import pathlib, socket, tempfile
from rl_helpers.notebook.paths import output_path

def attempt(what, *arguments):
    try:
        what(*arguments)
    except (PermissionError, ConnectionError) as error:
        print(type(error).__name__)
    else:
        print("done")

attempt(pathlib.Path("elsewhere.txt").write_text, "x")
attempt(pathlib.Path(tempfile.gettempdir(), "elsewhere").mkdir)
attempt(socket.create_connection, ("192.0.2.1", 80), 0.1)
attempt(output_path("trial.txt").write_text, "x")
attempt(output_path("trial.txt").unlink)"""
REFUSED = "PermissionError\nPermissionError\nConnectionError\ndone\ndone\n"


def said(text):
    return nbformat.v4.new_output("stream", text=text)


def planted(folder, *cells):
    """Write a notebook of (source, what it is stored to have printed); return its path."""
    notebook = nbformat.v4.new_notebook(metadata=build.METADATA)
    for source, text in cells:
        outputs = [said(text)] if text else []
        notebook.cells += [nbformat.v4.new_markdown_cell("Words.")]
        notebook.cells += [nbformat.v4.new_code_cell(source, execution_count=1, outputs=outputs)]
    nbformat.write(notebook, folder / "planted.ipynb")
    return folder / "planted.ipynb"


@pytest.fixture
def run_planted(course, request, tmp_path):
    """A function that runs cells in the page."""

    def run(*cells, **limits):
        (tmp_path / "blank").mkdir(exist_ok=True)
        run = course.run(planted(tmp_path, *cells), tmp_path / "blank", request.session, **limits)
        course.close(run.lab.notebook)
        return run

    return run


def test_other_output_a_failing_cell_and_what_the_guard_refuses_are_seen(run_planted):
    run = run_planted(
        (ATTEMPTS, REFUSED),
        ("print(2.5, 'in 3.1 s')", "2.5 in 2.7 s\n"),
        ("print(2.5)", "2.6\n"),
        ("'silent'", ""),
        ("open('elsewhere.txt', 'w')", ""),
        ("print('never')", "never\n"),
    )
    wrong, unexpected, failed = run.failures
    assert wrong.startswith("planted, code cell 3 (`print(2.5)`): other outputs than stored\n")
    assert "2.6" in wrong
    assert unexpected.startswith("planted, code cell 4 (`'silent'`): other outputs than stored\n")
    assert failed.startswith("planted, code cell 5 (`open('elsewhere.txt', 'w')`): PermissionError: ")
    assert "write under notebooks/output/ only" in failed


def test_slow_cell_is_named(run_planted, monkeypatch):
    monkeypatch.setattr(execution, "CELL_SECONDS", 0.5)
    (slow,) = run_planted(("1;", ""), ("import time; time.sleep(0.6)", "")).failures
    assert slow == "planted, code cell 2 (`import time; time.sleep(0.6)`): took 1 s, 0.5 at most"


def test_kernel_that_needs_more_memory_is_ended_and_its_cell_is_named(run_planted):
    cells = ("1;", ""), ("ballast = bytearray(b'x') * 10**9", ""), ("2;", "")
    run = run_planted(*cells, most_megabytes=800)
    assert run.exceeded
    assert run.megabytes > 800
    (ended,) = run.failures
    assert ended == "planted, code cell 2 (`ballast = bytearray(b'x') * 10**9`): ended at 800 MB"
    assert run_planted(("print(1)", "1\n")).failures == []  # the page is as good as before
