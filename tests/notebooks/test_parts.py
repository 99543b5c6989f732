"""Sections that are Further, claims, and the glossary's link, as the builder marks them."""

import pytest

from tools.notebooks import build, parts

SOURCE = """\
# 01 Trial

About 5 minutes. You need
nothing.

## One

words

## Two

more

## Further: a detour

### A part of it

```{code-cell} ipython3
x = 1
```

far

## Three

near

## Four

```{code-cell} ipython3
:tags: [claim]

# The claim: one is one.
assert 1 == 1
```

+++

## Further: an end

## Further: another
"""


@pytest.fixture
def notebook(tmp_path):
    source = tmp_path / "01_trial.md"
    source.write_text(SOURCE, encoding="utf-8")
    return build.read_source(source)


def tagged(notebook):
    return {cell.source: "further" in cell.metadata.get("tags", []) for cell in notebook.cells}


def test_every_cell_of_a_further_section_has_the_tag_and_no_other(notebook):
    assert tagged(notebook) == {
        "# 01 Trial\n\nAbout 5 minutes. You need\nnothing. "
        "Words are explained in the [glossary](GLOSSARY.md).\n\n## One\n\nwords\n\n## Two\n\nmore": False,
        "## Further: a detour": True,
        "### A part of it": True,
        "x = 1": True,
        "far": True,
        "## Three\n\nnear\n\n## Four": False,
        "# The claim: one is one.\nassert 1 == 1": False,
        "## Further: an end": True,
        "## Further: another": True,
    }


def test_a_further_section_is_folded_at_its_heading_and_nothing_else_is(notebook):
    build.mark_slides(notebook)
    folded = [cell.source for cell in notebook.cells if cell.metadata.get(parts.COLLAPSED)]
    assert folded == ["## Further: a detour", "## Further: an end", "## Further: another"]


def test_claims_are_folded(notebook):
    folded = [cell.source for cell in notebook.cells if cell.metadata.get("jupyter", {}).get("source_hidden")]
    assert folded == ["# The claim: one is one.\nassert 1 == 1"]


def test_a_heading_inside_code_begins_no_section(tmp_path):
    source = tmp_path / "01_trial.md"
    source.write_text("# T\n\n```\n## Further: no\n```\n\nwords\n", encoding="utf-8")
    assert set(tagged(build.read_source(source)).values()) == {False}


def test_glossary_is_linked_below_the_minutes_where_there_is_one(tmp_path, monkeypatch):
    source = tmp_path / "01_trial.md"
    source.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(parts, "GLOSSARY", tmp_path / "GLOSSARY.md")
    line = "nothing. Words are explained in the [glossary](GLOSSARY.md).\n\n## One"
    assert "nothing.\n\n## One" in build.read_source(source).cells[0].source
    parts.GLOSSARY.touch()
    first, *others = build.read_source(source).cells
    assert line in first.source
    assert not any("GLOSSARY" in cell.source for cell in others)
