"""`make bench`: measures speeds, sizes and memory that the README quotes, and prints them as a table."""

import importlib
import sys

MODULES = ("any_world", "deep", "films", "learning", "many", "notebooks", "widgets", "worlds")
"""What is measured, each by the `measure` of a module of this folder."""

HEADER = ("figure", "measured", "aim", "")


def table(figures):
    """Return figures as a Markdown table.

    >>> from tools.bench.figures import Figure
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
    for name in names or MODULES:
        print(f"{name} …", file=sys.stderr, flush=True)
        figures += importlib.import_module(f"tools.bench.{name}").measure()
    print(table(figures))
    return 0 if all(figure.reached for figure in figures) else 1
