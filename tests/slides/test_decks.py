"""What a deck is made of."""

import re
import urllib.error

import nbformat
import pytest

from tests.notebooks.slide_cells import code, picture, text
from tools import downloads
from tools.notebooks import build
from tools.slides import decks
from tools.stage import cut


def test_without_a_network_the_message_says_what_to_do(monkeypatch, capsys):
    def fail(*_, **__):
        raise urllib.error.URLError("no route")

    monkeypatch.setattr(downloads.urllib.request, "urlopen", fail)
    monkeypatch.setattr(downloads.fetch, "__defaults__", (build.ROOT / "not" / "there",))
    assert decks.main(["00_start_here"]) == 1
    assert "the first time needs the network" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["00_start_here", "00_start_here.ipynb", "notebooks/00_start_here.ipynb"])
def test_a_notebook_is_named_with_or_without_its_folder_and_ending(name, monkeypatch, capsys):
    written = []
    monkeypatch.setattr(decks, "write", lambda path: written.append(path) or path)
    assert decks.main([name]) == 0
    assert written == [build.BUILT / "00_start_here.ipynb"]
    assert "slides in" in capsys.readouterr().out


def test_an_unknown_notebook_is_refused_with_the_names_there_are(capsys):
    with pytest.raises(SystemExit):
        decks.main(["99_nothing"])
    assert "name one of 00_start_here, 01_" in capsys.readouterr().err


def test_a_half_finished_run_is_told(monkeypatch, capsys):
    notebook = nbformat.read(build.BUILT / "01_agent_and_environment.ipynb", as_version=4)
    monkeypatch.setattr(decks, "write", lambda path: path)
    monkeypatch.setattr(decks.nbformat, "read", lambda *_, **__: notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]

    def told():
        assert decks.main(["01_agent_and_environment"]) == 0
        return capsys.readouterr().err

    assert not told()
    cells[-1].execution_count = None
    assert f"1 of {len(cells)} cells of code have not run" in told()
    cells[-1].execution_count = 2  # the first two were run again, and nothing after them
    assert "choose Run All Cells" in told()
    cells[3].outputs = [nbformat.v4.new_output("error", ename="NameError", evalue="x", traceback=[])]
    assert f"1 of {len(cells)} cells of code ended in an error" in told()


def test_control_without_a_kernel_shows_its_picture_or_nothing():
    call = "<p><em>Run this cell to move the slider.</em></p>"
    with_picture = picture(40, 30)
    with_picture["data"]["text/html"] += call
    words = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": build.CALL_TO_RUN}}
    notebook = nbformat.v4.new_notebook(
        cells=[
            code("slider", [with_picture], "subslide", tags=["widget"]),
            code("player", [words], "slide", tags=["widget"]),
            text("words"),
        ]
    )
    decks.prepare(notebook)
    first, last = notebook.cells
    assert "Run this cell" not in first.outputs[0].data["text/html"]
    assert "<img" in first.outputs[0].data["text/html"]
    assert last.metadata.slideshow.slide_type == "slide"


def test_a_slide_that_has_nothing_but_a_control_is_none_without_a_kernel():
    words = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": build.CALL_TO_RUN}}
    notebook = nbformat.v4.new_notebook(
        cells=[
            text("# T", "slide"),
            text("Press it.", "subslide"),
            code("button", [words], tags=["widget"]),
            text("so", "subslide"),
        ]
    )
    decks.prepare(notebook)
    marks = [cell.metadata.get("slideshow", {}).get("slide_type") for cell in notebook.cells]
    assert marks == ["slide", "notes", "skip", "subslide"]


def test_a_guess_has_its_choices_apart_and_does_not_come_back():
    notebook = nbformat.v4.new_notebook(
        cells=[text("> Your guess: `1` `9` days", "slide"), text("> You guessed: … days\n\nIt is 9.")]
    )
    decks.prepare(notebook)
    assert [cell.source for cell in notebook.cells] == ["> Your guess: `1` · `9` days", "It is 9."]


def test_a_slide_is_as_in_jupyterlab_and_has_what_it_leaves_out_as_notes(monkeypatch, tmp_path):
    monkeypatch.setattr(decks, "fetch", lambda library: dict.fromkeys(library.files, ""))
    notebook = nbformat.v4.new_notebook(
        cells=[
            text("# T\n\nwords"),
            text("## Two\n\nbefore " + "word " * 80 + "\n\nsaid aloud " + "word " * 80),
            code("x", [picture(300, 200)]),
            code("y", [picture(300, 200)]),
        ]
    )
    cut.mark(notebook)
    build.name_cells(notebook)
    path = tmp_path / "00_trial.ipynb"
    nbformat.write(notebook, path)
    html = decks.deck(path)
    first, second = (cell.id for cell in notebook.cells if cell.cell_type == "code")
    assert re.search(rf'\[id="cell-id={first}"\] img {{.*zoom: 1\.', html)
    assert f'[id="cell-id={second}"]::before {{ content: "Two" }}' in html
    notes = re.findall(r'<aside class="notes">(.*?)</aside>', html, re.S)
    assert len(notes) == 1
    assert "said aloud" in notes[0] or "before" in notes[0]
