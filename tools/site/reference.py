"""Writes the pages of the API reference from the package's folders: one page a folder, one part a module."""

import ast
from pathlib import Path

LIST = ".. toctree::\n   :hidden:\n\n{names}\n"
MODULE = ".. automodule:: {name}\n   :members:\n   :show-inheritance:\n"


def pages(package):
    """Return the reference of a package and of all packages in it.

    Args:
        package: its folder.

    Returns:
        From the name of each page, such as "rl_helpers.agents", to its reStructuredText; "index" lists them.
    """
    folders = [package, *sorted(path.parent for path in package.rglob("*/__init__.py"))]
    named = {_name(folder, package): folder for folder in folders}
    lines = [f"* :doc:`{name}`: {first_line(folder / '__init__.py')}" for name, folder in named.items()]
    short = {name: name.removeprefix(f"{package.name}.") for name in named}
    contents = LIST.format(names="\n".join(f"   {words} <{name}>" for name, words in short.items()))
    index = [_title("Reference"), "What each room of the package holds, from its docstrings.\n", *lines, ""]
    return {"index": "\n".join([*index, contents])} | {
        name: _page(name, folder) for name, folder in named.items()
    }


def first_line(path):
    """Return the first line of a module's docstring, without executing it."""
    docstring = ast.get_docstring(ast.parse(Path(path).read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


def _name(folder, package):
    return ".".join([package.name, *folder.relative_to(package).parts])


def _page(name, folder):
    modules = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    # What a package imports from its modules is described there; what it defines itself, here.
    parts = [_title(name), MODULE.format(name=name) + "   :ignore-module-all:\n"]
    for module in modules:
        parts += [_title(module, "-"), MODULE.format(name=f"{name}.{module}")]
    return "\n".join(parts)


def _title(words, line="="):
    return f"{words}\n{line * len(words)}\n"
