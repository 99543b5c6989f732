"""A file is there complete or not at all."""

import os
import re
import secrets
import shutil
from contextlib import contextmanager, suppress

try:
    import fcntl
except ImportError:  # Windows, which removes no file that is open: there it needs no lock
    fcntl = None


@contextmanager
def replacing(path):
    """Give the path of an empty file beside `path`, and move it there when the block ends well.

    Whatever stops the block (a full disk, the stop button), the old file stays and the new one is removed.
    What a killed process has left is removed by the next one that writes the same file.

    Args:
        path: a `pathlib.Path`, its folder exists.
    """
    _remove_leftovers(path)
    partial = path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix}")
    try:
        with partial.open("xb") as held:
            with suppress(OSError):  # Some drives know no locks: there nothing that is left is removed.
                _lock(held)
            yield partial
        if path.exists():
            shutil.copymode(path, partial)
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _remove_leftovers(path):
    ours = re.compile(rf"\.{re.escape(path.stem)}-[0-9a-f]{{8}}{re.escape(path.suffix)}")
    for left in path.parent.iterdir():
        if not ours.fullmatch(left.name):
            continue
        with suppress(OSError):  # It is somebody else's, or in use: it stays.
            with left.open("rb") as file:
                _lock(file)
            left.unlink()


def _lock(file):
    """Lock a file until it is closed, or the process has died; OSError if another process holds it."""
    if fcntl is not None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
