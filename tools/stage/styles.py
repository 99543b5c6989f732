"""How JupyterLab shows a notebook and its cells while they are presented: what their metadata tells it."""

import json
import re
from pathlib import Path

KEY = "@deathbeds/jupyterlab-fonts"
"""Metadata that `jupyterlab-slideshow` reads."""
TEXT, CODE = 28, 20  # pixels
_PRESENTING = "body[data-jp-deck-mode='presenting'] &"
_TITLE = f"{_PRESENTING}::before"


def rules(css):
    """Return the rules of simple CSS, from selector to declarations.

    >>> rules("/* red, or not */ & b { color: red; margin: 0 1px } i { top: 0; }")
    {'& b': {'color': 'red', 'margin': '0 1px'}, 'i': {'top': '0'}}
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    found = {}
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        lines = (line.strip() for line in body.split(";") if line.strip())
        found[selector.strip()] = dict(re.split(r":\s*", line, maxsplit=1) for line in lines)
    return found


def of_notebook():
    """Return the metadata under `KEY` of every notebook: the rules of `live.css`, for a deck alone."""
    css = (Path(__file__).parent / "live.css").read_text(encoding="utf-8")
    found = {
        _PRESENTING if selector == "&" else f"{_PRESENTING} {selector}": declarations
        for selector, declarations in rules(css).items()
    }
    return {"styles": {":root": found}}


def of_cell(title="", zoom=1.0, *, small_table=False, scale=1.0):
    """Return the metadata under `KEY` of a cell.

    Args:
        title: what its slide belongs to, if it has no heading.
        zoom: how many times its pictures are enlarged.
        small_table: whether its table is set in smaller words.
        scale: how many times its words are enlarged.
    """
    found = {_TITLE: {"content": json.dumps(title, ensure_ascii=False)}} if title else {}
    if zoom != 1.0:
        found[f"{_PRESENTING} img"] = {"zoom": f"{zoom:.2f}", "max-height": "none"}
        found[f"{_PRESENTING} .bob-screen"] = {"zoom": f"{zoom:.2f}"}
    if scale != 1.0:
        sizes = {"--jp-content-font-size1": TEXT, "--jp-code-font-size": CODE}
        found[_PRESENTING] = {name: f"{scale * size:.3g}px" for name, size in sizes.items()}
    if small_table:
        found[f"{_PRESENTING} .jp-RenderedHTMLCommon table"] = {"font-size": "20px", "line-height": "1.25"}
        found[f"{_PRESENTING} .jp-RenderedHTMLCommon td"] = {"line-height": "1.25", "padding": "1px 10px"}
    return {"styles": {":root": found}} if found else {}


def joined(first, second):
    """Return the metadata under `KEY` of a cell to which both apply; each may be empty."""
    rules = [each.get("styles", {}).get(":root", {}) for each in (first, second)]
    return {"styles": {":root": rules[0] | rules[1]}}


def rules_of(cell):
    """Return the rules of a cell, from selector to declarations."""
    return cell.metadata.get(KEY, {}).get("styles", {}).get(":root", {})


def title_of(cell):
    """Return what the slide that a cell begins belongs to, "" if it has a heading."""
    return json.loads(rules_of(cell).get(_TITLE, {}).get("content", '""'))


def of_deck(cell):
    """Return the CSS of a cell in a deck that is no notebook any more."""
    place = f'[id="cell-id={cell.id}"]'
    return "".join(
        f"{selector.replace(_PRESENTING, place)} {{ {'; '.join(map(': '.join, rule.items()))} }}\n"
        for selector, rule in rules_of(cell).items()
    )
