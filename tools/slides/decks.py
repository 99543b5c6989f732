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
from tools.notebooks.build import BUILT
from tools.stage import cut, pieces, styles

DECKS = OUTPUT / "slides"
HERE = Path(__file__).parent
NO_NOTE = re.compile(r"<details>|#")
GUESSED = re.compile(r"^> You guessed: .*\n*", re.M)  # nobody can in a file
GUESS = re.compile(r"^> Your guess: .*$", re.M)
CALL = re.compile(r"<p><em>Run this cell[^<]*</em></p>")


REVEAL = Library(
    "reveal.js",
    "4.6.1",  # nbconvert's slides know this series; they do not work in reveal.js 6
    "1CW0auaXNPmwmvQ7TwpszwVxMi2Xr5cTS3J3EBC/HHgbPF32Dn7aiu/LKWDOGjMbaDwKQiGmfqcoGQ74HUHCMw==",
    ("dist/reveal.css", "dist/reveal.js"),
)


def prepare(notebook):
    """Make a built notebook, in place, what a deck without a kernel shows.

    Folded code and calls to run a cell are taken out. Texts that are on no slide are the speaker's notes.
    """
    kept, pending = [], None
    _leave_out_slides_without_their_control(notebook.cells)
    for cell in notebook.cells:
        mark = cell.metadata.get("slideshow", {}).get("slide_type")
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and mark == "skip" and not NO_NOTE.match(cell.source):
            cell.metadata["slideshow"] = {"slide_type": "skip" if "further" in tags else "notes"}
        if mark == "skip":
            kept.append(cell)
            continue
        if cell.cell_type == "markdown":
            source = GUESSED.sub("", cell.source)
            cell.source = GUESS.sub(lambda line: line[0].replace("` `", "` · `"), source).strip()
            if not cell.source:
                pending = pending or (cell if mark else None)
                continue
        if cell.cell_type == "code":
            cell.outputs = [output for output in map(_without_call, cell.outputs) if output]
            if is_gone(cell):
                pending = pending or cell
                continue
            if "widget" in tags or pieces.is_folded(cell) or pieces.OUTPUT_ONLY in tags:
                cell.metadata["transient"] = {"remove_source": True}
        if pending and not mark:
            # What began the slide is gone: it begins with this one.
            for key in ("slideshow", styles.KEY):
                cell.metadata[key] = pending.metadata.get(key, {}) | cell.metadata.get(key, {})
        pending = None
        kept.append(cell)
    notebook.cells = kept


def _leave_out_slides_without_their_control(cells):
    """Make speaker's notes of what leads to nothing but a control that is gone; slides with headings stay."""
    slide = []
    for cell in [*cells, None]:
        mark = cell.metadata.get("slideshow", {}).get("slide_type") if cell else "slide"
        if mark in ("slide", "subslide"):
            things = [each for each in slide if each.cell_type == "code"]
            begins = slide and slide[0].metadata.get("slideshow", {}).get("slide_type")
            if things and begins == "subslide" and all(map(is_gone, things)):
                for each in slide:
                    each.metadata["slideshow"] = {"slide_type": "skip"}
            slide = []
        if cell and mark != "skip":
            slide.append(cell)


def is_gone(cell):
    """Tell whether a cell is a control that leaves nothing behind without a kernel."""
    return "widget" in cell.metadata.get("tags", []) and not any(
        map(_without_call, copy.deepcopy(cell.outputs))
    )


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
    css = (HERE / "slides.css").read_text(encoding="utf-8")
    formulas = any("$" in cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    inside = {
        "title": title,
        "reveal_css": reveal["dist/reveal.css"],
        "reveal_js": _in_script(reveal["dist/reveal.js"]),
        "mathjax_js": _in_script(fetch(MATHJAX)["es5/tex-svg.js"]) if formulas else "",
        "highlight_css": HtmlFormatter(style="friendly").get_style_defs(".highlight"),
        "css": css + "".join(map(styles.of_deck, notebook.cells)),
        "js": (HERE / "slides.js").read_text(encoding="utf-8"),
    }
    exporter = SlidesExporter(raw_template=(HERE / "slides.html.j2").read_text(encoding="utf-8"))
    return exporter.from_notebook_node(notebook, resources={"deck": inside})[0]


def _in_script(source):
    return source.replace("</script", r"<\/script")


def write(path, folder=DECKS):
    """Write the deck of one notebook and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}.html"
    target.write_text(deck(path), encoding="utf-8", newline="\n")
    return target


def half_finished(notebook):
    """Return what is to be said of a notebook that was not run from its top to its end, or None.

    >>> half_finished(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]))
    '1 of 1 cells of code have not run, or not in order'
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    failed = sum(output.output_type == "error" for cell in cells for output in cell.outputs)
    if failed:
        return f"{failed} of {len(cells)} cells of code ended in an error"
    late = sum(cell.execution_count != number for number, cell in enumerate(cells, start=1))
    return f"{late} of {len(cells)} cells of code have not run, or not in order" if late else None


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
        notebook = nbformat.read(known[name], as_version=4)
        columns, slides = cut.counts(notebook)
        size = target.stat().st_size / 1e6
        print(f"{target.relative_to(BUILT.parent)}: {slides} slides in {columns} parts, {size:.1f} MB")
        if said := half_finished(notebook):
            print(
                f"{name}: {said}, and the slides show what the file holds; choose Run All Cells, save, and "
                "make them again",
                file=sys.stderr,
            )
    return 0
