"""The notebook that is open in the page."""

import os

import pytest

PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
SOLUTION = ".bob-solution"
PUSH = ".bob-push"
CONTROLS = f".bob-player, .bob-stepper, .bob-slider, {PUSH}, {SOLUTION}"


def missing(reason):
    """Skip by name, but fail where all must run."""
    if os.environ.get("CI"):
        pytest.fail(str(reason))
    pytest.skip(str(reason))


def ours(lab, selector):
    """Return locators of what a selector matches in the notebook that is open."""
    every = ", ".join(f"{PANEL} {part}" for part in selector.split(", "))
    return [found for found in lab.page.locator(every).all() if found.is_visible()]
