"""The glossary is what the notebooks define, and they use no term before they define it."""

import pytest

from tools.notebooks import glossary

FIRST = """---
kernelspec: {name: python3}
---

# 00 Start

**What is this?**

After this notebook you can

- **find** a widget, which is said before it is defined,

About 5 minutes.

+++

## Words

A **gadget** is a small thing. It is no *widget*. `2**3` and
`n ** 2` are **powers** of numbers (since 1637). **Right.** Is it?

| symbol | name |
| --- | --- |
| **γ** | discount, a number below 1 |

- **Taxis** carry policies: see below.
- The rest is **bold** and `code` says so. `code` may begin a sentence.

```python
**not_bold**
```

$$ **nor this** $$

**Next:** [01 More](01_more.ipynb): a widget?

## Quiz

**1. What is a sprocket?**

- a) A **sprocket**.
"""

SECOND = """# 01 More

**What else?**

## Widgets and more

A **widget** is what a gadget is made of.

## Further: policies

Two **policies** are better than one, and **gadgets** are old.

It is called a **dial**:

## Recap

- A **knob** is here.
"""


@pytest.fixture
def pieces(tmp_path):
    (tmp_path / "00_start.md").write_text(FIRST, encoding="utf-8")
    (tmp_path / "01_more.md").write_text(SECOND, encoding="utf-8")
    return glossary.blocks(tmp_path)


def test_terms_are_what_is_bold_in_the_text_with_their_sentences(pieces):
    found = {term.name: (term.sentence, term.title) for term in glossary.terms(pieces)}
    assert found == {
        "gadget": ("A gadget is a small thing.", "00 Start"),
        "powers": ("`2**3` and `n ** 2` are powers of numbers (since 1637).", "00 Start"),
        "γ": ("γ: discount, a number below 1", "00 Start"),
        "Taxis": ("Taxis carry policies: see below.", "00 Start"),
        "bold": ("The rest is bold and `code` says so.", "00 Start"),
        "widget": ("A widget is what a gadget is made of.", "01 More"),
        "policies": ("Two policies are better than one, and gadgets are old.", "01 More"),
        "gadgets": ("Two policies are better than one, and gadgets are old.", "01 More"),
        "dial": ("It is called a dial:", "01 More"),
    }


def test_glossary_is_in_order_and_links_each_notebook(pieces):
    text = glossary.glossary(pieces)
    entries = [line for line in text.splitlines() if line.startswith("- ")]
    names = [entry.split("**")[1] for entry in entries]
    assert names == ["bold", "dial", "gadget", "γ", "policies", "powers", "taxis", "widget"]
    assert "- **widget**: A widget is what a gadget is made of. ([01 More](01_more.ipynb))" in entries
    assert [line for line in text.splitlines() if line.startswith("## ")][:2] == ["## B", "## D"]


def test_a_term_is_defined_once_well_and_before_it_is_used(pieces):
    assert glossary.problems(pieces) == [
        "01_more: “gadgets” is defined in 00_start already: use italics",
        "01_more: “It is called a dial:” does not say what dial is",
        "00_start: “widget” is used before it is defined in 01_more: “A **gadget** is a small thing. It is "
        "no *widget*. `2**3` and `n ** 2` …”",
        "00_start: “policies” is used before it is defined in 01_more: “- **Taxis** carry policies: see "
        "below.…”",
    ]


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("time step", "Each time-step counts", True),
        ("policy", "two Policies", True),
        ("bias", "without bias.", True),
        ("model", "model-free", False),
        ("ε-greedy", "an ε-greedy agent", True),
        ("greedy", "an ε-greedy agent", False),
        ("return", "env.returned", False),
    ],
)
def test_a_term_is_found_in_any_case_and_number(term, text, found):
    assert bool(glossary.pattern(glossary.key(term)).search(text)) is found


def test_the_glossary_is_up_to_date():
    assert glossary.GLOSSARY.read_text(encoding="utf-8") == glossary.glossary()


@pytest.mark.parametrize("notebook", sorted(path.stem for path in glossary.SOURCES.glob("*.md")))
def test_terms_of_the_course_are_defined_once_and_used_only_afterwards(notebook):
    assert [problem for problem in glossary.problems() if problem.startswith(f"{notebook}:")] == []


def test_a_stale_glossary_is_noticed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(glossary, "GLOSSARY", tmp_path / "GLOSSARY.md")
    assert glossary.main(["--check"]) == 1
    assert "does not match its sources" in capsys.readouterr().err
    assert glossary.main([]) == 0
    assert glossary.main(["--check"]) == 0
