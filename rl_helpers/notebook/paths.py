"""Where the course keeps its files, whichever directory a notebook is started from."""

import errno
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
OUTPUT = ROOT / "notebooks" / "output"

NO_PROGRESS = "RL_HELPERS_NO_PROGRESS"
"""Environment variable: while it is set nothing that a learner has achieved is read or written, so that
notebooks come out alike."""


def output_path(name):
    """Return the path of a file under `notebooks/output/`, the one folder that the course writes to.

    Args:
        name: the file's name, such as "bob.gif".

    Returns:
        The path; its folder exists.

    Raises:
        OSError: if the folder cannot be made.

    >>> output_path("bob.gif").parent.name
    'output'
    """
    path = OUTPUT / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        to_do = "make room on the disk" if full else "copy the course to a folder you may write to"
        raise OSError(f"{path.parent} cannot be made ({error.strerror}): {to_do}") from error
    return path
