"""The commands of the README run everything."""

import os
import re

from tests.setup.pins import ROOT, read


def test_continuous_integration_runs_the_test_command():
    lines = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    assert lines[:2] == ["set -eu", 'cd "$(dirname "$0")/.."']
    assert lines[-1] == "make test"
    # In between: the browsers that the tests drive, and nothing if they are there or cannot be installed.
    assert lines[2] == "for browser in chromium firefox-esr; do"
    assert re.search(r'if ! command -v "\$browser" .*id -u.*= 0.*apt-get', lines[3])
    assert 'apt-get -qq install -y "$browser"' in lines[4]
    assert "||" in lines[4]
    assert lines[5:7] == ["  fi", "done"]
    assert lines[7] == 'export CI="${CI:-true}"'  # There a missing browser is a failure.
    assert len(lines) == 9
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    assert os.access(ROOT / "postBuild", os.X_OK)


def test_test_command_lints_and_runs_every_test():
    (recipe,) = re.findall(r"^test:.*\n\t(.*)", read("Makefile"), re.MULTILINE)
    assert [part.split(" -m ")[1] for part in recipe.split(" && ")] == [
        "ruff check .",
        "ruff format --check .",
        "pytest -n auto --durations=10",
    ]
