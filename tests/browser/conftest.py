"""One JupyterLab and one page for all notebooks that a worker gets, one after the other."""

import contextlib

import pytest

from tests.browser.accessibility import prepare
from tests.browser.course import BUILT, TRAINING, Course
from tests.browser.page import missing
from tools.browser.station import open_station


@pytest.fixture(scope="package")
def course(count_browsers_work):
    """The page; films stand still in it, but where a test asks for motion."""
    with contextlib.ExitStack() as stack:
        try:
            station = stack.enter_context(open_station())
        except FileNotFoundError as error:
            missing(error)
        lab = stack.enter_context(station.open(TRAINING, windowing="none", reduced_motion=True))
        stack.callback(count_browsers_work)
        prepare(lab)
        yield Course(station, lab)


@pytest.fixture(scope="package", params=BUILT, ids=lambda path: path.stem)
def lab(course, request):
    """A notebook, run from top to bottom."""
    copy = course.station.put(request.param)
    course.lab.open(*copy)
    course.lab.run_all(timeout=500)
    course.lab.unfold()
    yield course.lab
    course.lab.open(*copy)
    course.lab.close()
