"""What a deck is made of."""

import urllib.error

import nbformat
import pytest

from tests.notebooks.slide_cells import code, picture, text
from tools import downloads
from tools.notebooks import build
from tools.slides import decks


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


def test_several_large_pictures_of_one_cell_are_shared_out():
    cell = code("show", [picture(800, 250) for _ in range(5)], "subslide")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    decks.prepare(notebook)
    assert [len(each.outputs) for each in notebook.cells] == [2, 2, 1]
    assert {each.metadata.slideshow.slide_type for each in notebook.cells} == {"subslide"}
