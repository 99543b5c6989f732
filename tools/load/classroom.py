"""A class at work: `make load` lets many learners run the tabular notebooks at once on one JupyterLab server.

Each learner has a kernel and a copy of the course, runs cell after cell over the server's web socket as
JupyterLab does, and pauses between them as long as reading takes, at a faster pace. Not two begin at the same
place: learner 1 with the first notebook, learner 2 with the second. Printed are the waits for cells, beside
those of one learner alone, the memory and the work for the processor. Ctrl-C prints what is known by then.
"""

import argparse
import contextlib
import random
import shutil
import statistics
import tempfile
import threading
import time
from typing import NamedTuple

import nbformat
import psutil
from tqdm import tqdm

from tools.browser.server import serve
from tools.load.kernel import Kernel
from tools.notebooks import build, lesson

TABULAR = tuple(f"{number:02}" for number in range(7))
PACE = 4
BETWEEN_LOOKS = 2.0  # seconds between two looks at the memory
NO_PROGRESS_BARS = """
import functools, tqdm.auto
tqdm.auto.tqdm.__init__ = functools.partialmethod(tqdm.auto.tqdm.__init__, disable=True)
"""


class Step(NamedTuple):
    """What a learner does at once: read, then run a cell.

    Attributes:
        notebook: such as "05".
        cell: its number among the code cells, from 0.
        reading: seconds, for the words above it and for its code.
        code: of the cell.
    """

    notebook: str
    cell: int
    reading: float
    code: str


class Wait(NamedTuple):
    """A cell that ran: for whom, which, and how long it took, in seconds."""

    learner: int
    step: Step
    seconds: float


def steps(path):
    """Return the steps of a notebook, in order."""
    found, n_words = [], 0
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            n_words += len(cell.source.split())
            continue
        minutes = n_words / lesson.WORDS_A_MINUTE + len(cell.source.splitlines()) / lesson.CODE_LINES_A_MINUTE
        found.append(Step(path.stem[:2], len(found), 60 * minutes, cell.source))
        n_words = 0
    return found


class Class:
    """Learners on one server.

    Args:
        server: as `tools.browser.server.serve` yields it.
        course: the steps of each notebook.
        pace: how many times faster than people they read.
        seed: for how long each reads: 0.7 to 1.3 times what is expected.

    Attributes:
        waits: a `Wait` for each cell that ran.
        errors: sentences.
        first_cells: seconds from asking for a kernel to its first answer.
        memory: of each kernel, the most megabytes seen that are its own alone.
        server_memory: the most megabytes of the server's own; on a JupyterHub each learner has a server.
        shared: the most megabytes that all kernels took together, pages they share counted once.
        processor: seconds that the kernels kept a core busy.
        read: seconds of reading that the learners got through, at a human pace.
    """

    def __init__(self, server, course, *, pace=PACE, seed=0):
        self._server, self._course, self._pace, self._seed = server, course, pace, seed
        self.waits, self.errors, self.first_cells = [], [], []
        self.memory, self.shared, self.processor, self.read = {}, 0.0, 0.0, 0.0
        self.server_memory = 0.0
        self._busy, self._spent = {}, {}
        self._stop, self._lock = threading.Event(), threading.Lock()

    def run(self, n_learners, seconds, *, show=True):
        """Let them work for a while, or until all are done; Ctrl-C ends it early."""
        threads = [threading.Thread(target=self._learn, args=(number,)) for number in range(n_learners)]
        watcher = threading.Thread(target=self._watch)
        for each in (*threads, watcher):
            each.start()
        bar = tqdm(total=round(seconds), unit="s", disable=None if show else True)  # None: no bar in a file
        begin = time.monotonic()
        with contextlib.suppress(KeyboardInterrupt):
            while time.monotonic() < begin + seconds and any(each.is_alive() for each in threads):
                next((each for each in threads if each.is_alive()), watcher).join(0.5)
                bar.update(round(time.monotonic() - begin) - bar.n)
                bar.set_postfix_str(f"{len(self.waits)} cells")
        bar.close()
        self._stop.set()
        for each in (*threads, watcher):
            each.join()

    def _learn(self, number):
        chance = random.Random(1000 * self._seed + number)
        try:
            kernel = Kernel(self._server, f"learner{number}/notebooks", self._stop)
        except OSError as error:
            self.errors.append(f"learner {number + 1} got no kernel: {error}")
            return
        with self._lock:
            self.first_cells.append(kernel.first_answer)
            self._busy[number] = psutil.Process(kernel.pid)
        try:
            for turn in range(len(self._course)):
                chapter = self._course[(number + turn) % len(self._course)]
                kernel.run(NO_PROGRESS_BARS)
                for step in chapter:
                    reading = step.reading * chance.uniform(0.7, 1.3)
                    if self._stop.wait(reading / self._pace):
                        return
                    seconds, error = kernel.run(step.code)
                    if seconds is None:
                        return
                    with self._lock:
                        self.read += reading
                        self.waits.append(Wait(number, step, seconds))
                        if error:
                            self.errors.append(f"{step.notebook}, code cell {step.cell + 1}: {error}")
                self._look()
                kernel.restart()  # As when the next notebook is opened: it has a kernel of its own.
                self._busy[number] = psutil.Process(kernel.pid)
        finally:
            self._look()
            del self._busy[number]
            kernel.close()

    def _watch(self):
        while not self._stop.wait(BETWEEN_LOOKS):
            self._look()

    def _look(self):
        with self._lock:
            total = 0.0
            for number, process in list(self._busy.items()):
                with contextlib.suppress(psutil.Error):
                    full = process.memory_full_info()
                    total += getattr(full, "pss", full.uss) / 1e6
                    self.memory[number] = max(self.memory.get(number, 0.0), full.uss / 1e6)
                    times = process.cpu_times()
                    self.processor += times.user + times.system - self._spent.get(process.pid, 0.0)
                    self._spent[process.pid] = times.user + times.system
                    server = process.parent().memory_full_info().uss / 1e6
                    self.server_memory = max(self.server_memory, server)
            self.shared = max(self.shared, total)


def hand_out(root, n_learners):
    """Give each learner a copy of the course."""
    for number in range(n_learners):
        # A kernel that starts in a copy of the course uses that copy.
        for name in ("rl_helpers", "data"):
            shutil.copytree(build.ROOT / name, root / f"learner{number}" / name, dirs_exist_ok=True)
        (root / f"learner{number}" / "notebooks").mkdir(exist_ok=True)


def report(group, alone):
    """Print what a class met with; `alone` has the seconds of each cell for one learner."""
    seconds = sorted(wait.seconds for wait in group.waits)
    if len(seconds) < 2:
        print("Fewer than two cells ran: give it more minutes.")
        return
    cuts = statistics.quantiles(seconds, n=20)
    print(
        f"{len(seconds)} cells ran. Wait: median {statistics.median(seconds):.2f} s, 95% {cuts[-1]:.1f} s, "
        f"longest {seconds[-1]:.1f} s."
    )
    print("The slowest, beside the same cell for one learner alone:")
    slowest = {}
    for wait in group.waits:
        key = (wait.step.notebook, wait.step.cell)
        slowest[key] = max(slowest.get(key, 0.0), wait.seconds)
    for key, longest in sorted(slowest.items(), key=lambda item: -item[1])[:8]:
        beside = f"{alone[key]:.1f} s alone" if key in alone else "not run alone"
        print(f"  {key[0]}, code cell {key[1] + 1}: {longest:.1f} s ({beside})")
    noticed = [wait for wait in group.waits if alone.get((wait.step.notebook, wait.step.cell), 0) >= 1]
    if noticed:
        ratios = [wait.seconds / alone[wait.step.notebook, wait.step.cell] for wait in noticed]
        median = statistics.median(ratios)
        print(f"Cells that take 1 s or more alone took {median:.1f} × that in the class (median).")
    print(f"A new kernel's first answer: at most {max(group.first_cells):.1f} s, all asked at once.")
    own, server = list(group.memory.values()), group.server_memory
    print(f"Memory that is a kernel's own: mean {statistics.mean(own):.0f} MB, largest {max(own):.0f} MB.")
    print(f"All kernels together, shared pages counted once: {group.shared:.0f} MB.")
    print(
        f"The server has {server:.0f} MB of its own. On a JupyterHub each learner has a server: "
        f"{1000 / (max(own) + server):.1f} learners a GB."
    )
    share = group.processor / group.read
    print(
        f"Processor: a learner who reads as people do keeps {share:.1%} of a core busy: "
        f"{1 / share:.0f} would fill one."
    )


def main(arguments=None):
    """Run a class as the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.load", description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=10, help="end after so many (10)")
    parser.add_argument("--pace", type=float, default=PACE, help=f"times faster than people read ({PACE})")
    parser.add_argument("--notebooks", nargs="+", default=TABULAR, choices=TABULAR, metavar="NN")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    course = [steps(next(build.BUILT.glob(f"{number}_*.ipynb"))) for number in options.notebooks]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, serve(folder) as server:
        hand_out(server.root, options.learners)
        print("One learner alone, without pauses", flush=True)
        single = Class(server, course, pace=float("inf"), seed=options.seed)
        single.run(1, 60 * options.minutes)
        alone = {(wait.step.notebook, wait.step.cell): wait.seconds for wait in single.waits}
        print(f"{options.learners} learners, {options.pace:g} times faster than people read", flush=True)
        group = Class(server, course, pace=options.pace, seed=options.seed)
        group.run(options.learners, 60 * options.minutes)
    report(group, alone)
    print(*sorted(set(single.errors + group.errors)), sep="\n")
    return 1 if single.errors or group.errors else 0
