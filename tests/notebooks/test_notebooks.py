"""The built notebooks: as their sources say, as the rules say, and with outputs that come out again."""

import os
import queue
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import nbformat
import psutil
import pytest
from nbval.plugin import get_sanitize_patterns

from rl_helpers.breakout.learning import BUDGET_VARIABLE
from rl_helpers.notebook.paths import OUTPUT
from tools.bench import notebooks as bench_notebooks
from tools.notebooks import rules
from tools.notebooks import build
from tools.environment import FIRST_NOTEBOOK

BINDER_MEGABYTES = 1000
SANITIZE = Path(__file__).with_name("nbval_sanitize.cfg")
BUILT = sorted(build.BUILT.glob("*.ipynb"))
by_name = pytest.mark.parametrize("path", BUILT, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


class NbvalRun(NamedTuple):
    """What nbval said, and the most megabytes that it and the kernel took together."""

    returncode: int
    text: str
    megabytes: float
    exceeded: bool


def run_nbval(path, folder, core=None):
    """Run a copy of a notebook in a folder of its own, in a guarded kernel, and compare its outputs.

    It has what mybinder.org promises: one core, and 1 GB for the kernel, what the kernel starts, and the
    process that speaks to it, which there is the Jupyter server and here nbval.
    """
    shutil.copy(path, folder)
    options = ["--nbval", "--nbval-current-env", f"--nbval-sanitize-with={SANITIZE}"]
    options += [f"--nbval-cell-timeout={build.CELL_SECONDS}"]
    options += ["-p", "nbval.plugin", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", "-q", "--color=no", "-c", os.devnull, "--rootdir=.", *options]
    memory = bench_notebooks.PeakMemory(most=BINDER_MEGABYTES)
    with build.guarded_environment() as environment:
        # Only nbval: the settings of this test run are none of the notebook's business.
        environment |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "NO_COLOR": "1"}
        environment |= {
            BUDGET_VARIABLE: "5000"
        }  # Notebook 08 trains for minutes; its output is not compared.
        process = subprocess.Popen(
            [*command, path.name],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        with process:
            if core is not None:
                psutil.Process(process.pid).cpu_affinity([core])  # What it starts stays on this core too.
            memory.watch(process.pid)
            text, _ = process.communicate()
            memory.stop()
    return NbvalRun(process.returncode, text, memory.megabytes, memory.exceeded)


def cores():
    """Return the cores that a notebook may be tied to: at most two, none where there is no tying (macOS)."""
    return sorted(os.sched_getaffinity(0))[:2] if hasattr(os, "sched_getaffinity") else [None, None]


@pytest.fixture(scope="module")
def nbval_runs(request, tmp_path_factory):
    """Every notebook that is to be tested, running already, one on each of two cores."""
    chosen = [
        item.callspec.params["path"]
        for item in request.session.items
        if getattr(item, "originalname", "") == NBVAL_TEST
    ]
    free = queue.SimpleQueue()
    for core in cores():
        free.put(core)

    def run(path):
        core = free.get()
        try:
            return run_nbval(path, tmp_path_factory.mktemp(path.stem), core)
        finally:
            free.put(core)

    with ThreadPoolExecutor(max_workers=len(cores())) as pool:
        yield {path: pool.submit(run, path) for path in chosen}


NBVAL_TEST = "test_outputs_come_out_again_in_a_fresh_kernel_offline_and_from_another_folder"


@by_name
def test_outputs_come_out_again_in_a_fresh_kernel_offline_and_from_another_folder(path, nbval_runs):
    result = nbval_runs[path].result()
    assert not result.exceeded, f"ended at {BINDER_MEGABYTES} MB, what Binder promises"
    assert result.returncode == 0, result.text
    n_cells = len(list(rules.code_cells(read(path))))
    assert f"{n_cells} passed" in result.text  # no cell skipped


def test_peak_memory_of_each_notebook_is_told_and_fits_binder(nbval_runs, capsys):
    peaks = {path.stem: run.result().megabytes for path, run in nbval_runs.items()}
    with capsys.disabled():
        print(f"\nMost memory on one core, of the {BINDER_MEGABYTES} MB that Binder promises:")
        print(*(f"  {name}: {megabytes:.0f} MB" for name, megabytes in peaks.items()), sep="\n")
    assert all(50 < megabytes <= BINDER_MEGABYTES for megabytes in peaks.values())


@by_name
def test_first_cell_answers_within_ten_seconds_of_the_kernels_start(path, capsys):
    """In seconds of work on one core, so that other work on this machine does not count."""
    notebook = read(path)
    first = next(number for number, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    probe = nbformat.v4.new_code_cell("import time; print(time.process_time())")
    notebook.cells = [notebook.cells[first], probe]
    build.execute(notebook, build.BUILT)
    seconds = float(notebook.cells[-1].outputs[0].text)
    with capsys.disabled():
        print(f" {path.stem}: {seconds:.1f} s", end="")
    assert 0.1 < seconds <= 10


def test_the_course_has_notebooks_and_begins_where_make_lab_opens_it():
    assert BUILT
    assert BUILT[0].name == FIRST_NOTEBOOK


@by_name
def test_notebook_keeps_the_rules(path):
    assert rules.problems(read(path), path.stat().st_size) == []


@pytest.mark.parametrize("source", build.sources(), ids=lambda source: source.stem)
def test_built_notebook_is_what_its_source_says(source):
    assert build.differences(source) == []


def test_no_notebook_without_a_source():
    assert build.without_source() == []


def test_every_cell_that_is_not_compared_says_why(capsys):
    listed = [(path.stem, each) for path in BUILT for each in rules.not_compared(read(path))]
    with capsys.disabled():
        print("\nRun, but outputs not compared:")
        print(*(f"  {name}, {each.cell}: {each.reason}" for name, each in listed), sep="\n")
    assert all(each.reason.strip() for _, each in listed)


# The machinery itself, on a notebook made for it.

TRIAL = """\
# Trial

```{code-cell} ipython3
import time
from pathlib import Path

from IPython.display import HTML, display
from tqdm.auto import tqdm
from rl_helpers.notebook.paths import output_path
```

```{code-cell} ipython3
for part in tqdm(("a", "b")):
    print(part, flush=True)
    time.sleep(0.1)
print(f"{time.perf_counter() % 1:.9f} s")
```

```{code-cell} ipython3
---
tags: [varies]
not_compared: the clock goes on
---
time.time_ns()
```

```{code-cell} ipython3
:tags: [widget]

import ipywidgets
ipywidgets.IntSlider(description="step")
```

```{code-cell} ipython3
def attempt(what, *arguments, **options):
    try:
        what(*arguments, **options)
    except (PermissionError, ConnectionError) as error:
        print(type(error).__name__)
    else:
        print("done")
```

```{code-cell} ipython3
import socket
attempt(Path("elsewhere.txt").write_text, "x")
attempt(Path("elsewhere").mkdir)
attempt(Path(__import__("tempfile").gettempdir(), "elsewhere.txt").write_text, "x")
attempt(socket.create_connection, ("192.0.2.1", 80), timeout=0.1)
attempt(output_path("trial.txt").write_text, "x")
attempt(output_path("trial.txt").unlink)
```

```{code-cell} ipython3
display(HTML('<img src="data:image/png;base64,AAAA" alt="nothing">'))
```
"""


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """A folder with a source, built, and the texts after a first and a second build."""
    folder = tmp_path_factory.mktemp("trial")
    source = folder / "src" / "00_trial.md"
    source.parent.mkdir()
    source.write_text(TRIAL, encoding="utf-8")
    texts = []
    for _ in range(2):
        assert build.build(source, folder) == []
        texts.append((folder / "00_trial.ipynb").read_text(encoding="utf-8"))
    return source, texts


def outputs_of(text):
    return [cell.outputs for _, cell in rules.code_cells(nbformat.reads(text, as_version=4))]


def test_second_build_changes_nothing(trial):
    _, (first, second) = trial
    assert first == second


def test_build_stores_no_versions_times_controls_nor_progress_bars(trial):
    _, (text, _) = trial
    assert re.search(r'"version": "|iopub|widget-view|"widgets"|it/s', text) is None


def test_build_merges_what_one_stream_wrote_in_several_goes(trial):
    _, (text, _) = trial
    (stream,) = outputs_of(text)[1]
    assert re.fullmatch(r"a\nb\n0\.\d{9} s\n", stream.text)


def test_words_stand_in_for_a_stored_control(trial):
    _, (text, _) = trial
    (output,) = outputs_of(text)[3]
    assert set(output.data) == {"text/plain", "text/markdown"}
    assert build.CALL_TO_RUN in output.data["text/markdown"]


def test_kernel_writes_only_under_output_and_reaches_no_network(trial):
    _, (text, _) = trial
    (stream,) = outputs_of(text)[5]
    refused = ["PermissionError"] * 3 + ["ConnectionError"]
    assert stream.text.split() == [*refused, "done", "done"]
    assert not (OUTPUT / "trial.txt").exists()


def test_nbval_accepts_other_times_and_refuses_other_words(trial, tmp_path):
    _, (text, _) = trial
    path = tmp_path / "00_trial.ipynb"
    (tmp_path / "run").mkdir()
    # Two runs never take the same 9 digits, so the first pass shows that times are sanitised.
    notebook = nbformat.reads(text, as_version=4)
    picture = notebook.cells[-1].outputs[0].data
    picture["text/html"] = picture["text/html"].replace("nothing", "something")
    path.write_text(build.as_text(notebook), encoding="utf-8")
    result = run_nbval(path, tmp_path / "run")
    assert "1 failed, 6 passed" in result.text
    assert "::Cell 6" in result.text


def test_check_notices_an_edited_source_and_an_edited_notebook(trial, tmp_path):
    source, (text, _) = trial
    copied = tmp_path / source.name
    target = tmp_path / "00_trial.ipynb"
    assert "not built" in build.differences(source, tmp_path)[0]
    target.write_text(text, encoding="utf-8")
    for old, new in (
        ("# Trial", "# Another"),
        ("0.1", "0.2"),
        ("tags: [varies]", "tags: [other]"),
        ("the clock goes on", "no reason"),
    ):
        copied.write_text(TRIAL.replace(old, new), encoding="utf-8")
        assert "not as in its source" in build.differences(copied, tmp_path)[0], old
    copied.write_text(TRIAL + "\nMore.\n", encoding="utf-8")
    assert "cells, its source" in build.differences(copied, tmp_path)[0]
    target.write_text(text.replace('"mimetype"', '"version": "3.11.7",\n   "mimetype"'), encoding="utf-8")
    assert "metadata" in build.differences(source, tmp_path)[0]


def test_stale_notebook_is_reported(tmp_path):
    (tmp_path / "05_old.ipynb").touch()
    (tmp_path / "00_trial.ipynb").touch()
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "00_trial.md").touch()
    found = build.without_source(tmp_path, tmp_path / "src")
    assert found == ["05_old.ipynb has no source in notebooks/src: delete it"]


def test_edited_cell_alone_changes_its_id_and_twins_differ(tmp_path):
    cells = ["```{code-cell} ipython3\n1\n```\n"] * 2 + ["```{code-cell} ipython3\n2\n```\n"]
    path = tmp_path / "00_trial.md"
    ids = []
    for last in ("2", "3"):
        path.write_text("\n".join(cells).replace("\n2\n", f"\n{last}\n"), encoding="utf-8")
        ids.append([cell.id for cell in build.read_source(path).cells])
    before, after = ids
    assert len(set(before)) == 3
    assert before[:2] == after[:2]
    assert before[2] != after[2]


def test_failing_cell_is_named_and_the_file_stays(tmp_path):
    source = tmp_path / "00_trial.md"
    source.write_text(
        "# T\n\n```{code-cell} ipython3\n1\n```\n\n```{code-cell} ipython3\n1 / 0\n```\n", "utf-8"
    )
    (found,) = build.build(source, tmp_path)
    assert found.startswith("code cell 2 (`1 / 0`): ZeroDivisionError: division by zero")
    assert not (tmp_path / "00_trial.ipynb").exists()


def code(source="1", outputs=(), count=1, **metadata):
    outputs = nbformat.from_dict(list(outputs))
    cell = nbformat.v4.new_code_cell(source, execution_count=count, outputs=outputs, metadata=metadata)
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Title"), cell])


def text_cells(*sources):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(source) for source in sources])


def shown(mime, data):
    return {"output_type": "display_data", "data": {mime: data}, "metadata": {}}


def said(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


IGNORE = rules.IGNORE
BROKEN = {
    "first heading must be the title": text_cells("## Part"),
    "second title": text_cells("# One", "# Two"),
    "level 4 after level 2": text_cells("# One\n\n## Two", "#### Four"),
    "picture has no alt text": text_cells("# One\n\n![](bob.png)"),
    "<img> has no alt text": text_cells('# One\n\n<img src="bob.png" alt="">'),
    "16 lines": code("1\n" * 16),
    "has not run": code(count=None),
    "NBVAL comment": code("# NBVAL_IGNORE_OUTPUT\n1"),
    "every cell runs": code(tags=["nbval-skip"]),
    "none may fail": code(tags=["raises-exception"]),
    "do not fit together": code(tags=[IGNORE], not_compared="a reason"),
    "does not say why": code(tags=["varies", IGNORE]),
    "fails with ValueError": code(
        outputs=[{"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}]
    ),
    "writes to stderr": code(outputs=[said("UserWarning: hm", "stderr")]),
    "bare picture": code(outputs=[shown("image/png", "AAAA")]),
    "stores a control": code(outputs=[shown(rules.WIDGET, {"model_id": "1"})]),
    "`<img>` in an output: <img> has no alt text": code(
        outputs=[shown("text/html", '<img src="data:image/gif;base64,AA==">')]
    ),
    "<svg>": code(outputs=[shown("text/html", '<svg width="3"><path d=""/></svg>')]),
    "path of this machine": code(outputs=[said("saved to /home/bob/film.gif")]),
    "prints a path": code(outputs=[said(f"saved to {rules.ROOT}")]),
    "address in memory": code(outputs=[shown("text/plain", "<object at 0x7f00c0ffee>")]),
}


@pytest.mark.parametrize("message", BROKEN)
def test_rule_notices(message):
    (found,) = rules.problems(BROKEN[message])
    assert message.rpartition(": ")[2] in found


def test_rule_notices_a_large_file():
    assert "2,000,001 bytes" in rules.problems(text_cells("# One"), 2_000_001)[0]


def test_rules_let_good_notebooks_pass():
    assert rules.problems(text_cells("# One\n\n## Two\n\n```\n# no heading\n```", "### Three")) == []
    assert rules.problems(code("1\n" * 15, [said("9 / 10 a/tmp/b https://example.org/home/")])) == []
    picture = '<img src="data:image/gif;base64,/home/AAtmp/home/==" alt="Bob asleep">'
    assert rules.problems(code(outputs=[shown("text/html", picture)]), 2_000_000) == []
    assert rules.problems(code(tags=["varies", IGNORE], not_compared="time")) == []


def test_untagged_control_and_needless_tag_stop_the_build():
    with pytest.raises(RuntimeError, match="shows a control: tag it `widget`"):
        build.clean(code(outputs=[shown(rules.WIDGET, {"model_id": "1"})]))
    with pytest.raises(RuntimeError, match="shows no control"):
        build.clean(code(tags=["widget", IGNORE]))


def test_control_keeps_the_picture_it_brings_along():
    bundle = shown(rules.WIDGET, {"model_id": "1"})
    bundle["data"]["text/html"] = "<b>still</b>"
    notebook = code(outputs=[bundle], tags=["widget", IGNORE])
    build.clean(notebook)
    data = notebook.cells[1].outputs[0].data
    assert data == {"text/html": "<b>still</b>", "text/plain": build.CALL_TO_RUN}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('<img src="data:image/gif;base64,R0lG+/8=" alt="Bob">', '<img src="PICTURE" alt="Bob">'),
        (" 40%|████      | 4/10 [00:01<00:02,  3.1it/s]", "PROGRESS"),
        ("took 12.5 s and 3 minutes", "took TIME and TIME"),
        ("17 steps, 1.70 points, 5,478 states", "17 steps, 1.70 points, 5,478 states"),
        ("40 % of 3 states", "40 % of 3 states"),
    ],
)
def test_sanitizer_hides_pictures_progress_and_times_only(text, kept):
    for pattern, replacement in get_sanitize_patterns(SANITIZE.read_text(encoding="utf-8")):
        text = re.sub(pattern, replacement, text)
    assert text == kept


def test_builder_and_nbval_agree_on_what_a_time_is():
    assert rules.DURATION.pattern in SANITIZE.read_text(encoding="utf-8")


def test_peak_memory_is_seen_after_it_is_gone():
    memory = bench_notebooks.PeakMemory()
    memory.watch(os.getpid())
    before = memory_now()
    ballast = bytearray(b"x") * 100_000_000
    time.sleep(0.2)
    del ballast
    memory.stop()
    assert memory.megabytes > before + 90


def test_memory_of_what_a_process_starts_counts_and_the_limit_ends_it():
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; b = bytearray(10**8)"
    code += ' + b"x"; time.sleep(60)\'])'
    memory = bench_notebooks.PeakMemory(most=100)
    begin = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        memory.watch(process.pid)
    memory.stop()
    assert memory.exceeded
    assert memory.megabytes > 100
    assert time.perf_counter() - begin < 30


def memory_now():
    return bench_notebooks.psutil.Process().memory_info().rss / 1e6
