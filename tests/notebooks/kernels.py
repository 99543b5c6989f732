"""The kernels that tests run notebooks in: as on mybinder.org, with one core, 1 GB and no network."""

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from rl_helpers.breakout.learning import BUDGET_VARIABLE
from tools.notebooks import execution

BINDER_MEGABYTES = 1000
# A start-up file: notes the kernel's process, the seconds of its cells, and the smallest words of figures,
# a figure by the end of its data. The note stands beside the folder that the kernel runs in.
NOTE = """
def _note():
    import base64, json, os, pathlib, sys, time

    path = pathlib.Path(os.environ["IPYTHONDIR"], pathlib.Path.cwd().name + ".json")
    if path.exists():  # Another kernel in place of one that was ended.
        return
    note = {"pid": os.getpid(), "first_cell": 0.0, "cells": [], "words": {}}
    begin = [0.0]

    def write():
        path.write_text(json.dumps(note))

    def start(_):
        begin[0] = time.perf_counter()

    def look_at_figures():
        show = sys.modules.get("rl_helpers.notebook.show")
        if show is None or hasattr(show.figure_png, "unseen"):
            return

        def figure_png(fig, **options):
            from matplotlib.text import Text

            data = figure_png.unseen(fig, **options)
            points = [
                each.get_fontsize()
                for each in fig.findobj(Text)
                if each.get_visible() and each.get_text().strip()
            ]
            if points:
                note["words"][base64.b64encode(data).decode()[-64:]] = min(points) / 72 / fig.get_figwidth()
            return data

        figure_png.unseen = show.figure_png
        show.figure_png = figure_png

    def end(_):
        look_at_figures()
        note["cells"].append(time.perf_counter() - begin[0])
        note["first_cell"] = note["first_cell"] or time.process_time()
        write()

    events = get_ipython().events
    events.register("pre_run_cell", start)
    events.register("post_run_cell", end)
    write()

_note()
del _note
"""


class Run(NamedTuple):
    """How a notebook ran.

    Attributes:
        name: of the notebook.
        failures: sentences: which cell failed, took too long or gave other outputs than those stored.
        megabytes: the most that the kernel, what it started and the process that speaks to it took together.
        exceeded: whether it was ended for that.
        first_cell: seconds of work from the kernel's start to its first answer, 0 if there was none.
        lab: the page that shows it, None without a browser.
        words: from the end of a figure's picture to the size of its smallest words, as a share of its width.
    """

    name: str
    failures: list
    megabytes: float
    exceeded: bool
    first_cell: float
    lab: object = None
    words: Mapping = MappingProxyType({})


@contextlib.contextmanager
def binders_environment():
    """Yield variables for a guarded kernel, or for a server that starts such kernels."""
    with execution.guarded_environment() as environment:
        startup = Path(environment["IPYTHONDIR"], "profile_default", "startup")
        (startup / "90-note.py").write_text(NOTE, encoding="utf-8")
        # Notebook 08 trains for minutes; its output is not compared.
        yield environment | {BUDGET_VARIABLE: "5000"}


def note_of(environment, folder):
    """Return what the kernel in a folder has noted: `pid`, `first_cell`, seconds of its `cells`, `words`."""
    path = Path(environment["IPYTHONDIR"], f"{Path(folder).name}.json")
    if not path.is_file():  # It never came to run anything.
        return {"pid": None, "first_cell": 0.0, "cells": [], "words": {}}
    return json.loads(path.read_text(encoding="utf-8"))


def own_core():
    """Return the core that a worker's kernels are tied to; None where there is no tying (macOS)."""
    if not hasattr(os, "sched_getaffinity"):
        return None
    cores = sorted(os.sched_getaffinity(0))
    return cores[int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % len(cores)]
