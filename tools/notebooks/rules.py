"""What every built notebook must be like, as functions that say in a sentence where one is not."""

import ast
import itertools
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tools.notebooks import course_rules, lesson

ROOT = Path(__file__).resolve().parents[2]
WIDGET = "application/vnd.jupyter.widget-view+json"
STATES = "application/vnd.jupyter.widget-state+json"
SLIDER = "application/vnd.bob-learns.slider+json"  # all of a slider's pictures, for pages without a kernel
SLIDER_STATE = ("label", "texts", "pictures", "index")
IGNORE = "nbval-ignore-output"  # the tag by which nbval runs a cell and leaves its output alone
UNCOMPARED_TAGS = ("widget", "varies")
MOST_BYTES = 2_000_000
MOST_OPEN_LINES, MOST_FOLDED_LINES = 12, 25
CLAIM_BEGINS = "# The claim: "

DATA_URI = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]*")
DURATION = re.compile(r"\b\d+(?:\.\d+)? ?(?:\xb5s|ms|s|seconds?|min|minutes?)\b")
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:home|Users|root|tmp|var|opt|usr|mnt|private)/|\b[A-Z]:\\")


class NotCompared(NamedTuple):
    """A cell that is run but whose output is not compared, and why."""

    cell: str
    reason: str


def code_cells(notebook):
    """Yield a name that a reader finds again, and the cell, for each code cell."""
    number = 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            number += 1
            first_line = (cell.source.splitlines() or [""])[0]
            yield f"code cell {number} (`{first_line[:60]}`)", cell


def texts(output):
    """Return what an output says, without the bytes of its pictures."""
    parts = [output.get("text", "")]
    parts += [value for value in output.get("data", {}).values() if isinstance(value, str)]
    return DATA_URI.sub("", "\n".join(parts))


def not_compared(notebook):
    """Return the cells whose output nbval does not compare."""
    return [
        NotCompared(name, cell.metadata.get("not_compared", ""))
        for name, cell in code_cells(notebook)
        if IGNORE in cell.metadata.get("tags", [])
    ]


def problems(notebook, size=0):
    """List what is wrong with a built notebook.

    Args:
        notebook: an executed notebook.
        size: of its file, in bytes.

    Returns:
        Sentences, empty if all is well.
    """
    found = [f"the file has {size:,} bytes: make films smaller or shorter"] if size > MOST_BYTES else []
    found += heading_problems(notebook)
    found += course_rules.problems(notebook)
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            found += [f"cell {number}: {each}" for each in picture_problems(cell.source)]
    for name, cell in code_cells(notebook):
        each_rule = (code_problems, reading_problems, claim_problems, comparison_problems, output_problems)
        found += [f"{name}: {each}" for rule in each_rule for each in rule(cell)]
    return found


def heading_problems(notebook):
    """One title, first; no level skipped: a screen reader's user jumps from heading to heading."""
    levels = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            text = re.sub(r"^(```|~~~).*?^\1", "", cell.source, flags=re.DOTALL | re.MULTILINE)
            levels += [(len(marks), title) for marks, title in re.findall(r"^(#{1,6}) +(.+)$", text, re.M)]
    if [level for level, _ in levels[:1]] != [1]:
        return ["the first heading must be the title, `# …`"]
    found = [f"heading {title!r} is a second title: use `##`" for level, title in levels[1:] if level == 1]
    for (above, _), (level, title) in itertools.pairwise(levels):
        if level > above + 1:
            found.append(f"heading {title!r} has level {level} after level {above}: skip none")
    return found


def picture_problems(text):
    """Every picture has words for those who cannot see it."""
    found = ["a picture has no alt text: write `![what is to be seen](…)`"] if "![](" in text else []
    for tag in re.findall(r"<img\b[^>]*>", DATA_URI.sub("", text)):
        if not re.search(r"""\balt=("[^"]*\w[^"]*"|'[^']*\w[^']*')""", tag):
            found.append("an <img> has no alt text: say what is to be seen")
    for drawing in re.findall(r"<svg\b.*?</svg>", text, re.DOTALL):
        if not re.search(r"aria-label=|<title>|aria-hidden", drawing):
            found.append("an <svg> has neither aria-label nor <title>: say what is to be seen")
    return found


def code_problems(cell):
    """Code has run, and switches off no check of its own."""
    if cell.execution_count is None:
        yield "has not run, so nbval would not compare it: remove it if it is empty, else `make notebooks`"
    if re.search(r"^\s*#\s*(NBVAL|PYTEST_VALIDATE)_", cell.source, re.MULTILINE):
        yield "has an NBVAL comment: use the tag `varies` and say why in `not_compared`"
    for tag in cell.metadata.get("tags", []):
        if tag in ("nbval-skip", "raises-exception"):
            yield f"has the tag `{tag}`: every cell runs, and none may fail"


def reading_problems(cell):
    """Open code teaches, in few lines and without assertions; of folded code one sees the name."""
    n_lines = len(cell.source.splitlines())
    if lesson.is_folded(cell):
        if n_lines > MOST_FOLDED_LINES:
            yield f"{n_lines} lines, folded: {MOST_FOLDED_LINES} at most, the rest belongs in rl_helpers"
        if not re.match(r"# \w", cell.source):
            yield "is folded and has no name: begin with a comment that says what it is for, `# Drawing: …`"
        return
    if n_lines > MOST_OPEN_LINES:
        yield f"{n_lines} lines, open: {MOST_OPEN_LINES} at most, so split it, or fold what only draws"
    if asserts(cell.source):
        yield f"asserts in open code: put it into a cell with the tag `{lesson.CLAIM}`"


def claim_problems(cell):
    """A claim says what it asserts, asserts it, and says nothing more."""
    is_claim = lesson.CLAIM in cell.metadata.get("tags", [])
    is_named = cell.source.startswith(CLAIM_BEGINS)
    if is_named and not is_claim:
        yield f"calls itself a claim: give it the tag `{lesson.CLAIM}`"
    if not is_claim:
        return
    if not is_named:
        yield f"is a claim and does not say which: begin with `{CLAIM_BEGINS}…`, one sentence"
    if not asserts(cell.source):
        yield "is a claim and asserts nothing"
    if cell.outputs:
        yield "is a claim and shows something: what is to be seen belongs in a cell of its own"


def asserts(source):
    """Tell whether code asserts anything."""
    return any(isinstance(node, ast.Assert) for node in ast.walk(ast.parse(source)))


def comparison_problems(cell):
    """An output is compared, or there is a reason why not."""
    tags = cell.metadata.get("tags", [])
    uncompared = [tag for tag in UNCOMPARED_TAGS if tag in tags]
    if bool(uncompared) != (IGNORE in tags):
        yield f"the tags {tags} do not fit together: run `make notebooks`, which adds `{IGNORE}`"
    if uncompared and not cell.metadata.get("not_compared", "").strip():
        yield f"has the tag `{uncompared[0]}`, but `not_compared` does not say why"


def output_problems(cell):
    """No errors, warnings, paths, addresses, random ids, nor pictures without words."""
    for output in cell.outputs:
        if output.output_type == "error":
            yield f"fails with {output.ename}: {output.evalue}"
        if output.get("name") == "stderr":
            yield f"writes to stderr: {output.text.strip()[:300]!r}"
        data = output.get("data", {})
        if any(mime.startswith("image/") for mime in data):
            yield "shows a bare picture, which JupyterLab gives no alt text: use rl_helpers.notebook.show"
        if WIDGET in data:
            yield "stores a control, which nobody who opens the file can use: run `make notebooks`"
        if "text/html" in data:
            yield from picture_problems(data["text/html"])
        text = texts(output)
        here = (str(ROOT), str(Path.home()), sys.prefix, tempfile.gettempdir())
        if MACHINE_PATH.search(text) or any(re.search(rf"(?<!\w){re.escape(path)}\b", text) for path in here):
            yield "prints a path of this machine: print the file's name alone"
        if re.search(r"\bat 0x[0-9a-fA-F]{6,}", text):
            yield "prints an address in memory, different in every run: end the cell with something else"
