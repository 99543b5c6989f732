"""Each rule for lessons notices what breaks it, and lets good lessons pass."""

import nbformat
import pytest

from tests.notebooks.cells import shown
from tools.notebooks import course_rules, rules

PICTURE = shown("text/html", '<img src="data:image/gif;base64,AA==" alt="Bob">')
FOLDED = {"jupyter": {"source_hidden": True}}
FURTHER = {"tags": ["further"]}
TOP = "# 01 X\n\n**Why?**\n\n"
GOALS = "After this notebook you can\n\n- **run** it.\n\nAbout 5 minutes."
NEXT = "## Recap\n\n**Next:** [02 Y](02_y.ipynb): why?"


@pytest.fixture(autouse=True)
def _course_of_two_notebooks(tmp_path, monkeypatch):
    (tmp_path / "01_x.md").touch()
    (tmp_path / "02_y.md").touch()
    monkeypatch.setattr(course_rules, "SOURCE", tmp_path)


def text(source, **metadata):
    return nbformat.v4.new_markdown_cell(source, metadata=metadata)


def code(source, outputs=(), **metadata):
    outputs = nbformat.from_dict(list(outputs))
    return nbformat.v4.new_code_cell(source, execution_count=1, outputs=outputs, metadata=metadata)


def lesson_of(*middle, top=TOP, first=None, goals=GOALS, end=NEXT):
    first = code("show.picture(bob)", [PICTURE]) if first is None else first
    return nbformat.v4.new_notebook(cells=[text(top), first, text(goals), *middle, text(end)])


ASKED, BACK = "> Your guess: `1` `9` days", "> You guessed: … days"
GOOD = lesson_of(
    text(f"{ASKED}\n>\n> Your guess: he …"),
    code("# Imports\nimport numpy as np", **FOLDED),
    code("x = np.ones(3)\ndef f():\n    return x"),
    text("## Further: a detour", **FURTHER),
    code("import numpy as np\ny, own = x + 1, 2\nprint(y)", **FURTHER),
    code("own + y", **FURTHER),
    text("Here `y` is spoken of.", **FURTHER),
    text(f"{BACK}\n\n> You guessed: he …", **FURTHER),
    text("## Two\n\n[02](02_y.ipynb) and [there](https://example.org/03_no.ipynb), `x`, `other`."),
    code("f()\ny = 3\nprint(x + y, [own for own in x])"),
    code("y"),
    goals=GOALS.replace("5 minutes.", "5 minutes, and 5 more for what is marked *Further*."),
)
BROKEN = {
    "the core takes": lesson_of(text("word " * 7000), goals=GOALS.replace("5", "45")),
    "write `About 10 minutes.`": lesson_of(text("word " * 1500)),
    "expected `# NN Title`, a bold question": lesson_of(top="# 01 X\n\n"),
    "shows nothing before its goals": lesson_of(first=code("1 + 1", [shown("text/html", "<b>2</b>")])),
    "has no goals": lesson_of(goals="About 5 minutes."),
    "only imports, in open code": lesson_of(code("import numpy\nfrom a import (\n    b\n)")),
    "'Further reading' is no section of its own": lesson_of(text("## Further reading")),
    "'Further: y' is no section of its own": lesson_of(text("## A\n\n### Further: y")),
    "`f(y)` uses `y`, which a cell that is Further defines": lesson_of(
        code("y = 1", **FURTHER), code("f(y)")
    ),
    "uses `y`, which a cell that is Further sets anew": lesson_of(
        code("y = 1"), code("for y in (1, 2): pass", **FURTHER), code("print(y)")
    ),
    "uses `g`, which a cell that is Further defines": lesson_of(
        code("def g(): return 1", **FURTHER),
        code("class C:\n    def f(self):\n        return [g() for x in y]"),
    ),
    "uses `os`, which a cell that is Further defines": lesson_of(
        code("import os\n1", **FURTHER), code("os.sep")
    ),
    "speaks of `y`, which is defined in what is Further": lesson_of(
        code("y = 1", **FURTHER), text("So `y` is.")
    ),
    "'… days' 1 times and brings it back 0 times": lesson_of(text(ASKED)),
    "'… days' 0 times and brings it back 1 times": lesson_of(text(BACK)),
    "'… days' 2 times and brings it back 1 times": lesson_of(text(ASKED), text(ASKED), code("1"), text(BACK)),
    "'… day' 0 times and brings": lesson_of(text(ASKED), code("1"), text(f"{BACK}\n\n> You guessed: … day")),
    "no place for the guess 'it'": lesson_of(text("> Your guess: it"), code("1"), text("> You guessed: it")),
    "no place for the guess '… or …'": lesson_of(
        text("> Your guess: `1` or `2`"), code("1"), text("> You guessed: … or …")
    ),
    "has no place for the guess '… days'": lesson_of(
        text("> Your guess: `1` `1` days"), code("1"), text(BACK)
    ),
    "place for the guess '… days'": lesson_of(text("> Your guess: `1` days"), code("1"), text(BACK)),
    "for the guess '… days'": lesson_of(text(ASKED), code("1"), text("> You guessed: `1` days")),
    "back before anything was measured": lesson_of(text(f"{ASKED}\n\n{BACK}")),
    "links to 03_z.ipynb": lesson_of(text("See [03](03_z.ipynb#part).")),
    "does not say what comes next": lesson_of(end="## Recap"),
    "leads nowhere": lesson_of(end="**Next:** `02_y`: why?"),
    "says 02 and leads to 01": lesson_of(end="**Next:** [02 Y](01_x.ipynb): why?"),
}


@pytest.mark.parametrize("message", BROKEN)
def test_rule_notices(message):
    (found,) = rules.problems(BROKEN[message])
    assert message in found


def test_rules_let_a_good_lesson_pass():
    assert rules.problems(GOOD) == []


@pytest.mark.parametrize(
    "first", [code("play(env)", tags=["widget", rules.IGNORE], not_compared="moves"), text("![Bob](bob.png)")]
)
def test_a_lesson_may_begin_with_a_control_or_a_picture_in_its_text(first):
    assert rules.problems(lesson_of(first=first)) == []


def test_the_last_notebook_need_not_say_what_comes_next():
    assert rules.problems(lesson_of(top=TOP.replace("01", "02"), end="## Recap")) == []


def test_a_notebook_that_is_no_lesson_has_no_length():
    assert course_rules.problems(nbformat.v4.new_notebook(cells=[text("# Trial")])) == []
