"""The memory that a notebook takes is seen, and limited."""

import os
import subprocess
import sys
import time

import psutil

from tools.bench import notebooks

BALLAST = "import time; b = bytearray(10**8) + b'x'; time.sleep(60)"


def test_peak_memory_is_seen_after_it_is_gone():
    memory = notebooks.PeakMemory()
    memory.watch(os.getpid())
    before = memory_now()
    ballast = bytearray(b"x") * 100_000_000
    wait_until(lambda: memory.megabytes > before + 90)
    del ballast
    memory.stop()
    assert memory.megabytes > before + 90


def test_memory_of_what_a_process_starts_counts_and_the_limit_ends_it():
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BALLAST!r}])"
    memory = notebooks.PeakMemory(most=100)
    begin = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        memory.watch(process.pid)
    memory.stop()
    assert memory.exceeded
    assert memory.megabytes > 100
    assert time.perf_counter() - begin < 30


def test_one_process_may_not_count_and_another_alone_be_ended():
    """As a server's memory counts and only its kernel is ended."""
    code = f"import subprocess, sys; each = [sys.executable, '-c', {BALLAST!r}];"
    code += "both = [subprocess.Popen(each) for _ in range(2)];"
    code += "print(*(each.pid for each in both), flush=True); [each.wait() for each in both]; sys.exit(5)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        one, other = map(int, process.stdout.readline().split())
        wait_until(lambda: all(psutil.Process(pid).memory_info().rss > 9e7 for pid in (one, other)))
        memory = notebooks.PeakMemory(most=60)
        memory.watch(process.pid, without=[one, other], ends=one)
        time.sleep(3 * notebooks.BETWEEN_LOOKS * notebooks.LOOKS_BETWEEN_SEARCHES)
        assert not memory.exceeded
        memory.stop()
        memory = notebooks.PeakMemory(most=60)
        memory.watch(process.pid, without=[one], ends=other)
        wait_until(lambda: memory.exceeded)
        memory.stop()
        assert psutil.pid_exists(one)
        psutil.Process(one).kill()
    assert process.returncode == 5  # it went on to its end


def wait_until(is_so):
    give_up = time.monotonic() + 30
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(notebooks.BETWEEN_LOOKS)


def memory_now():
    return notebooks.psutil.Process().memory_info().rss / 1e6
