"""The builder, on notebooks made for the purpose."""

import base64
import io
import re

import nbformat
import numpy as np
import pytest
from PIL import Image

from rl_helpers import widgets
from rl_helpers.notebook import show
from rl_helpers.notebook.paths import OUTPUT
from tests.notebooks.cells import code, shown
from tests.notebooks.nbval import run_nbval
from tests.notebooks.test_rules import IGNORE
from tools.notebooks import build, rules

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
    (told,) = run_nbval(path, tmp_path / "run").failures
    assert "1 failed, 6 passed" in told
    assert "::Cell 6" in told


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
    copied.write_text(TRIAL + "\n## More\n\nwords\n", encoding="utf-8")
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


def test_slider_leaves_its_pictures_to_pages_without_a_kernel():
    pixels = np.random.default_rng(0).integers(0, 255, (9, 12, 3), np.uint8)
    pictures = {number: show.picture(pixels, alt=f"number {number}") for number in (1, 2)}
    slider = widgets.picture_slider(pictures, label="n")
    notebook = code(outputs=[shown(rules.WIDGET, {"model_id": "a"})], tags=["widget", IGNORE])
    state = {"state": {"a": {"state": slider.get_state()}}}
    notebook.metadata["widgets"] = nbformat.from_dict({rules.STATES: state})
    build.clean(notebook)
    kept = notebook.cells[1].outputs[0].data[rules.SLIDER]
    assert (kept["label"], kept["texts"], kept["index"]) == ("n", ["1", "2"], 0)
    assert 'alt="number 2"' in kept["pictures"][1]
    data = re.search(r"data:image/webp;base64,([^\"]+)", kept["pictures"][1])[1]
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(base64.b64decode(data)))), pixels)
    assert "widgets" not in notebook.metadata
