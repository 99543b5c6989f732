"""Where slides begin, and what is skipped."""

import re

import nbformat
import pytest

from tests.notebooks.built import BUILT, by_name
from tests.notebooks.slide_cells import code, picture, said, text
from tools.notebooks import build, slide_heights, slide_marks


def marked(*cells):
    """Return (mark, source) of each cell after marking."""
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    slide_marks.mark(notebook)
    return [(cell.metadata.get("slideshow", {}).get("slide_type"), cell.source) for cell in notebook.cells]


def test_a_heading_begins_a_slide_and_short_text_stays_on_it():
    cells = marked(text("# One\n\nwords"), text("## Two\n\nwords\n\nmore"), code("1 + 1", [said("2")]))
    assert [mark for mark, _ in cells] == ["slide", "slide", None]


def test_a_second_heading_in_one_cell_begins_a_slide_too():
    cells = marked(text("# One\n\nwords\n\n## Two\n\nwords"))
    assert cells == [("slide", "# One\n\nwords"), ("slide", "## Two\n\nwords")]


def test_a_long_text_goes_on_below_and_loses_no_word():
    parts = [f"## Title\n\n{'word ' * 150}".strip(), *("word " * 150 for _ in range(5))]
    source = "\n\n".join(part.strip() for part in parts)
    cells = marked(text(source))
    assert [mark for mark, _ in cells] == ["slide", *["subslide"] * (len(cells) - 1)]
    assert len(cells) > 1
    assert "\n\n".join(each for _, each in cells) == source
    assert all(slide_heights.markdown(each) < 720 for _, each in cells)


def test_a_heading_is_never_alone_on_a_slide():
    cells = marked(text("## Title"), code("x\n" * 24 + "x", [said("line\n" * 8)]))
    assert [mark for mark, _ in cells] == ["slide", None]


def test_words_that_end_in_a_colon_stay_with_what_they_announce():
    filler = "word " * 210
    cells = marked(text(f"## Title\n\n{filler}\n\nThese are they:"), code("x = 1\n" * 14))
    assert [mark for mark, _ in cells] == ["slide", "subslide", None]
    assert cells[1][1] == "These are they:"


@pytest.mark.parametrize(
    "source",
    ["import numpy as np\nfrom pathlib import Path", "answer = check.answer(answer)", 'solution("answer")'],
)
def test_chores_are_skipped(source):
    assert marked(text("## Title\n\nwords"), code(source, [said("x")]))[1][0] == "skip"


def test_folded_code_that_shows_nothing_is_skipped_and_what_it_shows_is_not():
    folded = {"jupyter": {"source_hidden": True}}
    cells = marked(text("## Title"), code("x = 1", **folded), code("x", [said("1")], **folded))
    assert [mark for mark, _ in cells] == ["slide", "skip", None]


def test_hints_and_the_list_of_solved_exercises_are_skipped():
    hint = "<details><summary>Hint</summary>\n\nThink.\n\n</details>"
    cells = marked(
        text(f"## Exercise\n\nDo it.\n\n{hint}"), text("## What you have solved"), code("check.progress()")
    )
    assert [mark for mark, _ in cells] == ["slide", "skip", "skip", "skip"]
    assert cells[1][1] == hint


def test_what_is_further_is_skipped_and_what_comes_after_it_is_a_slide():
    further = [
        text("## Further: a detour"),
        text("far\n\n### A part"),
        code("plot()", [picture(300, 200)]),
        code("slider", [picture(300, 200)], tags=["widget"]),
    ]
    cells = marked(text("## One\n\nwords"), *further, text("## Two\n\nwords"))
    marks = [mark for mark, _ in cells]
    assert (marks[0], set(marks[1:-1]), marks[-1]) == ("slide", {"skip"}, "slide")


def test_claims_are_skipped():
    claim = code("# The claim: one is one.\nassert 1 == 1", [said("x")], tags=["claim"])
    assert marked(text("## One"), claim, text("words"))[1][0] == "skip"


def test_what_follows_a_solution_is_a_slide_of_its_own():
    cells = marked(text("## Exercise\n\nDo it."), code('solution("it")'), text("Now we use it."))
    assert [mark for mark, _ in cells] == ["slide", "skip", "subslide"]


def test_what_follows_a_control_does_not_answer_its_question_beside_it():
    still = picture(300, 200)
    still["data"]["text/html"] += "<p><em>Run this cell to move the slider.</em></p>"
    control = code("slider", [still], tags=["widget"])
    cells = marked(text("## Try it\n\nMove it. When does it turn?"), control, code("x", [said("at 3")]))
    assert [mark for mark, _ in cells] == ["slide", None, "subslide"]


def test_line_that_leads_to_a_chore_is_skipped_with_it():
    cells = marked(text("## Begin\n\nwords\n\nThis loads what we need:"), code("import numpy"))
    assert [mark for mark, _ in cells] == ["slide", "skip", "skip"]
    assert cells[1][1] == "This loads what we need:"


def test_each_question_of_a_quiz_has_its_slide_with_its_answer():
    question = (
        "**{}. Why?**\n\n- a) So\n\n<details><summary>Answer</summary>\n\n- a) **Right.**\n\n</details>"
    )
    cells = marked(text("## Quiz\n\n" + "\n\n".join(question.format(number) for number in (1, 2, 3))))
    assert [mark for mark, _ in cells] == ["slide", "subslide", "subslide"]
    assert all(each.count("<details>") == 1 for _, each in cells)


def test_the_source_has_the_last_word():
    cells = marked(
        text("## Title\n\nwords"),
        text("more", "subslide"),
        code("import this", mark="slide"),
        code("1 + 1", [said("2")], "skip"),
        text("one\n\ntwo", "skip"),
    )
    assert [mark for mark, _ in cells] == ["slide", "subslide", "slide", "skip", "skip"]


def test_code_that_leaves_no_room_for_its_picture_stays_off_the_slide():
    notebook = nbformat.v4.new_notebook(cells=[text("## T"), code("x\n" * 15, [picture(800, 450)])])
    slide_marks.mark(notebook)
    assert slide_marks.OUTPUT_ONLY in notebook.cells[1].metadata.tags
    notebook = nbformat.v4.new_notebook(cells=[text("## T"), code("x\n" * 5, [picture(400, 200)])])
    slide_marks.mark(notebook)
    assert "tags" not in notebook.cells[1].metadata


def test_no_selector_of_the_live_slides_holds_a_comma():
    """The extension splits them there, even inside brackets, and what is left matches nothing."""
    assert not [each for each in slide_marks.STYLES["styles"][":root"] if "," in each]


@by_name
def test_checks_and_solutions_are_not_on_slides(path):
    chore = re.compile(r"(\w+ = )?check\.|solution\(")
    chores = [cell for cell in nbformat.read(path, as_version=4).cells if chore.match(cell.source)]
    assert {cell.metadata.get("slideshow", {}).get("slide_type") for cell in chores} <= {"skip"}


def test_marking_twice_changes_nothing_more():
    path = BUILT[-1]
    source = build.SOURCE / f"{path.stem}.md"
    stored = nbformat.read(path, as_version=4)
    once = build.from_stored(source, stored)
    assert build.as_text(build.from_stored(source, once)) == build.as_text(once)
