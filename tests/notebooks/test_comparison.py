"""Outputs of a run are compared with those stored as nbval does it."""

import copy

import nbformat
import pytest

from tests.notebooks.cells import code, said, shown
from tests.notebooks.nbval import differences
from tests.notebooks.test_rules import IGNORE
from tools.notebooks import rules

PICTURE = '<img src="data:image/gif;base64,{}" alt="Bob">'
CONTROL = {"output_type": "display_data", "data": {"text/plain": "x", rules.WIDGET: {}}, "metadata": {}}
ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}


@pytest.fixture
def compare(tmp_path, request):
    """A function that compares a stored notebook with another of its runs."""

    def found(stored, ran):
        nbformat.write(stored, tmp_path / "trial.ipynb")
        return list(differences(tmp_path / "trial.ipynb", copy.deepcopy(ran), request.session))

    return found


@pytest.mark.parametrize(
    ("stored", "ran"),
    [
        ([said("17 steps in 3.0 s\n")], [said("17 steps"), said(" in 0.2 s\n")]),
        ([shown("text/html", PICTURE.format("AAAA"))], [shown("text/html", PICTURE.format("AABB"))]),
        (
            [shown("text/plain", "x")],
            [{**shown("text/plain", "x"), "data": {"text/plain": "x", rules.WIDGET: {}}}],
        ),
        ([], []),
    ],
)
def test_times_bytes_of_pictures_and_ids_of_controls_may_differ(stored, ran, compare):
    assert compare(code(outputs=stored), code(outputs=ran)) == []


@pytest.mark.parametrize(
    ("stored", "ran", "reason"),
    [
        ([said("17\n")], [said("18\n")], "other outputs than stored"),
        ([said("17\n")], [], "other outputs than stored"),
        ([], [said("Warning\n", "stderr")], "other outputs than stored"),
        ([shown("text/html", PICTURE)], [shown("text/html", PICTURE.replace("Bob", "Al"))], "other outputs"),
        (
            [said("a\n"), shown("text/plain", "1")],
            [said("a\n")] + [shown("text/plain", "1")] * 2,
            "other outputs",
        ),
        ([said("17\n")], [said("17\n"), ERROR], "ValueError: no"),
    ],
)
def test_anything_else_is_a_difference_and_its_cell_is_named(stored, ran, reason, compare):
    (found,) = compare(code("f(x)", stored), code("f(x)", ran))
    assert found.startswith(f"trial, code cell 1 (`f(x)`): {reason}")


def test_cell_that_may_vary_must_run_and_must_not_fail(compare):
    stored = code(outputs=[said("1")], tags=[IGNORE])
    assert compare(stored, code(outputs=[said("2")])) == []
    assert "did not run" in compare(stored, code(outputs=[said("2")], count=None))[0]
    assert "ValueError" in compare(stored, code(outputs=[ERROR]))[0]


def test_nothing_is_said_of_cells_after_one_that_failed(compare):
    stored, ran = code("f(x)", [said("1")]), code("f(x)", [ERROR])
    stored.cells.append(nbformat.v4.new_code_cell("g(x)", execution_count=2, outputs=[said_node("2")]))
    ran.cells.append(nbformat.v4.new_code_cell("g(x)"))
    assert len(compare(stored, ran)) == 1


def said_node(text):
    return nbformat.from_dict(said(text))
