"""Runs first in every kernel: one that starts in a copy of the course uses that copy's package and data.

On a server for a class all learners share one environment, and each has a copy of the course: what they solve
and film goes into their own copy, and the package is as new as the notebooks.
"""


def _use_own_copy():
    import sys
    from pathlib import Path

    here = Path.cwd()
    for folder in (here, *here.parents):
        if all((folder / part).is_file() for part in ("rl_helpers/__init__.py", "data/README.md")):
            sys.path.insert(0, str(folder))
            return


_use_own_copy()
del _use_own_copy
