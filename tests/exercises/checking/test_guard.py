"""What learners' code may do to a class: hang, fill the memory, ask for input. Here, and in a kernel."""

import builtins
import contextlib
import os
import sys
import threading
import time

import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking import guard
from rl_helpers.exercises.checking.judge import judge

ERROR = EXERCISES["td_error"]


def test_endless_loop_is_stopped_and_its_line_shown():
    n_threads = threading.active_count()

    def td_error(target, q_value):
        while target != q_value:
            target = target + 0

    report = judge(ERROR, td_error, seconds=0.3)
    assert report.message == "The function did not come to an end within 0.3 seconds and was stopped."
    assert any(words in dict(report.rows)["Your line"] for words in ("while target", "target = target + 0"))
    assert report.note == ""
    assert threading.active_count() == n_threads


def test_endless_loop_that_catches_exceptions_is_stopped_too():
    def td_error(target, q_value):
        while True:
            try:
                target += 1
            except Exception:
                target = 0

    assert "was stopped" in judge(ERROR, td_error, seconds=0.2).message


def test_check_comes_back_from_code_that_cannot_be_stopped():
    """A long sleep stands for a long computation inside compiled code: no exception reaches it."""
    began = threading.Event()

    def td_error(target, q_value):
        began.set()
        time.sleep(3)

    report = judge(ERROR, td_error, seconds=0.1)
    assert began.is_set()
    assert "restart the kernel" in report.note


def test_what_is_printed_is_seen_again_after_code_that_cannot_be_stopped(capsys):
    def td_error(target, q_value):
        time.sleep(2)

    stdout = sys.stdout
    judge(ERROR, td_error, seconds=0.1)
    assert sys.stdout is stdout


def test_endless_printing_is_stopped_and_cut_short():
    def td_error(target, q_value):
        while True:
            print("again")

    assert len(repr(judge(ERROR, td_error, seconds=0.2))) < 1000


def test_list_that_grows_without_end_is_stopped():
    def td_error(target, q_value):
        rows = []
        while True:
            rows.append(np.ones(100_000))

    report = judge(ERROR, td_error, megabytes=200)
    assert report.message == "The function asked for too much memory and was stopped."
    assert dict(report.rows)["Your line"].endswith("rows.append(np.ones(100_000))")


def test_memory_is_watched_where_the_system_sets_no_limit(monkeypatch):
    monkeypatch.setattr(guard.sys, "platform", "darwin")

    def td_error(target, q_value):
        rows = []
        while True:
            rows.append(np.ones(100_000))
            time.sleep(0.001)

    assert "too much memory" in judge(ERROR, td_error, megabytes=100).message


def test_huge_array_ends_in_a_message():
    def td_error(target, q_value):
        return np.ones((10**7, 10**7))

    report = judge(ERROR, td_error)
    assert "too much memory" in report.message
    assert dict(report.rows)["Your line"].endswith("return np.ones((10**7, 10**7))")


if sys.platform == "linux":  # Elsewhere the system sets no such limit.

    def test_array_larger_than_the_limit_fails_before_it_is_filled_and_the_limit_is_lifted_again():
        import resource

        before = resource.getrlimit(resource.RLIMIT_AS)
        outcome = guard.run(lambda: np.ones(100 * guard.MEGABYTE), megabytes=300)
        assert isinstance(outcome.error, MemoryError)
        assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_input_ends_in_a_message_and_works_again_afterwards():
    original = builtins.input

    def td_error(target, q_value):
        try:
            return float(input("target?"))
        except Exception:
            return 0.0

    report = judge(ERROR, td_error)
    assert "calls `input()`" in report.message
    assert dict(report.rows)["Your line"].endswith('return float(input("target?"))')
    assert builtins.input is original


@pytest.mark.parametrize("leave", [sys.exit, exit])
def test_leaving_python_ends_in_a_message(leave):
    def td_error(target, q_value):
        leave()

    assert "ended the check with SystemExit" in judge(ERROR, td_error).message


def test_leaving_the_process_ends_in_a_message():
    def td_error(target, q_value):
        os._exit(3)

    assert "ended the check with SystemExit" in judge(ERROR, td_error).message
    assert os._exit.__name__ == "_exit"


def test_input_counts_though_the_answer_swallows_what_it_raises():
    def td_error(target, q_value):
        with contextlib.suppress(BaseException):
            input()
        return target - q_value

    assert "calls `input()`" in judge(ERROR, td_error).message


def test_what_cannot_be_looked_at_in_time_ends_in_a_message():
    class Endless:
        def __repr__(self):
            while True:
                pass

    report = judge(ERROR, lambda target, q_value: Endless(), seconds=0.5)
    assert "too large, or too slow, to be looked at" in report.message


HUGE = {
    "list": (lambda: list(range(10**6)), "[0, 1, 2, 3"),
    "nested list": (lambda: [list(range(10**6))], "[[0, 1, 2, 3"),
    "dict": (lambda: dict.fromkeys(range(10**6)), "{0: None, 1: None"),
    "text": (lambda: "x" * 10**8, "'xxx"),
    "array": (lambda: np.zeros((3000, 3000)), "np.array(["),
    "number": (lambda: 10**5000, "a number of 5001 digits"),
    "list in itself": (lambda: (endless := [], endless.append(endless))[0], "[[["),
}


@pytest.mark.parametrize(("value", "beginning"), HUGE.values(), ids=HUGE)
def test_of_a_huge_result_the_beginning_is_shown(value, beginning):
    result = value()
    report = judge(ERROR, lambda target, q_value: result)
    assert dict(report.rows)["Got"].startswith(beginning)
    assert len(dict(report.rows)["Got"]) <= 200


def test_endless_complaints_are_stopped_and_cut_short(capsys):
    def td_error(target, q_value):
        while True:
            print("again", file=sys.stderr)

    stderr = sys.stderr
    assert "was stopped" in judge(ERROR, td_error, seconds=0.2).message
    assert sys.stderr is stderr
    assert capsys.readouterr().err == ""


def test_stop_button_inside_the_answer_passes_through_without_the_courses_frames():
    def td_error(target, q_value):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as stopped:
        judge(ERROR, td_error)
    assert stopped.value._render_traceback_() == [
        "Stopped before the check was done: nothing is lost, run the cell again."
    ]
    assert stopped.value.__cause__ is None


def test_answer_that_ends_in_time_is_not_called_too_slow():
    for _ in range(20):
        assert guard.run(lambda: time.sleep(0.02), seconds=0.5).error is None


# In a kernel, the way a notebook runs it


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(kernel_name="python3")
    yield lambda code, **options: run_cell(client, code, **options), manager
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def run_cell(client, code, during=None):
    outputs = []

    def keep(message):
        outputs.append(message)
        if during and message["msg_type"] == "stream":
            during()

    reply = client.execute_interactive(code, output_hook=keep, timeout=60, allow_stdin=False)
    texts = [message["content"].get("data", {}).get("text/plain", "") for message in outputs]
    errors = [message["content"] for message in outputs if message["msg_type"] == "error"]
    return reply["content"]["status"], "\n".join(texts), errors


PREPARE = """
from rl_helpers.exercises import Check
from rl_helpers.exercises.answers.progress import Progress
check = Check(Progress(""), seconds=1.0)
import os; os.environ["RL_HELPERS_NO_PROGRESS"] = "1"
"""


def test_in_a_kernel_an_endless_loop_ends_and_the_next_cells_run(kernel):
    run, _ = kernel
    run(PREPARE)
    status, shown, errors = run(
        "def td_error(target, q_value):\n    while True:\n        pass\ntd_error = check.td_error(td_error)"
    )
    assert status == "ok"
    assert not errors
    assert "did not come to an end within 1 seconds" in shown
    assert "Your line  line " in shown
    assert run("td_error(2.0, 0.5)")[1].strip() == "1.5"


def test_in_a_kernel_the_learners_line_is_read_from_their_cell(kernel):
    run, _ = kernel
    run(PREPARE)
    _, shown, errors = run(
        "def td_error(target, q_value):\n    return target - missing\ntd_error = check.td_error(td_error)"
    )
    assert "Your line  line 2: return target - missing" in shown
    assert not errors


def test_in_a_kernel_the_stop_button_shows_one_line(kernel):
    run, manager = kernel
    run(PREPARE)
    status, _, errors = run(
        "check._limits['seconds'] = 60\nprint('running', flush=True)\n"
        "def td_error(target, q_value):\n    while True:\n        pass\ncheck.td_error(td_error)",
        during=lambda: (time.sleep(0.5), manager.interrupt_kernel()),
    )
    assert status == "error"
    assert errors[0]["traceback"] == [
        "Stopped before the check was done: nothing is lost, run the cell again."
    ]
    assert run("1 + 1")[1].strip() == "2"


@pytest.mark.parametrize("leave", ["quit()", "exit()", "get_ipython().ask_exit()"])
def test_in_a_kernel_leaving_python_ends_the_check_and_not_the_kernel(kernel, leave):
    run, _ = kernel
    run(PREPARE)
    _, shown, errors = run(
        f"def td_error(target, q_value):\n    {leave}\ntd_error = check.td_error(td_error)"
    )
    assert "ended the check with SystemExit" in shown
    assert not errors
    time.sleep(0.3)
    assert run("1 + 1")[1].strip() == "2"
    assert run("get_ipython().exit_now, 'ask_exit' in vars(get_ipython())")[1].strip() == "(False, False)"


def test_in_a_kernel_a_name_that_a_cell_has_taken_from_python_is_explained(kernel):
    run, _ = kernel
    run(PREPARE)
    run("abs = 3")
    _, shown, _ = run("def td_error(target, q_value):\n    return abs(target)\ncheck.td_error(td_error)")
    assert "run `del abs` in a cell of its own" in shown
    run("del abs")
