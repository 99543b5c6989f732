"""`make bench`: measures every figure that the README quotes, and prints them as a table."""

import importlib
import pkgutil
import sys

import tools

HEADER = ("figure", "measured", "aim", "")


def modules():
    """Return the names of the modules that measure something: `tools/bench_*.py`."""
    names = (module.name for module in pkgutil.iter_modules(tools.__path__))
    return sorted(name for name in names if name.startswith("bench_"))


def table(figures):
    """Return figures as a Markdown table.

    >>> from tools.figures import Figure
    >>> print(table([Figure("frames a second", "9,000", "≥ 2,000", True)]))
    | figure          | measured | aim     |         |
    | :-------------- | :------- | :------ | :------ |
    | frames a second | 9,000    | ≥ 2,000 | reached |
    """
    rows = [HEADER]
    for name, measured, aim, reached in figures:
        rows.append((name, measured, aim, "reached" if reached else "missed"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    rows.insert(1, tuple(":" + "-" * (width - 1) for width in widths))
    lines = (" | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(f"| {line} |" for line in lines)


def main(*names):
    """Measure with the named modules, or with all; returns the exit status."""
    figures = []
    for name in names or modules():
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"tools.{name}").measure()
    print(table(figures))
    return 0 if all(figure.reached for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
