"""What can go wrong, acted or real, and what a learner must read then."""

import subprocess
from typing import NamedTuple

from rl_helpers.notebook.paths import ROOT

STARTUP = ROOT / "jupyter" / "etc" / "ipython" / "startup"
BEGIN = (
    "import gymnasium as gym, rl_helpers\nfrom rl_helpers.notebook import paths\nfrom pathlib import Path\n"
)
OUTPUT = "paths.OUTPUT = Path('output')\n"
SOLVE = """
from rl_helpers.exercises import check
def td_error(target, q_value):
    return target - q_value
td_error = check.td_error(td_error)
"""
FULL = """
import builtins, errno, io, os, pathlib
def full(*_, **__):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
pathlib.Path.write_text = pathlib.Path.write_bytes = full
os.replace = full
"""
LOCKED = FULL.replace("ENOSPC", "EACCES") + "os.open = pathlib.Path.mkdir = full\n"
FILM = """
import numpy as np
from rl_helpers.gifs import create_gif
create_gif([np.zeros((4, 4, 3), np.uint8)] * 2, paths.output_path('film.gif'), fps=5)
"""
# Written to the disk's last byte.
FILL = """
with open('output/ballast', 'wb', buffering=0) as ballast:
    try:
        while ballast.write(bytes(1024)):
            pass
    except OSError as error:
        print(error.strerror)
"""


class Case(NamedTuple):
    """What is tried, and what must come of it.

    Attributes:
        cells: their code.
        says: a regular expression for what a learner must have read in the end.
        kept: a last cell, which prints "kept" if nothing is lost.
        environment: variables of the kernel's.
        disk: a command that makes the folder `output` a disk of the kernel's own.
        gymnasium: a version to have in place of the course's.
    """

    cells: tuple
    says: str
    kept: str = "print('kept')"
    environment: dict | None = None
    disk: str = ""
    gymnasium: str = ""


PLAIN = Case((), "")
ABOVE = "choose Run › Run All Above Selected Cell"
CASES = {
    "no Atari": Case(
        ("import sys; sys.modules['ale_py'] = None", "import ale_py"), "Atari is not installed.*make lab"
    ),
    "no Atari, seen by the set-up report": Case(
        (
            "import sys; sys.modules['ale_py'] = None",
            "from rl_helpers.notebook import setup_report; print(setup_report.report())",
        ),
        "Atari +does not start.*first: run `make lab`; notebooks 00 to 06",
    ),
    "no display": Case(
        (
            BEGIN + "env = gym.make('CartPole-v1', render_mode='human')",
            "env.reset(seed=0)",
        ),
        r"no screen.*render_mode=\"rgb_array\"",
        "print(gym.make('Bob/Room-v0', render_mode='rgb_array').reset(seed=0) and 'kept')",
        {"SDL_VIDEODRIVER": "x11", "DISPLAY": ""},
    ),
    "no write permission": Case(
        (BEGIN + OUTPUT + LOCKED, FILM), "cannot be made.*copy the course to a folder|You may not write there"
    ),
    "no write permission, exercise": Case(
        (BEGIN + OUTPUT + LOCKED, SOLVE, "check.progress('05')"),
        "could not be saved.*until the kernel is restarted.*1 of [1-9] solved",
        "print(td_error(2, 1) == 1 and 'kept')",
    ),
    "full disk": Case(
        (BEGIN + OUTPUT + FILM + "before = Path('output/film.gif').read_bytes()", FULL, FILM),
        "disk is full: make room",
        "print(Path('output/film.gif').read_bytes() == before and 'kept')",
    ),
    "full disk, exercise": Case(
        (BEGIN + OUTPUT + FULL, SOLVE, "check.progress('05')"),
        "could not be saved.*until the kernel is restarted.*1 of [1-9] solved",
        "print(td_error(2, 1) == 1 and 'kept')",
    ),
    "an older Gymnasium, asked for a world of a later version": Case(
        (BEGIN + "print(gym.__version__)", "gym.make('Taxi-v4')"),
        "0.29.1.*What to do: gymnasium is 0.29.1, the course needs .*1.4.*make lab",
        gymnasium="0.29.1",
    ),
    "an older Gymnasium, asked for Atari": Case(
        ("import gymnasium as gym", "import ale_py\ngym.make('ALE/Breakout-v5')"),
        "What to do: gymnasium is 0.29.1, the course needs .*1.4.*make lab",
        gymnasium="0.29.1",
    ),
    "an older Gymnasium, asked for a name of a later version": Case(
        ("import gymnasium as gym; gym.a_name_of_a_later_version",),
        "What to do: gymnasium is 1.0.0, the course needs .*1.4.*make lab",
        gymnasium="1.0.0",
    ),
    "an older Gymnasium, seen by the set-up report": Case(
        ("from rl_helpers.notebook import setup_report; print(setup_report.report())",),
        "first: gymnasium is 0.29.1",
        gymnasium="0.29.1",
    ),
    "a kernel without what the course needs": Case(
        ("import a_package_of_the_course",), "Kernel › Change Kernel › Python 3.*make lab"
    ),
    "Run all from the middle": Case(("history = train(room, bob, n_episodes=500)",), f"`train`.*{ABOVE}"),
    "a world before its import": Case(
        ("import gymnasium as gym", "gym.make('Bob/Room-v0')"), "run the notebook's first cell"
    ),
    "kernel restart in the middle of an exercise": Case(
        (
            # Another kernel solves the exercise, and ends.
            "import subprocess, sys\n"
            f"subprocess.run([sys.executable, '-c', {BEGIN + OUTPUT + SOLVE!r}], check=True)",
            "td_error(2.0, 0.5)",
            BEGIN + OUTPUT + "from rl_helpers.exercises import check\ncheck.progress('05')",
        ),
        f"`td_error`.*{ABOVE}.*stay solved.*1 of [1-9] solved",
        "print('td_error' in Path('output/progress.json').read_text() and 'kept')",
    ),
}
OWN_DISK = "mount -t tmpfs -o size=96k tmpfs output"
REAL = {
    "full disk, a real one": CASES["full disk"]._replace(
        cells=(*CASES["full disk"].cells[:1], FILL, FILM),
        says="No space left.*disk is full: make room",
        disk=OWN_DISK,
    ),
    "full disk, exercise, a real one": CASES["full disk, exercise"]._replace(
        cells=(BEGIN + OUTPUT + FILL, SOLVE, "check.progress('05')"), disk=OWN_DISK
    ),
    "full disk, seen by the set-up report, a real one": Case(
        (BEGIN + OUTPUT + FILL, "from rl_helpers.notebook import setup_report; print(setup_report.report())"),
        "No space left.*first: make room on the disk",
        "print([path.name for path in Path('output').iterdir()] == ['ballast'] and 'kept')",
        disk=OWN_DISK,
    ),
    "read-only disk, seen by the set-up report, a real one": Case(
        (BEGIN + OUTPUT, "from rl_helpers.notebook import setup_report; print(setup_report.report())"),
        "Read-only file system.*first: copy the course to a folder you may write to",
        disk=f"{OWN_DISK} && mount -o remount,ro output",
    ),
    "read-only disk, a real one": CASES["no write permission"]._replace(
        cells=(BEGIN + OUTPUT, FILM), disk=f"{OWN_DISK} && mount -o remount,ro output"
    ),
    "read-only disk, exercise, a real one": CASES["no write permission, exercise"]._replace(
        cells=(BEGIN + OUTPUT, SOLVE, "check.progress('05')"),
        disk=f"{OWN_DISK} && mount -o remount,ro output",
    ),
}


def may_mount(folder="/tmp"):
    """Tell whether a process may have disks of its own here."""
    try:
        command = ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", folder]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


if may_mount():
    CASES |= REAL
