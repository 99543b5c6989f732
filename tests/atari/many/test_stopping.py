"""The stop button between two steps."""

import signal
import threading

import pytest

from rl_helpers.atari.many import StopBetweenSteps


@pytest.fixture
def python_hears_stops():
    """Python's own handler, also where this process was begun so that it ignores the signal."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("python_hears_stops")
def test_a_stop_is_noted_and_raises_again_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with StopBetweenSteps() as stop:
        assert not stop.asked
        signal.raise_signal(signal.SIGINT)
        assert stop.asked
    assert signal.getsignal(signal.SIGINT) == before
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def test_in_another_thread_nothing_changes():
    before, seen = signal.getsignal(signal.SIGINT), []

    def work():
        with StopBetweenSteps() as stop:
            seen.append(stop.asked)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
    assert signal.getsignal(signal.SIGINT) == before
