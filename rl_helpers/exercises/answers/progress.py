"""Which exercises are solved: a small file beside the notebooks, so that a new kernel still knows."""

import contextlib
import json
import os
import time
from pathlib import Path

from rl_helpers.notebook import paths
from rl_helpers.notebook.paths import NO_PROGRESS

LOCK_PATIENCE = 2.0
LOCK_STALE = 10.0


class Progress:
    """Remembers solved exercises, in this session and in a file.

    Args:
        path: of the file; `notebooks/output/progress.json` if not given.

    Attributes:
        trouble: why the file could not be read or written the last time, empty if it could.
    """

    def __init__(self, path=None):
        self._path = path
        self._session = set()
        self.trouble = ""

    @property
    def path(self):
        """Where the file is."""
        return Path(self._path or paths.OUTPUT / "progress.json")

    def solved(self):
        """Return the names of all solved exercises."""
        self.trouble = ""
        return self._session | self._read()

    def record(self, name):
        """Note that an exercise is solved; never raise: a check must not fail because a disk is full."""
        self.trouble = ""
        self._session.add(name)
        if NO_PROGRESS in os.environ:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with _locked(self.path.with_suffix(".lock")):
                known = self._read()
                if not self._session <= known:
                    self._write(known | self._session)
        except OSError as error:
            self.trouble = (
                f"Your progress could not be saved in {self.path.name} ({error.strerror or error}): it is "
                "kept until the kernel is restarted."
            )

    def _read(self):
        if NO_PROGRESS in os.environ:
            return set()
        try:
            names = json.loads(self.path.read_text(encoding="utf-8"))["solved"]
            return {name for name in names if isinstance(name, str)}
        except FileNotFoundError:
            return set()
        except OSError as error:
            self.trouble = f"{self.path.name} cannot be read ({error.strerror or error})."
            return set()
        except (ValueError, TypeError, KeyError):
            self._put_aside()
            return set()

    def _put_aside(self):
        """Keep a file that is not ours to understand under another name, and begin a new one."""
        aside = self.path.with_name("progress-unreadable.json")
        self.trouble = f"{self.path.name} was damaged: it is now {aside.name}, and a new one is begun."
        try:
            os.replace(self.path, aside)
        except OSError:
            self.trouble = f"{self.path.name} is damaged and cannot be replaced: remove it."

    def _write(self, names):
        # The file is replaced in one go: whoever reads meanwhile finds the old one or the new one, whole.
        new = self.path.with_name(f"progress-{os.getpid()}.tmp")
        try:
            new.write_text(json.dumps({"solved": sorted(names)}, indent=1) + "\n", encoding="utf-8")
            os.replace(new, self.path)
        finally:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)


@contextlib.contextmanager
def _locked(path):
    """Hold a lock file: two notebooks may finish an exercise at the same moment."""
    deadline = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            # Whoever made a lock this old has crashed.
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > LOCK_STALE:
                    path.unlink()
                    continue
            if time.monotonic() > deadline:
                raise TimeoutError(f"{path.name} is held by another notebook") from None
            time.sleep(0.02)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
