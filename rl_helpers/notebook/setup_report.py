"""Does this machine have what the course needs? One report, in words."""

import errno
import importlib.metadata
import os
import sys
from typing import NamedTuple

from rl_helpers.notebook import advice, show

PACKAGES = ("gymnasium", "ale-py", "numpy", "matplotlib", "ipywidgets", "anywidget", "moviepy", "jupyterlab")
OLDEST_PYTHON = (3, 11)
LEAST_MEMORY = 1.0  # GB, what Binder promises


class Finding(NamedTuple):
    """One thing looked at: its name, what was found, and what to do if it will not do (else empty)."""

    name: str
    found: str
    to_do: str = ""


def look():
    """Return a `Finding` for Python, each package, memory, Atari and the output folder."""
    return [_python(), *(_package(name) for name in PACKAGES), _memory(), _atari(), _output()]


def report():
    """Return the findings as a table whose last row says "ready" or what to do first."""
    findings = look()
    problems = [finding for finding in findings if finding.to_do]
    rows = [(finding.name, finding.found, finding.to_do or "✓") for finding in findings]
    verdict = f"first: {problems[0].to_do}" if problems else "ready"
    return show.table(
        [*rows, ("your set-up", "", verdict)], header=("what", "found", "verdict"), caption="Set-up"
    )


def _python():
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return Finding("Python", version, "install Python 3.11 or newer and run `make lab` again")
    return Finding("Python", version)


def _package(name):
    try:
        version = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, "missing", "run `make lab`, it installs everything, and choose its kernel")
    unfit = advice.unfit_packages().get(name)
    return Finding(name, version, f"{unfit}: run `make lab`, it brings the right one" if unfit else "")


def _memory():
    try:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    except (AttributeError, ValueError, OSError):
        return Finding("memory", "unknown on this system")
    to_do = "" if memory >= LEAST_MEMORY else "close other programs: the notebooks need up to 0.5 GB each"
    return Finding("memory", f"{memory:.1f} GB", to_do)


def _atari():
    try:
        import ale_py
        import gymnasium as gym

        ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
        gym.register_envs(ale_py)
        env = gym.make("ALE/Breakout-v5")
        env.reset(seed=0)
        env.close()
    except Exception as error:  # Whatever keeps Breakout from starting, the learner must see it in words.
        return Finding(
            "Atari", f"does not start: {error}", "run `make lab`; notebooks 00 to 06 work without Atari"
        )
    return Finding("Atari", "Breakout starts")


def _output():
    from rl_helpers.notebook.paths import output_path

    try:
        probe = output_path("ready_probe.txt")
        try:
            probe.write_text("ok", encoding="utf-8")
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        to_do = (
            "make room on the disk, for instance in notebooks/output"
            if full
            else "copy the course to a folder you may write to"
        )
        return Finding("output folder", str(error), to_do)
    return Finding("output folder", "can be written")
