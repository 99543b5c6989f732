"""Makes a deck of slides from each notebook: `python -m tools.slides`, or with names.

A deck is one HTML file under `notebooks/output/slides` that opens in any browser without a network or a
kernel, films and formulas included; `?print-pdf` behind its address prints it.
"""

import argparse
import copy
import re
import sys
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter
from pygments.formatters import HtmlFormatter

from rl_helpers.notebook.paths import OUTPUT
from tools.downloads import MATHJAX, Library, fetch
from tools.notebooks import slide_heights, slide_marks
from tools.notebooks.build import BUILT

DECKS = OUTPUT / "slides"
HERE = Path(__file__).parent
CALL = re.compile(r"<p><em>Run this cell[^<]*</em></p>")


REVEAL = Library(
    "reveal.js",
    "4.6.1",  # nbconvert's slides know this series; they do not work in reveal.js 6
    "1CW0auaXNPmwmvQ7TwpszwVxMi2Xr5cTS3J3EBC/HHgbPF32Dn7aiu/LKWDOGjMbaDwKQiGmfqcoGQ74HUHCMw==",
    ("dist/reveal.css", "dist/reveal.js"),
)


def prepare(notebook):
    """Take out, in place, what a deck without a kernel has no use for: folded code, calls to run a cell."""
    kept, pending = [], None
    for cell in [each for every in notebook.cells for each in _shared_out(every)]:
        mark = cell.metadata.get("slideshow", {}).get("slide_type")
        if cell.cell_type == "code" and mark != "skip":
            tags = cell.metadata.get("tags", [])
            is_control = "widget" in tags
            cell.outputs = [output for output in map(_without_call, cell.outputs) if output]
            if is_control and not cell.outputs:
                pending = pending or mark
                continue
            folded = cell.metadata.get("jupyter", {}).get("source_hidden")
            if is_control or folded or slide_marks.OUTPUT_ONLY in tags:
                cell.metadata["transient"] = {"remove_source": True}
        if pending and mark != "skip":
            # The slide began with a cell that is gone: it begins with this one.
            cell.metadata["slideshow"] = {"slide_type": "slide" if "slide" in (mark, pending) else pending}
            pending = None
        kept.append(cell)
    notebook.cells = kept


def _shared_out(cell):
    """Give the outputs of a cell that are too many for one slide to several, each with what fits."""
    if cell.cell_type != "code" or slide_heights.outputs(cell) <= slide_marks.BUDGET:
        return [cell]
    shares, room = [[]], slide_marks.BUDGET
    for output in cell.outputs:
        height = slide_heights.outputs(nbformat.from_dict({"outputs": [output]}))
        if shares[-1] and height > room:
            shares.append([])
            room = slide_marks.BUDGET
        shares[-1].append(output)
        room -= height
    cells = [copy.deepcopy(cell) for _ in shares]
    for number, (each, share) in enumerate(zip(cells, shares, strict=True)):
        each.outputs = share
        if number:
            each.id = f"{cell.id}-{number}"
            each.metadata["tags"] = [slide_marks.OUTPUT_ONLY]
            each.metadata["slideshow"] = {"slide_type": "subslide"}
    return cells


def _without_call(output):
    data = output.get("data", {})
    if "text/html" in data:
        data["text/html"] = CALL.sub("", data["text/html"])
        return output if re.sub(r"<(?!img|svg|table)[^>]*>|\s", "", data["text/html"]) else None
    return None if "Run this cell to get the control" in data.get("text/plain", "") else output


def deck(path):
    """Return the HTML of a built notebook's deck.

    Args:
        path: of the `.ipynb`.
    """
    notebook = nbformat.read(path, as_version=4)
    prepare(notebook)
    title = next(re.findall(r"^# (.+)$", cell.source, re.M)[0] for cell in notebook.cells)
    reveal = fetch(REVEAL)
    formulas = any("$$" in cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    inside = {
        "title": title,
        "reveal_css": reveal["dist/reveal.css"],
        "reveal_js": _in_script(reveal["dist/reveal.js"]),
        "mathjax_js": _in_script(fetch(MATHJAX)["es5/tex-svg.js"]) if formulas else "",
        "highlight_css": HtmlFormatter(style="friendly").get_style_defs(".highlight"),
        "css": (HERE / "slides.css").read_text(encoding="utf-8"),
        "js": (HERE / "slides.js").read_text(encoding="utf-8"),
    }
    exporter = SlidesExporter(raw_template=(HERE / "slides.html.j2").read_text(encoding="utf-8"))
    html, _ = exporter.from_notebook_node(notebook, resources={"deck": inside})
    return html


def _in_script(source):
    return source.replace("</script", r"<\/script")


def write(path, folder=DECKS):
    """Write the deck of one notebook and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}.html"
    target.write_text(deck(path), encoding="utf-8", newline="\n")
    return target


def main(arguments=None):
    """Make the decks that the command line names; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.slides", description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="such as 05_q_learning or its path; all if none is given")
    options = parser.parse_args(arguments)
    known = {path.stem: path for path in sorted(BUILT.glob("[0-9][0-9]_*.ipynb"))}
    names = [Path(name).name.removesuffix(".ipynb") for name in options.names]
    unknown = set(names) - set(known)
    if unknown:
        parser.error(f"there is no notebook {', '.join(sorted(unknown))}: name one of {', '.join(known)}")
    for name in names or known:
        try:
            target = write(known[name])
        except (ConnectionError, ValueError) as error:
            print(error, file=sys.stderr)
            return 1
        columns, slides = slide_marks.counts(nbformat.read(known[name], as_version=4))
        size = target.stat().st_size / 1e6
        print(f"{target.relative_to(BUILT.parent)}: {slides} slides in {columns} parts, {size:.1f} MB")
    return 0
