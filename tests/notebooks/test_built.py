"""The built notebooks are as their sources and the rules say."""

import pytest

from tests.notebooks.built import BUILT, by_name, read
from tools.environment import FIRST_NOTEBOOK
from tools.notebooks import build, course_rules, rules


def test_the_course_has_notebooks_and_begins_where_make_lab_opens_it():
    assert BUILT
    assert BUILT[0].name == FIRST_NOTEBOOK


@by_name
def test_notebook_keeps_the_rules(path):
    assert rules.problems(read(path), path.stat().st_size) == []


def test_every_notebook_asks_for_a_guess_and_no_two_for_the_same():
    guesses = [list(course_rules.guesses(read(path))) for path in BUILT]
    assert all(guesses)
    kept = [each for some in guesses for each in some]  # The browser knows a guess by its words alone.
    assert len(set(kept)) == len(kept)


@pytest.mark.parametrize("source", build.sources(), ids=lambda source: source.stem)
def test_built_notebook_is_what_its_source_says(source):
    assert build.differences(source) == []


def test_no_notebook_without_a_source():
    assert build.without_source() == []


def test_every_cell_that_is_not_compared_says_why(tell):
    listed = [(path.stem, each) for path in BUILT for each in rules.not_compared(read(path))]
    for name, each in listed:
        tell(f"{name}, {each.cell}: run, but its output is not compared: {each.reason}")
    assert all(each.reason.strip() for _, each in listed)
