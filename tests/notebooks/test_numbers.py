"""Numbers are written in one way wherever somebody reads them: 10,000 and −0.5."""

import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from tools.notebooks.build import BUILT, ROOT

NOTEBOOKS = sorted(BUILT.glob("[0-9][0-9]_*.ipynb"))
TEXTS = [ROOT / "README.md", *sorted((ROOT / "notebooks" / "instructors").glob("*.md"))]
# Code, formulas, addresses and HTML are no prose.
NO_PROSE = re.compile(
    r"```.*?```|<!--.*?-->|(`+)[^`].*?\1|\$\$.*?\$\$|\$[^$\n]*\$|\]\([^)]*\)|https?://\S+|<[^>]*>", re.DOTALL
)
HYPHEN = r"(?<![\w.,−–/*)-])-(?=\.?\d)"
NO_COMMA = r"(?<![\d.,:/\w#-])(?<!× )\d{4,}(?!\d*[.:]\d{3}|\d*\w| ×)"  # sizes, as 1280 × 720, have none
GAP = r"\d[\u00a0\u2009\u202f]\d{3}\b"
YEAR = re.compile(r"(19|20)\d\d")
ODD = re.compile(f"{HYPHEN}|{NO_COMMA}|{GAP}")


def odd_numbers(text, *, years=True):
    """Return numbers with a hyphen for a minus sign or without a comma for thousands, each in its place."""
    return [
        text[max(0, found.start() - 30) : found.end() + 15]
        for found in ODD.finditer(text)
        if not (YEAR.fullmatch(found[0]) and (years or text[found.start() - 1] == "("))
    ]


def prose(markdown):
    return NO_PROSE.sub(" ", markdown)


def shown(output):
    """Return what a reader gets to see or to hear of an output; what Python prints is Python's own way."""
    data = output.get("data", {})
    if "text/html" not in data:
        return prose(data.get("text/markdown", ""))
    page = BeautifulSoup(data["text/html"], "html.parser")
    for code in page.find_all(["code", "pre", "style", "script"]):
        code.decompose()
    words = [image.get("alt", "") for image in page.find_all("img")]
    return "\n".join([*page.stripped_strings, *words])


@pytest.mark.parametrize(
    ("text", "n_odd"),
    [
        ("−0.5 of 10,000, in 2015, 0.0003, 1e-05, CliffWalking-v1 500, 3-4, 12:3000, 1280 × 1024", 0),
        ("a return of -0.5", 1),
        ("(-3, -.5)", 2),
        ("12000 steps, 1500 and 3000", 3),
        ("1\u202f000 agents", 1),
        (prose("`-0.5` and $x = -3000$, [one](05-2000.md) and ``a - 1000``"), 0),
    ],
)
def test_an_odd_number_is_found(text, n_odd):
    assert len(odd_numbers(text)) == n_odd


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_write_numbers_in_one_way(path):
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    outputs = [shown(output) for cell in cells for output in cell.get("outputs", [])]
    assert [odd for text in texts for odd in odd_numbers(prose(text))] == []
    assert [odd for text in outputs for odd in odd_numbers(text, years=False)] == []


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: Path(path).stem)
def test_texts_write_numbers_in_one_way(path):
    assert odd_numbers(prose(path.read_text(encoding="utf-8"))) == []
