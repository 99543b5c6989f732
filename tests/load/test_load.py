"""A class of two at work for a few seconds: what `make load` measures is what happened."""

import math

import nbformat
import pytest

from tools.browser.server import serve
from tools.load import classroom

CELLS = {
    "00_first": ("import rl_helpers; from rl_helpers.notebook import paths", "print(paths.OUTPUT)"),
    "01_second": ("import time; ballast = bytearray(b'x') * 60_000_000; time.sleep(1.5)", "missing"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder, chapters = tmp_path_factory.mktemp("course"), []
    for name, cells in CELLS.items():
        notebook = nbformat.v4.new_notebook()
        for cell in cells:
            notebook.cells += [nbformat.v4.new_markdown_cell("word " * 20), nbformat.v4.new_code_cell(cell)]
        nbformat.write(notebook, folder / f"{name}.ipynb")
        chapters.append(classroom.steps(folder / f"{name}.ipynb"))
    return chapters


@pytest.fixture(scope="module")
def group(course, tmp_path_factory):
    with serve(tmp_path_factory.mktemp("load")) as server:
        classroom.hand_out(server.root, 2)
        group = classroom.Class(server, course, pace=20)
        group.run(2, 60, show=False)
    return group


def test_reading_takes_as_long_as_words_and_code_do(course):
    step = course[0][1]
    assert (step.notebook, step.cell) == ("00", 1)
    minutes = 20 / classroom.lesson.WORDS_A_MINUTE + 1 / classroom.lesson.CODE_LINES_A_MINUTE
    assert step.reading == pytest.approx(60 * minutes)


def test_each_learner_runs_every_cell_and_waits_for_the_slow_one(group):
    ran = sorted((wait.learner, wait.step.notebook, wait.step.cell) for wait in group.waits)
    assert ran == [(learner, name, cell) for learner in (0, 1) for name in ("00", "01") for cell in (0, 1)]
    slow = [wait.seconds for wait in group.waits if (wait.step.notebook, wait.step.cell) == ("01", 0)]
    assert all(1.5 <= seconds < 30 for seconds in slow)


def test_cell_that_fails_is_reported(group):
    assert set(group.errors) == {"01, code cell 2: NameError: name 'missing' is not defined"}


def test_memory_and_work_are_those_of_the_kernels(group):
    assert len(group.memory) == 2
    assert all(60 < megabytes < 500 for megabytes in group.memory.values())
    assert 120 < group.shared < 1000
    assert 30 < group.server_memory < 500
    assert 0 < group.processor < 60
    assert group.read > 0


def test_report_names_waits_memory_and_capacity(group, capsys):
    classroom.report(group, {("01", 0): 1.5})
    said = capsys.readouterr().out
    assert "8 cells ran" in said
    assert "01, code cell 1" in said
    assert "(1.5 s alone)" in said
    assert "learners a GB" in said
    assert "would fill one" in said


def test_class_that_did_nothing_has_no_report(group, capsys):
    classroom.report(classroom.Class(None, [], pace=math.inf), {})
    assert "give it more minutes" in capsys.readouterr().out
