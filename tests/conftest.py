"""How the tests share the cores, and what is told at the end: where the minutes went.

A unit goes whole to one worker, so that its fixtures are made once: a file, or a notebook in the browser.
What takes longest begins first, and the many quick files at the end fill the cores evenly.
"""

import contextlib
import os
import re
from collections import Counter

import psutil
import pytest
from xdist.scheduler import LoadScopeScheduling

# Units that take long, longest first; all others follow as they are found.
LONGEST_FIRST = (
    "tests/browser",
    "tests/setup/test_fresh_environment.py",
    "tests/slides/test_check.py",
    "tests/notebook/test_failures.py",
    "tests/site/test_site.py",
    "tests/atari/test_parallel_training.py",
    "tests/breakout/test_learning.py",
    "tests/exercises",
    "tests/pong/test_learning.py",
    "tests/load/test_load.py",
)
# Here each notebook is a unit. A worker keeps its JupyterLab and its page from one notebook to the next.
A_NOTEBOOK_EACH = ("tests/browser",)
OF_THE_BROWSER = ("tests/browser", "tests/slides/test_check.py")
WORKERS_BYTES = 2 * 10**9  # what a worker may need, with a browser, a server and kernels


def unit(nodeid):
    """Return the name of what a test stays together with.

    >>> unit("tests/browser/test_pages.py::test_run_all_shows_no_error[05_q_learning]")
    'tests/browser 05_q_learning'
    >>> unit("tests/browser/test_pages.py::test_nothing_shuts_out_who_cannot_see_well[05_q_learning-dark]")
    'tests/browser 05_q_learning'
    >>> unit("tests/test_planning.py::test_terminal_step_learns")
    'tests/test_planning.py'
    """
    path, _, name = nodeid.partition("::")
    notebook = re.search(r"[\[-](\d\d_\w+)", name)
    for several in A_NOTEBOOK_EACH:
        if path.startswith(several):
            return f"{several} {notebook[1]}" if notebook else several
    return path


def place(nodeid):
    """Return where a test comes in the order."""
    name = unit(nodeid)
    places = (number for number, long in enumerate(LONGEST_FIRST) if name.startswith(long))
    return next(places, len(LONGEST_FIRST))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Put what takes longest first."""
    items.sort(key=lambda item: place(item.nodeid))


class UnitScheduling(LoadScopeScheduling):
    """Gives a worker that is free the next unit, in the order of the tests."""

    def _split_scope(self, nodeid):
        return unit(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Spread units, unless the command line asks for another way."""
    if config.getoption("dist") != "load":
        return None
    config.option.loadscopereorder = False
    return UnitScheduling(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """One worker a core, at most what memory allows: what `-n auto` means."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, min(cores, psutil.virtual_memory().available // WORKERS_BYTES))


# What is told at the end. A worker has no terminal: what it has to say goes along with its results.


class Account:
    """Hears what tests tell, and adds up what they took, in whichever worker.

    Attributes:
        told: lines.
        work: seconds that a processor worked: "all" of them, and those for the "browser".
        waited: seconds that tests took: "all" of them, and those in the "browser".
    """

    def __init__(self):
        self.told, self.work, self.waited = [], Counter(), Counter()

    def pytest_runtest_logreport(self, report):
        """Note what a test says and takes."""
        self.waited["all"] += report.duration
        self.waited["browser"] += report.duration * report.nodeid.startswith(OF_THE_BROWSER)
        if report.when == "call":
            self.told += [line for name, line in report.user_properties if name == "told"]

    def pytest_sessionfinish(self, session):
        """Note the work of this process and of all that it started, and send it along if this is a worker."""
        has_workers = session.config.pluginmanager.hasplugin("dsession")  # which send theirs
        # Nobody waits for the browser's processes, so they are not among those that this one started.
        self.work["all"] += sum(os.times()[: 2 if has_workers else 4])
        self.work["all"] += 0 if has_workers else self.work["browser"]
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["work"] = dict(self.work)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node):
        """Add the work of a worker that is done."""
        self.work.update(getattr(node, "workeroutput", {}).get("work", {}))

    def pytest_terminal_summary(self, terminalreporter):
        """Print it all."""
        for line in self.told:
            terminalreporter.write_line(line)
        if self.work["browser"]:
            work, waited = self.work, self.waited
            terminalreporter.write_line(
                f"the browser's share: {work['browser']:.0f} of {work['all']:.0f} s of processor time "
                f"({work['browser'] / work['all']:.0%}); tests in it took {waited['browser']:.0f} of "
                f"{waited['all']:.0f} s"
            )


def pytest_configure(config):
    """Begin to count."""
    config.pluginmanager.register(Account(), "account")


@pytest.fixture
def tell(request):
    """A function that tells whoever ran the tests a line, after the last test."""
    return lambda line: request.node.user_properties.append(("told", line))


@pytest.fixture(scope="session")
def count_browsers_work(request):
    """A function to call before a browser closes: counts what its processes have worked."""
    work = request.config.pluginmanager.get_plugin("account").work

    def count():
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if any(name in process.name().lower() for name in ("chrom", "firefox")):
                    work["browser"] += sum(process.cpu_times()[:4])  # those of processes that ended, too

    return count
