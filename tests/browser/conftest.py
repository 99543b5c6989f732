"""One JupyterLab and one page for all notebooks that a worker gets, one after the other, each run once."""

import contextlib

import psutil
import pytest

from rl_helpers.exercises.answers.button import NO_BUTTON
from tests.browser.accessibility import prepare
from tests.browser.course import BUILT, TRAINING, Course
from tests.browser.page import missing
from tests.notebooks.kernels import binders_environment, note_of, own_core
from tests.notebooks.nbval import run_nbval
from tools.browser.server import NO_BROWSER
from tools.browser.station import open_station


@pytest.fixture(scope="package")
def course_or_none(count_browsers_work):
    """The page, None without a browser; films stand still in it, but where a test asks for motion."""
    with contextlib.ExitStack() as stack:
        environment = stack.enter_context(binders_environment())
        buttons = {name: value for name, value in environment.items() if name != NO_BUTTON}
        try:
            station = stack.enter_context(open_station(buttons))
        except FileNotFoundError:
            yield None
            return
        if (core := own_core()) is not None:
            psutil.Process(station.server.pid).cpu_affinity([core])  # Its kernels stay on this core too.
        lab = stack.enter_context(station.open(TRAINING, windowing="none", reduced_motion=True))
        stack.callback(count_browsers_work)
        prepare(lab)
        yield Course(station, lab, environment, note_of(environment, lab.notebook.parent)["pid"])


@pytest.fixture
def course(course_or_none):
    """The page."""
    return course_or_none or missing(NO_BROWSER)


@pytest.fixture(scope="package", params=BUILT, ids=lambda path: path.stem)
def run(course_or_none, request, tmp_path_factory):
    """A notebook's run from top to bottom: in the page if there is a browser, else with nbval."""
    path, folder = request.param, tmp_path_factory.mktemp(request.param.stem)
    if course_or_none is None:
        yield run_nbval(path, folder, own_core())
        return
    run = course_or_none.run(path, folder, request.session)
    notebook = run.lab.notebook
    yield run
    course_or_none.close(notebook)


@pytest.fixture
def lab(run):
    """The page with a notebook that has run."""
    return run.lab or missing(NO_BROWSER)
