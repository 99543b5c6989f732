"""A learner's own notebook runs as it is made, and is never written over."""

import contextlib
import io

import nbformat
import pytest

from rl_helpers.notebook import my_world
from rl_helpers.notebook.course import SOURCES


@pytest.fixture
def made(tmp_path):
    my_world.make(folder=tmp_path)
    return tmp_path / my_world.NAME


def test_it_is_a_notebook_of_text_and_code(made):
    notebook = nbformat.read(made, as_version=4)
    nbformat.validate(notebook)
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds[:3] == ["markdown", "code", "markdown"]
    assert kinds.count("code") >= 7
    texts = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert texts.startswith("# My world\n\nThis notebook is yours.")
    assert "\n1. What can be **done**?" in texts
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


def test_no_line_of_the_source_is_lost(made):
    notebook = nbformat.read(made, as_version=4)
    lines = [line for cell in notebook.cells for line in cell.source.splitlines() if line]
    source = (SOURCES / "my_world.py").read_text(encoding="utf-8").splitlines()
    kept = [line for line in source if line.strip("# ") and not line.startswith("# %%")]
    assert len(lines) == len(kept)
    assert all(line in full for line, full in zip(lines, kept, strict=True))


@pytest.mark.filterwarnings("ignore:.*Overriding environment")
def test_it_runs_from_top_to_bottom_and_finds_no_fault(made):
    namespace, printed = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        for cell in nbformat.read(made, as_version=4).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, "my_world", "exec"), namespace)
    assert printed.getvalue().startswith("nothing found\nDiscrete(14)\n")
    exact, best = namespace["exact"], namespace["best"]
    assert namespace["history"].reward_unit == "flowers"
    assert 0.9 * best < sum(namespace["worth"]) / 100 <= best * 1.0001
    assert exact.shape == (14, 2)


def test_what_is_there_already_stays_as_it_is(made):
    made.write_text("mine", encoding="utf-8")
    again = my_world.make(2, folder=made.parent)
    assert made.read_text(encoding="utf-8") == "mine"
    assert "stays as it is" in repr(again)
    assert "<code>my_world.ipynb</code>" in again.html


def test_where_nothing_may_be_written_it_says_so(tmp_path):
    refused = my_world.make(folder=tmp_path / "not there")
    assert repr(refused).startswith(
        "my_world.ipynb cannot be made (No such file or directory): copy the course"
    )


def test_the_template_says_the_truth_about_the_folder_it_is_made_in():
    from rl_helpers.notebook.paths import ROOT

    assert my_world.NAME in (ROOT / ".gitignore").read_text(encoding="utf-8").replace("notebooks/", "")
    assert (SOURCES / "09_your_own_world.md").is_file()
