"""Whether solutions wait behind a button, are all shown, or are all hidden: the instructor's choice."""

import contextlib
import os

from rl_helpers.notebook import paths

SOLUTIONS = "RL_HELPERS_SOLUTIONS"
"""Environment variable that sets the mode for a whole class, such as in a JupyterHub's image."""

MODES = ("button", "show", "hide")


def mode_file():
    """Return the file that remembers the choice on this machine."""
    return paths.OUTPUT / "solutions.txt"


def solution_mode():
    """Return "button", "show" or "hide": the environment variable counts first, then the file.

    >>> solution_mode() in MODES
    True
    """
    mode = os.environ.get(SOLUTIONS, "")
    if mode in MODES:
        return mode
    with contextlib.suppress(OSError, UnicodeDecodeError):
        mode = mode_file().read_text(encoding="utf-8").strip()
    return mode if mode in MODES else "button"


def remember_mode(mode):
    """Choose a mode for all notebooks on this machine.

    Raises:
        ValueError: if there is no such mode, or the environment variable has decided already.
        OSError: if the choice cannot be written.
    """
    if mode not in MODES:
        raise ValueError(f"the mode is {mode!r}: choose {', '.join(map(repr, MODES))}")
    decided = os.environ.get(SOLUTIONS)
    if decided in MODES and decided != mode:
        raise ValueError(
            f"the environment variable {SOLUTIONS} is {decided!r} and counts first: change it or unset it"
        )
    paths.output_path(mode_file().name).write_text(mode + "\n", encoding="utf-8")
