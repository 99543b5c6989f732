"""The page itself: a training that is stopped goes on, and a browser that is missing is told."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.browser.course import BUILT, TRAINING
from tests.browser.page import PANEL
from tools.browser.firefox import NO_FIREFOX
from tools.browser.server import NO_BROWSER
from tools.notebooks import build

HERE = Path(__file__).parent.relative_to(build.ROOT)
HUNDREDS_OF_EPISODES = re.compile(r"\b[1-9]\d{2,}/10000000\b")  # as the progress bar has it


def test_stopped_training_goes_on_with_what_was_learned(course):
    lab = course.lab
    lab.open(*course.station.put(TRAINING))
    lab.run_cell(0)
    training = lab.start(
        "async () => { const notebook = window.jupyterapp.shell.currentWidget.content;"
        " notebook.activeCellIndex = 1;"
        " await window.jupyterapp.commands.execute('notebook:run-cell'); }"
    )
    lab.page.locator(PANEL).get_by_text(HUNDREDS_OF_EPISODES).wait_for(timeout=30_000)
    lab.page.locator(
        f"{PANEL} [data-command='notebook:interrupt-kernel'], {PANEL} jp-button[title^='Interrupt']"
    ).first.click()
    lab.wait(training, timeout=20)
    lab.run_cell(2)
    lab.run_cell(3)
    assert lab.errors() == []
    outputs = lab.outputs()
    assert [output["text"] for output in outputs[2]] == ["True True\n"]
    assert [output["text"] for output in outputs[3]] == ["20 True True\n"]
    lab.close()


def without_browser(tmp_path, *tests, in_ci):
    """Run tests where no browser is to be found; return what pytest says."""
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", *tests]
    environment = os.environ | {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "CI": in_ci}
    return subprocess.run(
        command, cwd=build.ROOT, env=environment, capture_output=True, text=True, check=False
    ).stdout


def test_missing_browser_is_a_failure_in_ci(tmp_path):
    tests = (
        f"{HERE / Path(__file__).name}::test_stopped_training_goes_on_with_what_was_learned",
        f"{HERE}/test_firefox.py::test_notebook_runs_without_an_error",
    )
    told = without_browser(tmp_path, *tests, in_ci="true")
    assert "2 errors" in told
    assert NO_BROWSER in told
    assert NO_FIREFOX in told


def test_without_a_browser_notebooks_are_run_and_the_rest_is_a_named_skip(tmp_path):
    first = BUILT[0].stem
    tests = [f"{HERE}/test_{name}.py" for name in ("outputs", "live_slides", "firefox")]
    told = without_browser(tmp_path, *tests, "-k", f"[{first}] or without_an_error", in_ci="")
    assert "3 passed, 2 skipped" in told
    assert NO_BROWSER in told
    assert NO_FIREFOX in told
    assert f"{first}: first cell after" in told
