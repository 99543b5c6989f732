"""Each rule for notebooks notices what breaks it, and lets good notebooks pass."""

import pytest

from tests.notebooks.cells import code, said, shown, text_cells
from tools.notebooks import rules

IGNORE = rules.IGNORE
FOLDED = {"jupyter": {"source_hidden": True}}
BROKEN = {
    "first heading must be the title": text_cells("## Part"),
    "second title": text_cells("# One", "# Two"),
    "level 4 after level 2": text_cells("# One\n\n## Two", "#### Four"),
    "picture has no alt text": text_cells("# One\n\n![](bob.png)"),
    "<img> has no alt text": text_cells('# One\n\n<img src="bob.png" alt="">'),
    "13 lines, open": code("1\n" * 13),
    "asserts in open code": code("def f(x):\n    assert x"),
    "26 lines, folded": code("# Drawing\n" + "1\n" * 25, **FOLDED),
    "has no name": code("x = 1  # no name", **FOLDED),
    "does not say which": code("# It is so.\nassert 1", tags=["claim"]),
    "asserts nothing": code("# The claim: it is so.\n1", tags=["claim"]),
    "shows something": code("# The claim: it is so.\nassert 1", [said("so")], tags=["claim"]),
    "give it the tag `claim`": code("# The claim: it is so.\nassert 1", **FOLDED),
    "has not run": code(count=None),
    "NBVAL comment": code("# NBVAL_IGNORE_OUTPUT\n1"),
    "every cell runs": code(tags=["nbval-skip"]),
    "none may fail": code(tags=["raises-exception"]),
    "do not fit together": code(tags=[IGNORE], not_compared="a reason"),
    "does not say why": code(tags=["varies", IGNORE]),
    "fails with ValueError": code(
        outputs=[{"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}]
    ),
    "writes to stderr": code(outputs=[said("UserWarning: hm", "stderr")]),
    "bare picture": code(outputs=[shown("image/png", "AAAA")]),
    "stores a control": code(outputs=[shown(rules.WIDGET, {"model_id": "1"})]),
    "`<img>` in an output: <img> has no alt text": code(
        outputs=[shown("text/html", '<img src="data:image/gif;base64,AA==">')]
    ),
    "<svg>": code(outputs=[shown("text/html", '<svg width="3"><path d=""/></svg>')]),
    "path of this machine": code(outputs=[said("saved to /home/bob/film.gif")]),
    "prints a path": code(outputs=[said(f"saved to {rules.ROOT}")]),
    "address in memory": code(outputs=[shown("text/plain", "<object at 0x7f00c0ffee>")]),
}


@pytest.mark.parametrize("message", BROKEN)
def test_rule_notices(message):
    (found,) = rules.problems(BROKEN[message])
    assert message.rpartition(": ")[2] in found


def test_rule_notices_a_large_file():
    assert "2,000,001 bytes" in rules.problems(text_cells("# One"), 2_000_001)[0]


def test_rules_let_good_notebooks_pass():
    assert rules.problems(text_cells("# One\n\n## Two\n\n```\n# no heading\n```", "### Three")) == []
    assert rules.problems(code("# The claim: 1.\n" + "assert 1\n" * 24, tags=["claim"])) == []
    assert rules.problems(code("# Drawing: lines\n" + "assert 1\n" * 24, **FOLDED)) == []
    assert rules.problems(code("1\n" * 12, [said("9 / 10 a/tmp/b https://example.org/home/")])) == []
    picture = '<img src="data:image/gif;base64,/home/AAtmp/home/==" alt="Bob asleep">'
    assert rules.problems(code(outputs=[shown("text/html", picture)]), 2_000_000) == []
    assert rules.problems(code(tags=["varies", IGNORE], not_compared="time")) == []
