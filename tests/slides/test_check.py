"""Every slide of every deck as a browser shows it."""

import contextlib
import os
import re

import nbformat
import pytest

from tests.browser.page import missing
from tests.notebooks.built import by_name
from tests.notebooks.slide_cells import code, said, shown, text
from tools.browser.server import start_browser
from tools.slides import check, decks
from tools.stage import cut


@pytest.fixture(scope="module")
def page(count_browsers_work):
    """A page as large as a slide, which notes what it asks for."""
    with contextlib.ExitStack() as stack:
        try:
            browser = stack.enter_context(start_browser())
        except FileNotFoundError as error:
            missing(error)
        stack.callback(count_browsers_work)
        size = dict(zip(("width", "height"), check.SIZE, strict=True))
        page = browser.new_page(viewport=size)
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.asked.append(f"error: {error}"))
        yield page


@pytest.fixture(scope="module")
def deck_of(tmp_path_factory):
    """A function that writes the deck of a notebook, or of cells."""
    folder = tmp_path_factory.mktemp("decks")

    def write(path):
        if not isinstance(path, os.PathLike):
            notebook = nbformat.v4.new_notebook(cells=path)
            path = folder / "00_trial.ipynb"
            nbformat.write(notebook, path)
        try:
            return decks.write(path, folder)
        except ConnectionError as error:
            return missing(error)

    return write


@by_name
def test_every_slide_fits_is_not_empty_and_shows_no_error(path, page, deck_of):
    deck = deck_of(path)
    page.asked.clear()
    seen = list(check.walk(page, deck))
    assert [(each.place, each.heading, each.troubles) for each in seen if each.troubles] == []
    n_gone = sum(map(decks.is_gone, nbformat.read(path, as_version=4).cells))
    n_slides = cut.counts(nbformat.read(path, as_version=4))[1]
    assert n_slides - n_gone <= len(seen) <= n_slides  # the same slides as in JupyterLab, but for buttons
    # It needs no network, and its films are in it.
    assert {address.partition(":")[0] for address in page.asked} <= {"file", "data"}
    films = {
        film
        for cell in nbformat.read(path, as_version=4).cells
        if cell.metadata.get("slideshow", {}).get("slide_type") != "skip"
        for output in cell.get("outputs", [])
        for film in re.findall("data:image/gif;base64,[^\"']+", output.get("data", {}).get("text/html", ""))
    }
    html = deck.read_text(encoding="utf-8")
    assert all(film in html for film in films)
    assert "reference solution" not in html


FAULTS = {
    "does not fit": [text("# T", "slide"), code("x", [said("line\n" * 60)])],
    "is empty": [text("# T\n\nwords", "slide"), text("## Two", "slide")],
    "pictures cannot be read": [
        text("# T", "slide"),
        code("x", [shown('<img src="data:image/gif;base64,AA==">')]),
    ],
    "shows an error": [
        text("# T", "slide"),
        code("x", [{"output_type": "error", "ename": "E", "evalue": "no", "traceback": ["E: no"]}]),
    ],
    "28 at least": [text('# T\n\n<p style="font-size: 24px">small</p>', "slide")],
    "20 at least": [text('# T\n\n<pre style="font-size: 18px">x</pre>', "slide")],
    "has no heading": [text("# T\n\nmore", "slide"), text("words", "subslide")],
    "shows a formula as TeX": [text("# T\n\nwords", "slide"), code("x", [said("$x_t$")])],
}


@pytest.mark.parametrize("trouble", FAULTS)
def test_planted_fault_is_seen(trouble, page, deck_of):
    found = [each for seen in check.walk(page, deck_of(FAULTS[trouble])) for each in seen.troubles]
    assert any(trouble in each for each in found), found


def test_formulas_are_drawn(page, deck_of):
    deck = deck_of(
        [text("# T\n\nHere $x_t$:\n\n$$\n\\underbrace{r + \\gamma}_{\\text{target}}\n$$", "slide")]
    )
    assert not [each.troubles for each in check.walk(page, deck) if each.troubles]
    assert page.evaluate("document.querySelectorAll('mjx-container > svg').length") == 2


def test_decks_show_the_core_alone(page, deck_of):
    notebook = nbformat.v4.new_notebook(
        cells=[
            text("# T\n\nwords"),
            code("# Imports\nimport numpy", jupyter={"source_hidden": True}),
            text("## Further: a detour\n\nfar"),
            code("x", [said("beyond")], tags=["further"]),
            text("## Two\n\nnear"),
            code("# The claim: near is near.\nassert x", tags=["claim"]),
        ]
    )
    cut.mark(notebook)
    check.open_deck(page, deck_of(notebook.cells))
    shown = page.evaluate("Reveal.getSlides().map((slide) => slide.textContent).join()")
    assert all(word in shown for word in ("words", "near"))
    assert not any(word in shown for word in ("detour", "far", "beyond", "numpy", "claim"))
