"""Runs first in every kernel that builds or tests a notebook, as an IPython start-up file.

It holds a notebook to what the course promises: it writes only where COURSE_OUTPUT says, and works without a
network. It also switches progress bars off, whose speed differs from run to run.
"""


def _guard():
    import os
    import sys
    import tempfile
    from functools import partialmethod
    from pathlib import Path

    from tqdm.auto import tqdm

    tqdm.__init__ = partialmethod(tqdm.__init__, disable=True)
    tempfile.gettempdir()  # Finds out by writing a file, so before the rule holds.
    output = Path(os.environ["COURSE_OUTPUT"]).resolve()
    own = Path(os.environ["IPYTHONDIR"]).resolve()
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def may_write(path):
        path = Path(os.fsdecode(path)).resolve()
        caches = {"__pycache__", "matplotlib", ".matplotlib", "fontconfig"}
        harmless = path.parts[1:2] in (("dev",), ("proc",)) or path.name.lower() == "nul"
        inside = any(path.is_relative_to(folder) for folder in (output, own))
        return inside or harmless or bool(caches & set(path.parts))

    def watch(event, arguments):
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, str | bytes) and flags & writing and not may_write(path):
                raise PermissionError(f"the notebook writes {path}: write under notebooks/output/ only")
        elif event in ("os.mkdir", "os.rename", "os.remove"):
            if isinstance(arguments[0], str | bytes) and not may_write(arguments[0]):
                raise PermissionError(f"{event} {arguments[0]}: change files under notebooks/output/ only")
        elif event == "socket.getaddrinfo" or (event == "socket.connect" and isinstance(arguments[1], tuple)):
            host = arguments[0] if event == "socket.getaddrinfo" else arguments[1][0]
            if host not in (None, "", "localhost", "127.0.0.1", "::1", b"localhost", b"127.0.0.1"):
                raise ConnectionError(f"the notebook connects to {host}: it must run without a network")

    sys.addaudithook(watch)


if __name__ == "__main__":  # As IPython runs it; importing it guards nothing.
    _guard()
    del _guard
