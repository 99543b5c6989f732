"""What a notebook of the course must be like beside its form: length, first screen, what is Further."""

import ast
import re
import symtable
from pathlib import Path

from tools.notebooks import lesson

SOURCE = Path(__file__).resolve().parents[2] / "notebooks" / "src"
GOALS = "After this notebook you can"
NEXT = re.compile(r"^\*\*Next:\*\*\s*(.*)", re.M)
NEXT_LINK = re.compile(r"\[(\d\d) [^\]]+\]\(((\d\d)_\w+)\.ipynb\)")
GUESS = re.compile(r"^> (Your guess|You guessed): (.+)$", re.M)  # as the extension `bob-quiz` reads
OPTION = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(((?:\./)?(\d\d_\w+)\.ipynb)[^)]*\)")


def problems(notebook):
    """List where a notebook of the course, whose title is `# NN Title`, is not as a lesson must be.

    Args:
        notebook: with its outputs.

    Returns:
        Sentences, empty if all is well; for any other notebook empty too.
    """
    titles = (re.match(r"# \d\d ", cell.source) for cell in texts(notebook))
    if not any(titles):
        return []
    rules = (
        length_problems,
        first_screen_problems,
        import_problems,
        further_problems,
        dependence_problems,
        guess_problems,
        link_problems,
    )
    return [each for rule in rules for each in rule(notebook)]


def texts(notebook):
    """Return the Markdown cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def is_further(cell):
    """Tell whether nothing later may depend on a cell."""
    return lesson.FURTHER_TAG in cell.metadata.get("tags", [])


def length_problems(notebook):
    """The core can be done in one sitting, and the minutes near the top are true."""
    try:
        yield from lesson.problems(lesson.of(notebook, "the notebook"))
    except ValueError as error:
        yield str(error)


def first_screen_problems(notebook):
    """Something to look at or to play with comes before the goals."""
    before = []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and GOALS in cell.source:
            before.append(cell.source.partition(GOALS)[0])
            break
        before.append(cell)
    else:
        yield f"has no goals: write `{GOALS}` and a list that begins with verbs"
        return
    if not any(map(_is_seen, before)):
        yield "shows nothing before its goals: begin with a picture, a film or a control"


def _is_seen(part):
    """Tell whether a cell, or a piece of text, is more than words."""
    if isinstance(part, str):
        return "![" in part or "<img" in part
    if part.cell_type == "markdown":
        return _is_seen(part.source)
    shown = (output.get("data", {}).get("text/html", "") for output in part.outputs)
    return "widget" in part.metadata.get("tags", []) or any(re.search("<(img|svg)", html) for html in shown)


def further_problems(notebook):
    """What is Further is a whole section, and says so as all others do."""
    for cell in texts(notebook):
        for marks, title in re.findall(r"^(#+) +(.*)$", lesson.FENCED.sub("", cell.source), re.M):
            if re.match(r"further\b", title, re.I) and not (
                marks == "##" and title.startswith(lesson.FURTHER)
            ):
                yield f"heading {title!r} is no section of its own: write `## {lesson.FURTHER}…`"


def dependence_problems(notebook):
    """Whoever skips what is Further misses nothing in the core."""
    core, further = set(), set()  # names, as they stand after each cell
    for cell in notebook.cells:
        first = cell.source.partition("\n")[0][:60]
        if cell.cell_type == "code":
            defined, imported, used = names(cell.source)
            if is_further(cell):
                further |= defined | (imported - core)
                continue
            for name in sorted(used & further):
                how = "sets anew" if name in core else "defines"
                yield f"`{first}` uses `{name}`, which a cell that is Further {how}: move it to the core"
            core |= defined | imported
            further -= core
        elif not is_further(cell):
            for name in sorted(set(re.findall(r"`(\w+)(?:\(\))?`", cell.source)) & (further - core)):
                yield f"`{first}` speaks of `{name}`, which is defined in what is Further: leave it out"


def guesses(notebook):
    """Return from what is guessed, with … for the guess, to where it is asked for and where it comes back.

    >>> from nbformat.v4 import new_markdown_cell, new_notebook
    >>> cells = [new_markdown_cell(f"> {line} days") for line in ("Your guess: `1` `9`", "You guessed: …")]
    >>> guesses(new_notebook(cells=cells))
    {'… days': {'Your guess': [(0, ['1', '9'])], 'You guessed': [(1, [])]}}
    """
    found = {}
    for number, cell in enumerate(notebook.cells):
        for verb, line in GUESS.findall(cell.source if cell.cell_type == "markdown" else ""):
            what = re.sub(r"…(\s*…)*", "…", OPTION.sub("…", line)).strip()
            places = found.setdefault(what, {"Your guess": [], "You guessed": []})
            places[verb].append((number, OPTION.findall(line)))
    return found


def guess_problems(notebook):
    """Every guess that is asked for comes back, once, after something was measured."""
    for what, places in guesses(notebook).items():
        asked, back = places["Your guess"], places["You guessed"]
        if len(asked) != 1 or len(back) != 1:
            yield (
                f"asks for the guess {what!r} {len(asked)} times and brings it back {len(back)} times: "
                f"write one line `> Your guess: …` and, where it is measured, one `> You guessed: {what}`"
            )
            continue
        ((question, options),), ((answer, chosen),) = asked, back
        if what.count("…") != 1 or chosen or len(options) == 1 or len(set(options)) < len(options):
            yield (
                f"has no place for the guess {what!r}: one … for what is written, or two options or more, "
                "in backticks and side by side; and one … where it comes back"
            )
        if not any(cell.cell_type == "code" for cell in notebook.cells[question:answer]):
            yield f"brings the guess {what!r} back before anything was measured"


def names(source):
    r"""Return the names that a cell defines, those it imports, and those of other cells that it uses.

    >>> defined, imported, used = names("import a.b\ndef f(x):\n    return x + y\nz = [f(q) for q in w]")
    >>> sorted(defined), sorted(imported), sorted(used)
    (['f', 'z'], ['a'], ['w', 'y'])
    """
    tables = [symtable.symtable(source, "cell", "exec")]
    symbols = tables[0].get_symbols()
    defined = {each.get_name() for each in symbols if each.is_assigned()}
    imported = {each.get_name() for each in symbols if each.is_imported()}
    used = {each.get_name() for each in symbols if each.is_referenced()}
    while tables:
        table = tables.pop()
        tables += table.get_children()
        used |= {each.get_name() for each in table.get_symbols() if each.is_global() and each.is_referenced()}
    return defined - imported, imported, used - defined - imported


def import_problems(notebook):
    """Imports are nothing to read."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and not lesson.is_folded(cell):
            statements = ast.parse(cell.source).body
            if statements and all(isinstance(each, ast.Import | ast.ImportFrom) for each in statements):
                first = cell.source.partition("\n")[0][:60]
                yield f"`{first}` only imports, in open code: fold it under the name `# Imports`"


def link_problems(notebook):
    """Links between notebooks lead somewhere, and the last words lead to the next notebook."""
    known = {path.stem for path in SOURCE.glob("*.md")}
    whole = "\n\n".join(cell.source for cell in texts(notebook))
    for target, stem in LINK.findall(whole):
        if stem not in known:
            yield f"links to {target}, and there is no such notebook"
    number = re.search(r"^# (\d\d) ", whole, re.M)[1]
    is_last = number >= max(known)[:2]
    found = NEXT.search(whole)
    link = found and NEXT_LINK.match(found[1])
    if not is_last and not found:
        yield "does not say what comes next: end with `**Next:** [NN Title](NN_name.ipynb): a question`"
    elif not is_last and not link:
        yield f"`**Next:** {found[1][:40]}` leads nowhere: write `[NN Title](NN_name.ipynb): a question`"
    elif link and link[1] != link[3]:
        yield f"`**Next:**` says {link[1]} and leads to {link[3]}"
