"""The map of the code: `python -m tools.code_map` writes README.md's table, and a list of all modules.

A part is a folder with Python files, or a module that stands alone. What is said of a part is the first line
of its docstring, what it reads are the parts that its modules import, and the module to begin with is the one
that its docstring names after "Start with". So the map says nothing that the code does not.
"""

import argparse
import ast
import re
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("tools", "rl_helpers")

LAYERS = (
    (
        "tools.bench",
        "tools.load",
        "tools.slides",
        "tools.site",
        "tools.deep_breakout",
        "tools.deep_q",
        "tools.cartpole",
        "tools.trials",
        "tools.level_proofs",
        "tools.policy_gradients",
        "tools.readme_film",
        "tools.super_bob",
    ),
    ("tools.notebooks", "tools.browser", "tools.lock", "tools.update", "tools.code_map", "tools.breakout"),
    ("tools.environment", "tools.downloads", "tools.answers", "tools.stage"),
    ("rl_helpers.exercises",),
    ("rl_helpers.widgets", "rl_helpers.breakout", "rl_helpers.pong"),
    ("rl_helpers.atari", "rl_helpers.super_bob"),
    ("rl_helpers.deep",),
    ("rl_helpers.training",),
    ("rl_helpers.fast",),
    ("rl_helpers.agents",),
    ("rl_helpers.exploration", "rl_helpers.planning", "rl_helpers.environments"),
    ("rl_helpers.gifs", "rl_helpers.plots"),
    ("rl_helpers.worlds", "rl_helpers.schedules", "rl_helpers.history"),
    ("rl_helpers.intervals",),
    ("rl_helpers.notebook", "rl_helpers.updates", "rl_helpers.arguments"),
)
"""From the top down: a part reads parts of layers below its own, and no other."""

BEGIN, END = "<!-- code map: made by `python -m tools.code_map` -->", "<!-- end of code map -->"


class Module(NamedTuple):
    """A Python file.

    Attributes:
        name: dotted, such as "rl_helpers.agents.sarsa"; a package's own is that of its folder.
        path: where it is.
        text: its source.
        is_package: whether it is the `__init__.py` of a folder.
    """

    name: str
    path: Path
    text: str
    is_package: bool

    @property
    def part(self):
        """The folder it stands in, dotted; a module that stands beside these folders is its own part."""
        folder = self.name if self.is_package else self.name.rpartition(".")[0]
        return self.name if folder in PACKAGES else folder

    @property
    def tree(self):
        """Its syntax tree."""
        return ast.parse(self.text)

    @property
    def first_line(self):
        """What it says of itself in one line."""
        return (ast.get_docstring(self.tree) or "").partition("\n")[0]


@cache
def modules(root=ROOT):
    """Return all modules by name."""
    found = {}
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            found[name] = Module(name, path, path.read_text(encoding="utf-8"), is_package)
    return found


def reads(module, known):
    """Return the names of the modules that a module imports, wherever in it: lazily is still upwards.

    >>> sorted(reads(modules()["rl_helpers.agents.sarsa"], modules()))[-1]
    'rl_helpers.updates'
    """
    found = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name in known}
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in known else node.module)
    return found - {module.name}


def layer_of(part):
    """Return the number of the layer, from the top, and the name that `LAYERS` has for it, or None."""
    for number, names in enumerate(LAYERS):
        for name in names:
            if part == name or part.startswith(f"{name}."):
                return number, name
    return None


def parts(known=None):
    """Return from each part to its modules, layer by layer from the top; `rl_helpers` itself is no part."""
    known = known or modules()
    found = {}
    for module in known.values():
        if module.name not in PACKAGES:
            found.setdefault(module.part, []).append(module)
    return dict(sorted(found.items(), key=lambda entry: (layer_of(entry[0]) or (99, ""), entry[0])))


def parts_read(part, known=None):
    """Return the parts that the modules of a part import, in the order of the layers."""
    known = known or modules()
    order = list(parts(known))
    found = {known[name].part for module in parts(known)[part] for name in reads(module, known)}
    return sorted((each for each in found - {part} if each in order), key=order.index)


def says(part, known=None):
    """Return the first line of a part's docstring, and the module to begin with or an empty text."""
    known = known or modules()
    start = re.search(r"Start with `([\w/]+\.py)`", ast.get_docstring(known[part].tree) or "")
    return known[part].first_line, start[1] if start else ""


def _link(part, known, *, base):
    path = known[part].path.parent if known[part].is_package else known[part].path
    target = path.relative_to(base).as_posix()
    return f"[`{target}{'/' if known[part].is_package else ''}`]({target})"


def _short(part):
    return part.removeprefix("rl_helpers.")


def table_of_parts(known=None):
    """Return the Markdown table of README.md: a line a part, from the top layer down."""
    known = known or modules()
    lines = ["| part | what lives there | start with | reads |", "| --- | --- | --- | --- |"]
    for part in parts(known):
        what, start = says(part, known)
        reading = ", ".join(f"`{_short(each)}`" for each in parts_read(part, known))
        link = (
            f"[`{Path(start).name}`]({known[part].path.parent.relative_to(ROOT).as_posix()}/{start})"
            if start
            else ""
        )
        lines.append(f"| {_link(part, known, base=ROOT)} | {what} | {link} | {reading} |")
    return "\n".join(lines)


def table_of_modules(package, known=None):
    """Return the text of a package's README: a line a module, part by part."""
    known = known or modules()
    folder = known[package].path.parent
    lines = [
        f"# `{package}`, module by module",
        "",
        "Made by `python -m tools.code_map` from the first lines of the modules. Which part reads which, and "
        "where to go for what, is in [README.md](../README.md#how-the-code-is-arranged).",
    ]
    for part, inside in parts(known).items():
        if not part.startswith(f"{package}."):
            continue
        lines += ["", f"**{_link(part, known, base=folder)}** {known[part].first_line}", ""]
        for module in inside:
            if module.name != part:
                target = module.path.relative_to(folder).as_posix()
                lines.append(f"- [`{module.path.name}`]({target}): {module.first_line}")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def texts(readme):
    """Return from each file that the map is written to, relative to the root, to its text.

    Args:
        readme: the present text of README.md, whose other parts stay.
    """
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md has no {BEGIN} … {END}: put the two lines where the map shall stand")
    found = {"README.md": f"{before}{BEGIN}\n{table_of_parts()}\n{END}{after}"}
    return found | {f"{package}/README.md": table_of_modules(package) for package in PACKAGES}


def main(arguments=None):
    """Write the map, or with `--check` tell whether it is as the code says; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.code_map", description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare")
    check = parser.parse_args(arguments).check
    status = 0
    for name, text in texts((ROOT / "README.md").read_text(encoding="utf-8")).items():
        path = ROOT / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        if check:
            print(f"{name} does not match the code: run `python -m tools.code_map`", file=sys.stderr)
            status = 1
        else:
            path.write_text(text, encoding="utf-8")
            print(f"{name} written")
    return status


if __name__ == "__main__":
    sys.exit(main())
