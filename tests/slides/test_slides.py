"""Slides: where they begin, what they hold, and every slide of every deck as a browser shows it."""

import base64
import io
import os
import re
import urllib.error

import nbformat
import pytest
from PIL import Image

from tests.browser.checks import missing
from tools import downloads
from tools.browser.server import start_browser
from tools.notebooks import build, slide_heights, slide_marks
from tools.slides import check, decks

BUILT = sorted(build.BUILT.glob("[0-9][0-9]_*.ipynb"))
by_name = pytest.mark.parametrize("path", BUILT, ids=lambda path: path.stem)
PICTURE = '<img src="data:image/gif;base64,{}" alt="a grey field" width="{}">'


def text(source, mark=None):
    metadata = {"slideshow": {"slide_type": mark}} if mark else {}
    return nbformat.v4.new_markdown_cell(source, metadata=metadata)


def code(source, outputs=(), mark=None, **metadata):
    if mark:
        metadata["slideshow"] = {"slide_type": mark}
    outputs = nbformat.from_dict(list(outputs))
    return nbformat.v4.new_code_cell(source, outputs=outputs, metadata=metadata, execution_count=1)


def said(words):
    return {"output_type": "stream", "name": "stdout", "text": words}


def shown(html):
    return {"output_type": "display_data", "data": {"text/html": html, "text/plain": ""}, "metadata": {}}


def picture(width, height):
    """Return an output with a GIF of that size."""
    buffer = io.BytesIO()
    Image.new("L", (width, height), 128).save(buffer, "gif")
    return shown(PICTURE.format(base64.b64encode(buffer.getvalue()).decode(), width))


def marked(*cells):
    """Return (mark, source) of each cell after marking."""
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    slide_marks.mark(notebook)
    return [(cell.metadata.get("slideshow", {}).get("slide_type"), cell.source) for cell in notebook.cells]


# Where slides begin.


def test_a_heading_begins_a_slide_and_short_text_stays_on_it():
    cells = marked(text("# One\n\nwords"), text("## Two\n\nwords\n\nmore"), code("1 + 1", [said("2")]))
    assert [mark for mark, _ in cells] == ["slide", "slide", None]


def test_a_second_heading_in_one_cell_begins_a_slide_too():
    cells = marked(text("# One\n\nwords\n\n## Two\n\nwords"))
    assert cells == [("slide", "# One\n\nwords"), ("slide", "## Two\n\nwords")]


def test_a_long_text_goes_on_below_and_loses_no_word():
    parts = [f"## Title\n\n{'word ' * 150}".strip(), *("word " * 150 for _ in range(5))]
    source = "\n\n".join(part.strip() for part in parts)
    cells = marked(text(source))
    assert [mark for mark, _ in cells] == ["slide", *["subslide"] * (len(cells) - 1)]
    assert len(cells) > 1
    assert "\n\n".join(each for _, each in cells) == source
    assert all(slide_heights.markdown(each) < 720 for _, each in cells)


def test_a_heading_is_never_alone_on_a_slide():
    cells = marked(text("## Title"), code("x\n" * 24 + "x", [said("line\n" * 8)]))
    assert [mark for mark, _ in cells] == ["slide", None]


def test_words_that_end_in_a_colon_stay_with_what_they_announce():
    filler = "word " * 210
    cells = marked(text(f"## Title\n\n{filler}\n\nThese are they:"), code("x = 1\n" * 14))
    assert [mark for mark, _ in cells] == ["slide", "subslide", None]
    assert cells[1][1] == "These are they:"


@pytest.mark.parametrize(
    "source",
    ["import numpy as np\nfrom pathlib import Path", "answer = check.answer(answer)", 'solution("answer")'],
)
def test_chores_are_skipped(source):
    assert marked(text("## Title\n\nwords"), code(source, [said("x")]))[1][0] == "skip"


def test_folded_code_that_shows_nothing_is_skipped_and_what_it_shows_is_not():
    folded = {"jupyter": {"source_hidden": True}}
    cells = marked(text("## Title"), code("x = 1", **folded), code("x", [said("1")], **folded))
    assert [mark for mark, _ in cells] == ["slide", "skip", None]


def test_hints_and_the_list_of_solved_exercises_are_skipped():
    hint = "<details><summary>Hint</summary>\n\nThink.\n\n</details>"
    cells = marked(
        text(f"## Exercise\n\nDo it.\n\n{hint}"), text("## What you have solved"), code("check.progress()")
    )
    assert [mark for mark, _ in cells] == ["slide", "skip", "skip", "skip"]
    assert cells[1][1] == hint


def test_what_follows_a_solution_is_a_slide_of_its_own():
    cells = marked(text("## Exercise\n\nDo it."), code('solution("it")'), text("Now we use it."))
    assert [mark for mark, _ in cells] == ["slide", "skip", "subslide"]


def test_what_follows_a_control_does_not_answer_its_question_beside_it():
    still = picture(300, 200)
    still["data"]["text/html"] += "<p><em>Run this cell to move the slider.</em></p>"
    control = code("slider", [still], tags=["widget"])
    cells = marked(text("## Try it\n\nMove it. When does it turn?"), control, code("x", [said("at 3")]))
    assert [mark for mark, _ in cells] == ["slide", None, "subslide"]


def test_line_that_leads_to_a_chore_is_skipped_with_it():
    cells = marked(text("## Begin\n\nwords\n\nThis loads what we need:"), code("import numpy"))
    assert [mark for mark, _ in cells] == ["slide", "skip", "skip"]
    assert cells[1][1] == "This loads what we need:"


def test_each_question_of_a_quiz_has_its_slide_with_its_answer():
    question = (
        "**{}. Why?**\n\n- a) So\n\n<details><summary>Answer</summary>\n\n- a) **Right.**\n\n</details>"
    )
    cells = marked(text("## Quiz\n\n" + "\n\n".join(question.format(number) for number in (1, 2, 3))))
    assert [mark for mark, _ in cells] == ["slide", "subslide", "subslide"]
    assert all(each.count("<details>") == 1 for _, each in cells)


def test_the_source_has_the_last_word():
    cells = marked(
        text("## Title\n\nwords"),
        text("more", "subslide"),
        code("import this", mark="slide"),
        code("1 + 1", [said("2")], "skip"),
        text("one\n\ntwo", "skip"),
    )
    assert [mark for mark, _ in cells] == ["slide", "subslide", "slide", "skip", "skip"]


def test_code_that_leaves_no_room_for_its_picture_stays_off_the_slide():
    notebook = nbformat.v4.new_notebook(cells=[text("## T"), code("x\n" * 15, [picture(800, 450)])])
    slide_marks.mark(notebook)
    assert slide_marks.OUTPUT_ONLY in notebook.cells[1].metadata.tags
    notebook = nbformat.v4.new_notebook(cells=[text("## T"), code("x\n" * 5, [picture(400, 200)])])
    slide_marks.mark(notebook)
    assert "tags" not in notebook.cells[1].metadata


def test_no_selector_of_the_live_slides_holds_a_comma():
    """The extension splits them there, even inside brackets, and what is left matches nothing."""
    assert not [each for each in slide_marks.STYLES["styles"][":root"] if "," in each]


@by_name
def test_checks_and_solutions_are_not_on_slides(path):
    chore = re.compile(r"(\w+ = )?check\.|solution\(")
    chores = [cell for cell in nbformat.read(path, as_version=4).cells if chore.match(cell.source)]
    assert {cell.metadata.get("slideshow", {}).get("slide_type") for cell in chores} <= {"skip"}


def test_marking_twice_changes_nothing_more():
    path = BUILT[-1]
    source = build.SOURCE / f"{path.stem}.md"
    stored = nbformat.read(path, as_version=4)
    once = build.from_stored(source, stored)
    assert build.as_text(build.from_stored(source, once)) == build.as_text(once)


def test_text_is_brought_over_without_executing_and_other_code_is_refused(tmp_path):
    source = tmp_path / "00_trial.md"
    source.write_text("# Trial\n\n```{code-cell} ipython3\nprint(2)\n```\n", encoding="utf-8")
    assert build.build(source, tmp_path) == []
    source.write_text(source.read_text().replace("# Trial", "# Another"), encoding="utf-8")
    assert build.differences(source, tmp_path) != []
    assert build.retell(source, tmp_path) == []
    assert build.differences(source, tmp_path) == []
    built = nbformat.read(tmp_path / "00_trial.ipynb", as_version=4)
    assert (built.cells[0].source, built.cells[1].outputs[0].text) == ("# Another", "2\n")
    source.write_text(source.read_text().replace("print(2)", "print(3)"), encoding="utf-8")
    assert "must be executed" in build.retell(source, tmp_path)[0]


# What a deck is made of.


def test_without_a_network_the_message_says_what_to_do(monkeypatch, capsys):
    def fail(*_, **__):
        raise urllib.error.URLError("no route")

    monkeypatch.setattr(downloads.urllib.request, "urlopen", fail)
    monkeypatch.setattr(downloads.fetch, "__defaults__", (build.ROOT / "not" / "there",))
    assert decks.main(["00_start_here"]) == 1
    assert "the first time needs the network" in capsys.readouterr().err


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


# As a browser shows them.


@pytest.fixture(scope="module")
def browser():
    try:
        with start_browser() as browser:
            yield browser
    except FileNotFoundError as error:
        missing(error)


@pytest.fixture(scope="module")
def page(browser):
    """A page as large as a slide, which notes what it asks for."""
    page = browser.new_page(viewport=dict(zip(("width", "height"), check.SIZE, strict=True)))
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.asked.append(f"error: {error}"))
    return page


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
    assert len(seen) >= slide_marks.counts(nbformat.read(path, as_version=4))[0]
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
    "20 at least": [text('# T\n\n<p style="font-size: 12px">small</p>', "slide")],
}


@pytest.mark.parametrize("trouble", FAULTS)
def test_planted_fault_is_seen(trouble, page, deck_of):
    found = [each for seen in check.walk(page, deck_of(FAULTS[trouble])) for each in seen.troubles]
    assert any(trouble in each for each in found), found


def test_formula_is_drawn(page, deck_of):
    deck = deck_of([text("# T\n\n$$\n\\underbrace{r + \\gamma}_{\\text{target}}\n$$", "slide")])
    assert not [each.troubles for each in check.walk(page, deck) if each.troubles]
    assert page.evaluate("document.querySelectorAll('mjx-container > svg').length") == 1
