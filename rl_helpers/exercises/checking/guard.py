"""Runs a learner's code so that it cannot hang, fill the memory, or wait for the keyboard.

The code runs in a helper thread while the caller watches the clock and the memory: that works alike in a
notebook and in a terminal, on Linux, macOS and Windows. A single long call into compiled code (one huge NumPy
product) cannot be stopped from outside; the caller then goes on without waiting for it.
"""

import builtins
import contextlib
import contextvars
import ctypes
import io
import os
import sys
import threading
import time
from dataclasses import dataclass

import psutil
from IPython import get_ipython

MEGABYTE = 2**20
POLL_SECONDS = 0.02


class OutOfTime(BaseException):
    """Raised in code that ran too long; no `except Exception` of a learner swallows it."""


class OutOfMemory(BaseException):
    """Raised in code that filled the memory."""


class AskedForInput(BaseException):
    """Raised in code that called `input()`."""


class Stopped(KeyboardInterrupt):
    """The learner pressed the stop button; a notebook shows one line instead of a traceback."""

    def _render_traceback_(self):
        return ["Stopped before the check was done: nothing is lost, run the cell again."]


@dataclass
class Outcome:
    """What came of the code: `error` is None if it ran to its end.

    Attributes:
        error: the exception that ended it.
        still_running: whether the code could not be stopped and goes on in the background.
    """

    error: BaseException | None = None
    still_running: bool = False


def run(work, *, seconds=5.0, megabytes=500):
    """Call `work()` within limits of time and memory.

    Args:
        work: a function without arguments.
        seconds: how long it may take.
        megabytes: how much memory it may take.

    Returns:
        An `Outcome`.

    Raises:
        Stopped: if the stop button (Ctrl-C) was pressed meanwhile.

    >>> run(lambda: 1 + 1)
    Outcome(error=None, still_running=False)
    >>> run(lambda: input("name?")).error
    AskedForInput()
    """
    outcome = Outcome()
    # With a copy of the context, what the code displays still lands below the cell that runs it.
    context = contextvars.copy_context()
    thread = threading.Thread(target=context.run, args=(_work, work, outcome), daemon=True)
    # The code may redirect what is printed and never come back: leaving this block undoes it.
    with (
        contextlib.redirect_stdout(sys.stdout),
        contextlib.redirect_stderr(sys.stderr),
        _no_input(outcome),
        _no_way_out(),
        _memory_limit(megabytes),
    ):
        thread.start()
        try:
            _watch(thread, outcome, seconds, megabytes)
        except KeyboardInterrupt:
            _stop(thread, OutOfTime)
            raise Stopped from None
    if isinstance(outcome.error, KeyboardInterrupt):
        raise Stopped from None
    return outcome


def _work(work, outcome):
    # The outer `try` is for a stop that arrives while the inner one is already being left.
    try:
        try:
            work()
        except BaseException as error:
            outcome.error = error
    except (OutOfTime, OutOfMemory) as error:
        outcome.error = error


def _watch(thread, outcome, seconds, megabytes):
    process = psutil.Process()
    memory_limit = process.memory_info().rss + megabytes * MEGABYTE
    deadline = time.monotonic() + seconds
    while True:
        thread.join(POLL_SECONDS)
        if not thread.is_alive():
            return
        if process.memory_info().rss > memory_limit:
            reason = OutOfMemory
        elif time.monotonic() > deadline:
            reason = OutOfTime
        else:
            continue
        outcome.still_running = not _stop(thread, reason)
        # A loop that catches everything, or compiled code, leaves no exception behind.
        if outcome.still_running or outcome.error is None:
            outcome.error = reason()
        return


def _stop(thread, reason, patience=0.5):
    """Raise `reason` in the thread and return whether that ended it."""
    deadline = time.monotonic() + patience
    while thread.is_alive() and time.monotonic() < deadline:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(reason))
        thread.join(0.1)
    return not thread.is_alive()


@contextlib.contextmanager
def _no_input(outcome):
    """Refuse `input()`, and count the attempt even if the code swallows the exception."""
    asked = []

    def refuse(*_):
        asked.append(AskedForInput())
        raise asked[0]

    original, builtins.input = builtins.input, refuse
    try:
        yield
    finally:
        builtins.input = original
        outcome.error = outcome.error or next(iter(asked), None)


@contextlib.contextmanager
def _no_way_out():
    """Keep the kernel: `quit()`, `exit()` and `os._exit()` end the code that calls them and no more."""

    def leave(*_, **__):
        raise SystemExit

    shell, original, depth = get_ipython(), os._exit, sys.getrecursionlimit()
    os._exit = leave
    if shell is not None:
        shell.ask_exit = leave
    try:
        yield
    finally:
        os._exit = original
        sys.setrecursionlimit(depth)
        if shell is not None:
            del shell.ask_exit


@contextlib.contextmanager
def _memory_limit(megabytes):
    """On Linux, make a huge array fail at once with a MemoryError; elsewhere `_watch` alone looks on."""
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = psutil.Process().memory_info().vms + megabytes * MEGABYTE
    if soft == resource.RLIM_INFINITY or limit < soft:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


class FirstWords(io.TextIOBase):
    """Keeps the beginning of what is printed to it: an endless loop may print for ever.

    >>> printed = FirstWords(5)
    >>> print("Hello, Bob", file=printed)
    >>> printed.text
    'Hello'
    """

    def __init__(self, n_characters=300):
        self.n_characters = n_characters
        self.text = ""

    def write(self, text):
        """Keep what there is room for."""
        self.text += text[: self.n_characters - len(self.text)]
        return len(text)

    def writable(self):
        """Return True: this is for writing."""
        return True
