"""How long each notebook takes to run, and how much memory its kernel needs at most."""

import contextlib
import threading
import time

import psutil

from tools.bench.figures import Figure
from tools.notebooks import build, execution

MOST_MEGABYTES = 500
MOST_SECONDS = 180  # the whole course
BETWEEN_LOOKS = 0.02  # seconds; Windows and macOS do not both remember the peak, so it is watched
LOOKS_BETWEEN_SEARCHES = 10  # Searching for the processes that it started takes longer than a look.


class PeakMemory:
    """Watches a process and all that it starts until it ends or `stop` is called.

    Pages that two of them share count twice, so the figure is rather too large than too small.

    Args:
        most: megabytes at which they are ended, as a machine without more memory would; None for no limit.

    Attributes:
        megabytes: the most resident memory seen, in 10⁶ bytes.
        exceeded: whether they were ended.
    """

    def __init__(self, most=None):
        self.megabytes, self.exceeded = 0.0, False
        self._most = most
        self._stopped = threading.Event()
        self._thread = None

    def watch(self, pid, *, without=(), ends=None):
        """Start watching.

        Args:
            pid: number of the process.
            without: those of processes started by it that do not count.
            ends: of that which is ended at the limit with all that it started; the same if not given.
        """
        arguments = psutil.Process(pid), psutil.Process(ends or pid), without
        self._thread = threading.Thread(target=self._look, args=arguments)
        self._thread.start()

    def stop(self):
        """Stop watching."""
        self._stopped.set()
        if self._thread:
            self._thread.join()

    def _look(self, process, last, without):
        looks, family = 0, [process]
        while not self._stopped.wait(BETWEEN_LOOKS) and process.is_running():
            if looks % LOOKS_BETWEEN_SEARCHES == 0:
                with contextlib.suppress(psutil.Error):
                    started = process.children(recursive=True)
                    family = [process, *(each for each in started if each.pid not in without)]
            looks += 1
            now = 0.0
            for each in family:
                with contextlib.suppress(psutil.Error):
                    now += each.memory_info().rss / 1e6
            self.megabytes = max(self.megabytes, now)
            if self._most is not None and now > self._most:
                self.exceeded = True
                _end(last)
                return


def _end(process):
    """End a process and all that it started."""
    with contextlib.suppress(psutil.Error):
        for each in [*reversed(process.children(recursive=True)), process]:
            with contextlib.suppress(psutil.Error):
                each.kill()


def run(source):
    """Run a notebook; return its seconds and the megabytes of its kernel."""
    memory = PeakMemory()
    start = time.perf_counter()
    try:
        execution.execute(
            build.read_source(source),
            build.BUILT,
            on_start=lambda client: memory.watch(client.km.provisioner.pid),
        )
    finally:
        memory.stop()
    return time.perf_counter() - start, memory.megabytes


def measure():
    """Run every notebook once, one after the other."""
    figures, total = [], 0.0
    for source in build.sources():
        seconds, megabytes = run(source)
        total += seconds
        figures.append(
            Figure(
                f"{source.stem}: memory, time to run",
                f"{megabytes:.0f} MB, {seconds:.0f} s",
                f"≤ {MOST_MEGABYTES} MB",
                megabytes <= MOST_MEGABYTES,
            )
        )
    course = Figure("all notebooks, run", f"{total:.0f} s", f"≤ {MOST_SECONDS} s", total <= MOST_SECONDS)
    return [*figures, course]
