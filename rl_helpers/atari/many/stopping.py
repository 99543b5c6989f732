"""The stop button, heard between two steps: no console is left in the middle of one."""

import signal
import threading


class StopBetweenSteps:
    """While it is open, Ctrl-C and the ■ button are noted, and raise nothing.

    A training that is broken off in the middle of a step would leave some consoles one step ahead of what
    is remembered of them. It asks `asked` after each step instead. In a thread other than the main one
    nothing changes: there Python hears no signals.

    >>> with StopBetweenSteps() as stop:
    ...     stop.asked
    False
    """

    def __init__(self):
        self.asked = False

    def __enter__(self):
        self._hears = threading.current_thread() is threading.main_thread()
        if self._hears:
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(self, *error):
        if self._hears:
            signal.signal(signal.SIGINT, self._before)

    def _note(self, number, frame):
        self.asked = True
