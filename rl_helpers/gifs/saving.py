"""A file is there complete or not at all."""

import os
import secrets
import shutil
from contextlib import contextmanager


@contextmanager
def replacing(path):
    """Give the path of a file beside `path`, and move it there when the block ends well.

    Whatever stops the block (a full disk, the stop button), the old file stays and the new one is removed.

    Args:
        path: a `pathlib.Path`, its folder exists.
    """
    partial = path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix}")
    try:
        yield partial
        if path.exists():
            shutil.copymode(path, partial)
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
