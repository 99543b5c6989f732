"""One environment for a class, a copy of the course for each learner."""

import shutil

import nbformat
from nbclient import NotebookClient

from tests.setup.pins import ROOT


def run_in(folder, code):
    """Run code in a kernel that JupyterLab starts for a notebook in a folder; return what it prints."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    return notebook.cells[0].outputs[0].text.strip()


def test_each_learners_kernel_uses_their_own_copy(tmp_path):
    code = "from rl_helpers.notebook import paths; print(paths.DATA.is_dir(), paths.output_path('film.gif'))"
    for name in ("ada", "bob"):
        for part in ("rl_helpers", "data"):
            shutil.copytree(ROOT / part, tmp_path / name / part)
        notebooks = tmp_path / name / "notebooks"
        (notebooks / "own notes").mkdir(parents=True)
        for folder in (notebooks, notebooks / "own notes"):
            assert run_in(folder, code) == f"True {notebooks / 'output' / 'film.gif'}"


def test_kernel_that_starts_elsewhere_uses_the_installed_course(tmp_path):
    code = "import rl_helpers; print(rl_helpers.__file__)"
    assert run_in(tmp_path, code) == str(ROOT / "rl_helpers" / "__init__.py")
