"""One JupyterLab and one page for all notebooks; those that take long run in the background meanwhile."""

from pathlib import Path

import pytest

from tests.browser.accessibility import prepare
from tests.browser.course import BUILT, LONG, TRAINING, Course
from tests.browser.page import missing
from tools.browser.station import open_station


@pytest.fixture(scope="package")
def course(request):
    # Other folders have fixtures of this name too.
    here = Path(__file__).parent
    chosen = {
        item.callspec.params["lab"]
        for item in request.session.items
        if item.path.parent == here and "lab" in getattr(item, "fixturenames", ())
    }
    try:
        opened = open_station()
        station = opened.__enter__()
    except FileNotFoundError as error:
        missing(error)
    try:
        with station.open(TRAINING, windowing="none") as lab:
            prepare(lab)
            course = Course(station, lab)
            for path in BUILT:
                if path in chosen and path.name.startswith(LONG):
                    course.run(path)
            yield course
    finally:
        opened.__exit__(None, None, None)


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
