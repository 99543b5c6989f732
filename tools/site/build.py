"""Builds the web site: `make site` writes `notebooks/output/site/html`, to be opened or put on any server.

What the site shows is what the repository holds: notebooks with their stored outputs, texts, docstrings. They
are first copied to one folder, in the places that they have here, so that the links between them hold.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from rl_helpers.notebook.paths import OUTPUT
from tools.downloads import MATHJAX, fetch
from tools.notebooks.rules import SLIDER
from tools.site import reference

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SITE = OUTPUT / "site"
TEXTS = ("INSTRUCTORS.md", "CONTRIBUTING.md", "CHANGELOG.md")
QUIZ = "jupyter/share/jupyter/labextensions/bob-quiz/static/remoteEntry.js"
WIDGETS = "rl_helpers/widgets"
EXPORT, FOR_ALL = "export default { render };", "window.bobSlider = { render };"
GLOSSARY = "notebooks/GLOSSARY.md"
SECTIONS = ("The notebooks",)  # of the README, beside its introduction
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#]+)((?:#[^)\s]*)?)\)")
CONTENTS = """
```{{toctree}}
:hidden:
:caption: {caption}

{names}
```
"""


def repository(root=ROOT):
    """Return the repository on GitHub that the README's Binder link names; None before it is set.

    >>> repository() is None or "/" in repository()
    True
    """
    found = re.search(r"mybinder\.org/v2/gh/([^/\s]+/[^/\s]+)/", (root / "README.md").read_text("utf-8"))
    return found[1] if found and found[1] != "OWNER/REPO" else None


def front_page(readme, notebooks):
    """Return the site's first page: the README's introduction and table of notebooks, and all contents.

    Args:
        readme: its text.
        notebooks: their names, in teaching order.

    Raises:
        ValueError: if the README lacks a section that belongs here.
    """
    head, *sections = re.split(r"^(?=## )", readme, flags=re.MULTILINE)
    # Badges are pictures on other servers, and comments are for those who edit.
    kept = [re.sub(r"^(\[!\[.*|<!--.*-->)\n", "", head, flags=re.MULTILINE)]
    for title in SECTIONS:
        found = [section for section in sections if section.startswith(f"## {title}\n")]
        if not found:
            raise ValueError(f"README.md has no section '## {title}', which the site's first page shows")
        kept += found
    texts = [Path(name).stem for name in TEXTS]
    pages = [f"notebooks/{name}" for name in (*notebooks, Path(GLOSSARY).stem)]
    contents = [("Notebooks", pages), ("More", [*texts, "api/index"])]
    return "".join(kept) + "".join(
        CONTENTS.format(caption=caption, names="\n".join(names)) for caption, names in contents
    )


def page_of(notebook):
    """Return a built notebook, as JSON, as the site shows it: folded code stays folded, under its name."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text/html" in data:
                text = re.sub(r'(<a href="\d\d_\w+)\.ipynb"', r'\1.html"', "".join(data["text/html"]))
                data["text/html"] = with_slider(text, data.pop(SLIDER, None))
        metadata = cell["metadata"]
        if metadata.get("jupyter", {}).get("source_hidden"):
            metadata["tags"] = [*metadata.get("tags", []), "hide-input"]
            name = re.match(r"# (.+?)\.?$", "".join(cell["source"]), re.M)
            if name:
                metadata["mystnb"] = {f"code_prompt_{what}": name[1] for what in ("show", "hide")}
    return notebook


def with_slider(markup, state):
    """Return a control's static HTML with what `site.js` makes a slider of, if there is anything."""
    if state is None:
        return markup
    told = json.dumps(state, ensure_ascii=False).replace("</", r"<\/")
    return f'<div>{markup}<script type="application/json" class="bob-slider-state">{told}</script></div>'


def linked(text, known, root=ROOT):
    """Make a text's relative links work on the site.

    Args:
        text: Markdown.
        known: names of the files that are pages there.
        root: what links are relative to.

    Returns:
        The text, where links to folders and to what is not there are words; and the files that are linked to
        and are no pages.
    """
    files = set()

    def change(match):
        mark, words, target, _ = match.groups()
        if re.match(r"[a-z]+:", target):
            return match[0]
        if target == "README.md":  # the front page has its introduction, and not all of its sections
            return f"{mark}[{words}](index.md)"
        if target in known:
            return match[0]
        if (root / target).is_file():
            files.add(target)
            return match[0]
        return words

    return LINK.sub(change, text), files


def sources(notebooks, root=ROOT):
    """Return the site's sources.

    Args:
        notebooks: paths of built notebooks, in teaching order.
        root: the repository.

    Returns:
        From the name of each file to its content, bytes.
    """
    notebooks = list(notebooks)
    texts = {name: (root / name).read_text(encoding="utf-8") for name in TEXTS}
    texts["index.md"] = front_page(
        (root / "README.md").read_text(encoding="utf-8"), [path.stem for path in notebooks]
    )
    pages = {f"notebooks/{path.name}" for path in notebooks}
    made = {GLOSSARY: (root / GLOSSARY).read_bytes()}
    for name, text in texts.items():
        text, files = linked(text, pages | {GLOSSARY, *texts}, root)
        made[name] = text.encode()
        made |= {file: (root / file).read_bytes() for file in files}
    for path in notebooks:
        notebook = page_of(json.loads(path.read_text(encoding="utf-8")))
        made[f"notebooks/{path.name}"] = json.dumps(notebook, ensure_ascii=False).encode()
    for name, text in reference.pages(root / "rl_helpers").items():
        made[f"api/{name}.rst"] = text.encode()
    made["conf.py"] = (HERE / "conf.py").read_bytes()
    for name in ("site.css", "site.js"):
        made[f"_static/{name}"] = (HERE / name).read_bytes()
    made["_static/quiz.js"] = (root / QUIZ).read_bytes()
    # No module: a page that is opened as a file may load none.
    module = (root / WIDGETS / "slider.js").read_text(encoding="utf-8")
    made["_static/slider.js"] = f"{{\n{module.replace(EXPORT, FOR_ALL)}}}\n".encode()
    made["_static/widgets.css"] = (root / WIDGETS / "widgets.css").read_bytes()
    for name, text in fetch(MATHJAX).items():
        made[f"_static/{Path(name).name}"] = text.encode()
    return made


def place(files, folder):
    """Write files into a folder and take out what is not among them; what is the same keeps its time."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)


def build(notebooks, folder=SITE):
    """Build the site; a warning of Sphinx is an error.

    Args:
        notebooks: paths of built notebooks, in teaching order.
        folder: where to.

    Returns:
        Sphinx's exit status.
    """
    place(sources(notebooks), folder / "source")
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-d", folder / "doctrees", "-j", "auto"]
    strict = ["--fail-on-warning", "--keep-going", "--quiet"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    return subprocess.run(
        [*command, *strict, folder / "source", folder / "html"], env=environment, check=False
    ).returncode


def main(arguments=None):
    """Build the site of all notebooks; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.site", description=__doc__.splitlines()[0])
    parser.parse_args(arguments)
    try:
        status = build(sorted((ROOT / "notebooks").glob("[0-9][0-9]_*.ipynb")))
    except (ConnectionError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    if not status:
        size = sum(path.stat().st_size for path in (SITE / "html").rglob("*") if path.is_file()) / 1e6
        print(f"{(SITE / 'html' / 'index.html').relative_to(ROOT)}: {size:.1f} MB")
    return status
