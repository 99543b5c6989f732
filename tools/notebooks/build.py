"""Makes `notebooks/*.ipynb` from `notebooks/src/*.md`: `python -m tools.notebooks`, or with names.

A second run changes nothing: ids come from what a cell says, times and versions are not stored, and a cell
whose output varies keeps the stored one until its source changes. `--check` only compares with the sources.
`--text` brings over what changed in texts and slide marks, and executes nothing: the code must be the same.
"""

import argparse
import base64
import copy
import hashlib
import io
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import nbformat
from PIL import Image

from tools.notebooks import execution, parts, rules
from tools.stage import cut, styles

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "notebooks"
SOURCE = BUILT / "src"
CALL_TO_RUN = "Run this cell to get the control."
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
    styles.KEY: styles.of_notebook(),
}


def sources(folder=SOURCE):
    """Return the sources in teaching order."""
    return sorted(folder.glob("[0-9][0-9]_*.md"))


def read_source(path):
    """Return the notebook that a source describes, not executed.

    Args:
        path: of a MyST Markdown file.

    Returns:
        A notebook. Each cell's id is a digest of what it says, so that an edit changes one id; cells tagged
        `widget` or `varies` also have the tag by which nbval leaves their output alone.
    """
    notebook = jupytext.read(path, fmt="md:myst")
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    parts.mark(notebook)
    name_cells(notebook)
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and set(tags) & set(rules.UNCOMPARED_TAGS):
            cell.metadata["tags"] = [*tags, rules.IGNORE]
            if "widget" in tags:
                cell.metadata.setdefault("not_compared", "a control: its id is drawn anew in every run")
    return notebook


def name_cells(notebook):
    """Give each cell an id made from what it says."""
    seen = {}
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"


def mark_slides(notebook):
    """Say where slides begin, once the outputs are there; texts that are too long for a slide are split."""
    cut.mark(notebook)
    parts.fold(notebook)
    name_cells(notebook)


def clean(notebook):
    """Leave in the outputs only what is the same in every run and of use to whoever opens the file.

    Raises:
        RuntimeError: if a cell shows a control and does not say so, or the other way round.
    """
    states = notebook.metadata.get("widgets", {}).get(rules.STATES, {}).get("state", {})
    notebook.metadata = nbformat.from_dict(METADATA)
    for name, cell in rules.code_cells(notebook):
        cell.metadata.pop("execution", None)
        shows_control = any(rules.WIDGET in output.get("data", {}) for output in cell.outputs)
        if shows_control != ("widget" in cell.metadata.get("tags", [])):
            trouble = "shows a control: tag it" if shows_control else "shows no control: do not tag it"
            raise RuntimeError(f"{name}: {trouble} `widget`")
        cell.outputs = merge_streams(cell.outputs)
        for output in cell.outputs:
            # A stored control has lost its kernel: words stand in its place, or the picture it brought along.
            control = output.get("data", {}).pop(rules.WIDGET, None)
            if control is not None:
                state = states.get(control["model_id"], {}).get("state", {})
                if set(rules.SLIDER_STATE) <= set(state):
                    output.data[rules.SLIDER] = {key: state[key] for key in rules.SLIDER_STATE}
                    output.data[rules.SLIDER]["pictures"] = list(map(smaller, state["pictures"]))
                output.data["text/plain"] = CALL_TO_RUN
                if "text/html" not in output.data:
                    output.data["text/markdown"] = f"*{CALL_TO_RUN}*"


def smaller(markup):
    """Return HTML whose PNG pictures are WebP, the same pixels in two thirds of the bytes."""

    def change(match):
        picture, file = Image.open(io.BytesIO(base64.b64decode(match[1]))), io.BytesIO()
        picture.save(file, format="webp", lossless=True, method=4, exact=True)
        return f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"

    return re.sub(r"data:image/png;base64,([\w+/=]+)", change, markup)


def merge_streams(outputs):
    """Join what one stream wrote in several goes; how many there are depends on the machine's speed."""
    merged = []
    for output in outputs:
        if merged and output.output_type == "stream" and merged[-1].get("name") == output.name:
            merged[-1].text += output.text
        else:
            merged.append(output)
    return merged


def keep_stored(notebook, stored):
    """Give cells whose output varies the output that is stored, so that a second build changes nothing."""
    before = {cell.id: cell for cell in stored.cells if cell.cell_type == "code"}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.id in before:
            old = before[cell.id].outputs
            if "varies" in cell.metadata.get("tags", []) or without_times(old) == without_times(cell.outputs):
                cell.outputs = copy.deepcopy(old)


def without_times(outputs):
    """Return outputs as text in which every duration reads the same."""
    return rules.DURATION.sub("TIME", json.dumps(outputs, sort_keys=True))


def as_text(notebook):
    """Return the text of the `.ipynb` file."""
    return nbformat.writes(notebook, version=4, ensure_ascii=False).rstrip("\n") + "\n"


def build(source, built=BUILT):
    """Make one notebook.

    Args:
        source: path of the MyST Markdown file.
        built: the folder that the notebook belongs in.

    Returns:
        What is wrong with it, sentences; if there is any, the file stays as it was.
    """
    target = Path(built, f"{source.stem}.ipynb")
    notebook = read_source(source)
    try:
        execution.execute(notebook, built)
        clean(notebook)
    except RuntimeError as error:
        return [str(error)]
    if target.is_file():
        keep_stored(notebook, nbformat.read(target, as_version=4))
    mark_slides(notebook)
    return write(notebook, target)


def write(notebook, target):
    """Write a notebook if it keeps the rules; returns what is wrong with it."""
    text = as_text(notebook)
    found = rules.problems(notebook, len(text.encode()))
    if not found:
        target.write_text(text, encoding="utf-8", newline="\n")
    return found


def from_stored(source, stored):
    """Return the notebook that a source describes, with stored outputs where the code is the same."""
    notebook = read_source(source)
    before = {cell.id: cell for cell in stored.cells if cell.cell_type == "code"}
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.id in before:
            cell.outputs = copy.deepcopy(before[cell.id].outputs)
            cell.execution_count = before[cell.id].execution_count
    mark_slides(notebook)
    return notebook


def retell(source, built=BUILT):
    """Bring a built notebook's texts and marks up to date without executing it; returns what is wrong."""
    target = Path(built, f"{source.stem}.ipynb")
    if not target.is_file():
        return [f"{target.name} is not built: run `make notebooks`"]
    stored = nbformat.read(target, as_version=4)
    notebook = from_stored(source, stored)
    ids = [[cell.id for cell in each.cells if cell.cell_type == "code"] for each in (notebook, stored)]
    if ids[0] != ids[1]:
        return [f"{target.name} has other code than its source: it must be executed, without `--text`"]
    return write(notebook, target)


def differences(source, built=BUILT):
    """Say where a built notebook is no longer what its source says; executes nothing."""
    target = Path(built, f"{source.stem}.ipynb")
    if not target.is_file():
        return [f"{target.name} is not built: run `make notebooks`"]
    found = nbformat.read(target, as_version=4)
    expected = from_stored(source, found)
    if found.metadata != expected.metadata:
        return [f"{target.name} has metadata that its source does not give: run `make notebooks`"]
    for number, (wanted, cell) in enumerate(zip(expected.cells, found.cells, strict=False), start=1):
        if any(wanted[key] != cell.get(key) for key in ("id", "cell_type", "metadata", "source")):
            return [f"{target.name}, cell {number} is not as in its source: edit there, run `make notebooks`"]
    if len(expected.cells) != len(found.cells):
        counts = f"{len(found.cells)} cells, its source {len(expected.cells)}"
        return [f"{target.name} has {counts}: run `make notebooks`"]
    return []


def without_source(built=BUILT, folder=SOURCE):
    """Say which built notebooks have no source any more."""
    known = {source.stem for source in sources(folder)}
    stale = [path.name for path in sorted(built.glob("[0-9][0-9]_*.ipynb")) if path.stem not in known]
    return [f"{name} has no source in notebooks/src: delete it" for name in stale]


def main(arguments=None):
    """Build or check what the command line names; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.notebooks", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="such as 05_q_learning; all if none is given")
    parser.add_argument("--check", action="store_true", help="compare with the sources, execute nothing")
    parser.add_argument(
        "--text", action="store_true", help="bring over texts and slide marks, execute nothing"
    )
    options = parser.parse_args(arguments)
    chosen = [source for source in sources() if not options.names or source.stem in options.names]
    unknown = set(options.names) - {source.stem for source in chosen}
    if unknown:
        parser.error(f"notebooks/src has no {', '.join(sorted(unknown))}")

    def work(source):
        start = time.perf_counter()
        way = differences if options.check else retell if options.text else build
        found = way(source)
        print(f"{source.stem}: {'; '.join(found) or 'ok'} ({time.perf_counter() - start:.0f} s)", flush=True)
        return found

    # Two at a time: a notebook mostly keeps one core busy.
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = [each for result in pool.map(work, chosen) for each in result]
    stale = without_source()
    print(*stale, sep="\n", end="\n" if stale else "")
    return 1 if found or stale else 0
