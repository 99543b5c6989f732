"""Every notebook presented live, with controls that work on a stage."""

import nbformat

from tests.browser import live_slides
from tests.browser.page import ours
from tools.notebooks import build
from tools.stage import styles

OF_THE_CORE = ".jp-Cell:not([data-jpf-cell-tags*='further'])"


def test_slides_are_shown_live_and_their_controls_work(lab, run):
    n_controls, found = 0, {}
    with live_slides.presented(lab):
        for cells, has_controls, troubles in live_slides.walk(lab, run.words):
            if troubles:
                found[cells[0]] = troubles
            if not has_controls:
                continue
            with live_slides.used_controls(lab) as n_here:
                n_controls += n_here
                assert lab.active_cell() in cells  # the arrows moved the slider, not the slide
                *_, troubles = live_slides.look(lab, cells[0], run.words)
                if troubles:
                    found[cells[0], "after its controls were used"] = troubles
        lab.call(live_slides.SLIDE, 0)
        second, here = live_slides.slides_of(lab.notebook)[1], 0
        while here < second:  # Space goes from cell to cell, and several may stand on one slide.
            here = live_slides.go_on(lab)
        assert here == second
    assert found == {}
    kinds = ("player", "stepper", "slider", "push")
    assert n_controls == len(ours(lab, ", ".join(f"{OF_THE_CORE} .bob-{kind}" for kind in kinds)))


def test_what_is_further_is_not_on_live_slides(course, tmp_path):
    texts = ("# One", "## Further: a detour", "far", "## Two")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(f"{text}\n\nwords") for text in texts], metadata=build.METADATA
    )
    for cell in notebook.cells[1:3]:
        cell.metadata["tags"] = ["further"]
    build.mark_slides(notebook)
    nbformat.write(notebook, tmp_path / "further.ipynb")
    lab = course.lab
    lab.open(*course.station.put(tmp_path / "further.ipynb"))
    with live_slides.presented(lab):
        assert [cells for cells, *_ in live_slides.walk(lab)] == [[0], [3]]
        lab.call(live_slides.SLIDE, 0)
        assert live_slides.go_on(lab) == 3
    lab.close()


LIVE_FAULTS = {
    "does not fit": nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("stream", text="line\n" * 60)], execution_count=1
    ),
    "is empty": nbformat.v4.new_markdown_cell("## Only a title"),
    "shows an error": nbformat.v4.new_code_cell(
        "x", outputs=[nbformat.v4.new_output("error", ename="E", evalue="no", traceback=["E: no"])]
    ),
    "28 at least": nbformat.v4.new_markdown_cell('## T\n\n<p style="font-size: 24px">small</p>'),
    "20 at least": nbformat.v4.new_markdown_cell(
        '## T\n\n<table><tr><td><span style="font-size: 18px">x</span></table>'
    ),
    "has no heading": nbformat.v4.new_markdown_cell("words"),
}


def test_planted_faults_are_seen_on_live_slides(course, tmp_path):
    for cell in LIVE_FAULTS.values():
        cell.metadata["slideshow"] = {"slide_type": "slide"}
    planted = nbformat.v4.new_notebook(cells=list(LIVE_FAULTS.values()), metadata=build.METADATA)
    nbformat.write(planted, tmp_path / "planted.ipynb")
    lab = course.lab
    lab.open(*course.station.put(tmp_path / "planted.ipynb"))
    with live_slides.presented(lab):
        for fault, (*_, troubles) in zip(LIVE_FAULTS, live_slides.walk(lab), strict=True):
            assert any(fault in each for each in troubles), (fault, troubles)
    lab.close()


GROWS = """import numpy as np
TALL = np.zeros((900, 9), np.uint8)
from rl_helpers import widgets
from rl_helpers.notebook import show
widgets.push_button("Grow", lambda number: show.picture(TALL, alt="a high picture"))"""


def test_control_that_grows_off_its_slide_is_seen(course, tmp_path):
    titled = {"slideshow": {"slide_type": "slide"}, styles.KEY: styles.of_cell("It grows")}
    cell = nbformat.v4.new_code_cell(GROWS, metadata=titled)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=build.METADATA), tmp_path / "grows.ipynb")
    lab = course.lab
    lab.open(*course.station.put(tmp_path / "grows.ipynb"))
    lab.run_cell(0)
    with live_slides.presented(lab):
        assert live_slides.look(lab, 0) == ([0], 1, [])
        with live_slides.used_controls(lab) as n_controls:
            assert n_controls == 1
            *_, (trouble,) = live_slides.look(lab, 0)
            assert trouble.startswith("does not fit")
    lab.close()


FIGURES = (
    "from rl_helpers import plots\nfrom rl_helpers.notebook import show",
    """fig, axes = plots.new_axes(width=6, height=3)
axes.text(0.5, 0.5, "small", fontsize=7)
show.figure(fig, alt="A small word.")""",
)


def test_small_words_inside_a_picture_are_seen(course, request, tmp_path):
    cells = [nbformat.v4.new_code_cell(source) for source in FIGURES]
    for cell, kind in zip(cells, ("skip", "slide"), strict=True):
        cell.metadata |= {"slideshow": {"slide_type": kind}, styles.KEY: styles.of_cell("A figure")}
    path = tmp_path / "figure.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=build.METADATA), path)
    (tmp_path / "blank").mkdir()
    run = course.run(path, tmp_path / "blank", request.session)
    with live_slides.presented(run.lab):
        *_, (trouble,) = live_slides.look(run.lab, 1, run.words)
    assert trouble.startswith("has words of 9.3 px in a picture")
    course.close(run.lab.notebook)
