"""The memory that a notebook takes is seen, and limited."""

import os
import subprocess
import sys
import time

from tools.bench import notebooks


def test_peak_memory_is_seen_after_it_is_gone():
    memory = notebooks.PeakMemory()
    memory.watch(os.getpid())
    before = memory_now()
    ballast = bytearray(b"x") * 100_000_000
    give_up = time.monotonic() + 30
    while memory.megabytes <= before + 90 and time.monotonic() < give_up:
        time.sleep(notebooks.BETWEEN_LOOKS)
    del ballast
    memory.stop()
    assert memory.megabytes > before + 90


def test_memory_of_what_a_process_starts_counts_and_the_limit_ends_it():
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; b = bytearray(10**8)"
    code += ' + b"x"; time.sleep(60)\'])'
    memory = notebooks.PeakMemory(most=100)
    begin = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        memory.watch(process.pid)
    memory.stop()
    assert memory.exceeded
    assert memory.megabytes > 100
    assert time.perf_counter() - begin < 30


def memory_now():
    return notebooks.psutil.Process().memory_info().rss / 1e6
