"""The page itself: a training that is stopped goes on, and a browser that is missing is told."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.course import TRAINING
from tests.browser.page import PANEL
from tools.notebooks import build

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


@pytest.mark.parametrize(("in_ci", "outcome"), [("", "1 skipped"), ("true", "1 error")])
def test_missing_browser_is_a_named_skip_but_a_failure_in_ci(in_ci, outcome, tmp_path):
    test = f"{Path(__file__).relative_to(build.ROOT)}::test_stopped_training_goes_on_with_what_was_learned"
    command = [sys.executable, "-m", "pytest", "-rs", "-p", "no:cacheprovider", test]
    without = {"PATH": "", "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path), "CI": in_ci}
    answer = subprocess.run(
        command, cwd=build.ROOT, env=os.environ | without, capture_output=True, text=True, check=False
    )
    assert outcome in answer.stdout
    assert "no browser to drive: install Chromium" in answer.stdout
