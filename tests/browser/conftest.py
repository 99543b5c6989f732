"""One JupyterLab and one page for all notebooks; those that take long run in the background meanwhile."""

import contextlib
from pathlib import Path

import pytest

from tests.browser.accessibility import prepare
from tests.browser.course import BUILT, LONG, TRAINING, Course
from tests.browser.page import missing
from tools.browser.station import open_station


@pytest.fixture(scope="package")
def course(request, count_browsers_work):
    # Other folders have fixtures of this name too.
    here = Path(__file__).parent
    chosen = {
        item.callspec.params["lab"]
        for item in request.session.items
        if item.path.parent == here and "lab" in getattr(item, "fixturenames", ())
    }
    with contextlib.ExitStack() as stack:
        try:
            station = stack.enter_context(open_station())
        except FileNotFoundError as error:
            missing(error)
        lab = stack.enter_context(station.open(TRAINING, windowing="none", reduced_motion=True))
        stack.callback(count_browsers_work)
        prepare(lab)
        course = Course(station, lab)
        for path in BUILT:
            if path in chosen and path.name.startswith(LONG):
                course.run(path)
        yield course


@pytest.fixture(scope="package", params=BUILT, ids=lambda path: path.stem)
def lab(course, request):
    """A notebook, run from top to bottom."""
    path = request.param
    if path not in course.runs:
        course.run(path)
    course.bring(path)
    course.lab.wait(course.runs[path], timeout=500)
    course.lab.settle()
    yield course.lab
    course.bring(path)
    course.lab.close()
