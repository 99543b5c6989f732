"""Where slides begin, what is on them, and what is not."""

import re
from pathlib import Path

import nbformat
import pytest

from tests.notebooks.built import BUILT, by_name, read
from tests.notebooks.slide_cells import code, picture, said, shown, text
from tools.notebooks import build
from tools.stage import cut, heights, pieces, styles, texts

LONG_TEXT = "Begin. " + "And so it goes on and on. " * 20
TABLE = "| a | b |\n| --- | --- |\n| 1 | 2 |"


def marked(*cells):
    """Return the cells after marking."""
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    cut.mark(notebook)
    return notebook.cells


def mark_of(cell):
    return cell.metadata.get("slideshow", {}).get("slide_type")


def slides(*cells):
    """Return the slides after marking, each a list of what is to be seen: words, or the code of a cell."""
    found = []
    for cell in marked(*cells):
        if mark_of(cell) in ("slide", "subslide"):
            found.append([f"({styles.title_of(cell)})"] if styles.title_of(cell) else [])
        if mark_of(cell) != "skip":
            parts = texts.paragraphs(cell.source) if cell.cell_type == "markdown" else [cell.source]
            found[-1] += map(texts.visible, parts)
    return found


def test_heading_text_and_picture_are_one_slide():
    assert slides(text("# One\n\nwords"), code("x", [picture(300, 200)]), text("## Two\n\nmore")) == [
        ["# One", "words", "x"],
        ["## Two", "more"],
    ]


def test_each_thing_to_look_at_has_a_slide_that_says_what_it_belongs_to():
    assert slides(
        text("## One\n\nlook:"), code("x", [picture(300, 200)]), text("so:"), code("y", [picture(300, 200)])
    ) == [["## One", "look:", "x"], ["(One)", "so:", "y"]]


def test_of_a_long_text_beside_a_picture_the_first_sentence_is_left_and_what_defines_or_asks():
    begin = "This begins, and it can stand alone, too."
    words = f"{begin} {'And so it goes on. ' * 9}A **bit** is one of two. {'More. ' * 9}*Is it?*"
    ((_, seen, _),) = slides(text(f"## One\n\n{words}"), code("x", [picture(900, 400)]))
    assert seen == f"{begin} A **bit** is one of two. *Is it?*"


def test_with_a_first_sentence_of_few_words_goes_the_second():
    words = "Read it honestly. " + "All of this was measured once. " * 12
    ((_, seen, _),) = slides(text(f"## T\n\n{words}"), code("x", [picture(900, 400)]))
    assert seen == "Read it honestly. All of this was measured once."


def test_no_word_is_lost():
    paragraphs = [f"## Title\n\n{LONG_TEXT}", *(f"{number}. {LONG_TEXT}" for number in range(5))]
    source = "\n\n".join(each.strip() for each in paragraphs)
    cells = marked(text(source), code("x", [picture(900, 400)]))
    whole = "\n\n".join(cell.source for cell in cells[:-1])
    assert re.sub(r'<span class="told">(.*?)</span>', r"\1", whole) == source


def test_what_is_defined_but_has_no_room_beside_a_picture_has_a_slide_before_it():
    terms = "\n\n".join(f"A **{name}** is {'this and ' * 30}that." for name in ("bit", "byte"))
    first, second = slides(text(f"## One\n\n{terms}\n\nLook:"), code("x", [picture(900, 500)]))
    assert (len(first), second) == (3, ["(One)", "Look:", "x"])


def test_a_control_has_its_question_beside_it_and_its_answer_on_the_next_slide():
    still = picture(300, 200)
    still["data"]["text/html"] += "<p><em>Run this cell to move the slider.</em></p>"
    control = code("slider", [still], tags=["widget"])
    assert slides(
        text("## Try it\n\nWhen does it turn?"), control, text("There:"), code("x", [said("at 3")])
    ) == [
        ["## Try it", "When does it turn?", "slider"],
        ["(Try it)", "There:", "x"],
    ]


def test_an_exercise_is_one_slide_and_what_follows_its_solution_another():
    cells = slides(
        text("## Exercise: it\n\n*About 2 minutes.*\n\nDo it."),
        code("def it(): ..."),
        text("<details><summary>Hint</summary>\n\nThink.\n\n</details>"),
        code("it = check.it(it)"),
        code('solution("it")', [said("x")]),
        text("Now we use it:"),
        code("it()", [said("3")]),
    )
    assert cells == [
        ["## Exercise: it", "Do it.", "def it(): ..."],
        ["(Exercise: it)", "Now we use it:", "it()"],
    ]
    assert slides(text("## Exercise: it\n\n*About 2 minutes.*"), code("def it(): ...")) == [
        ["## Exercise: it", "*About 2 minutes.*", "def it(): ..."]
    ]


def test_code_that_shows_nothing_is_a_slide_only_where_there_is_nothing_better():
    assert slides(text("## One\n\nwords"), code("x = 1")) == [["## One", "words", "x = 1"]]
    assert slides(text("## One\n\nwords"), code("x = 1"), code("x", [picture(300, 200)])) == [
        ["## One", "words", "x"]
    ]


def test_small_things_share_a_slide():
    formula = "$$\nx = y\n$$"
    assert len(slides(text(f"## One\n\nso:\n\n{formula}\n\nwhere\n\n{TABLE}"))) == 1
    assert len(slides(text("## One"), code("x", [said("1")]), text("and"), code("y", [said("2")]))) == 1


def test_more_slides_than_there_may_be_are_left_out_the_least_telling_first():
    sections = [
        cell
        for number in range(cut.MOST_SLIDES)
        for cell in (text(f"## Part {number}\n\nwords"), code("x", [picture(300, 200)]))
    ]
    printed, formula = code("p", [said("1")] * 9), text("$$\ny\n$$")
    found = slides(*sections[:-2], printed, *[text("look:"), code("z", [picture(300, 200)])])
    assert len(found) == cut.MOST_SLIDES
    assert found[-1][-1] == "z"
    assert not any("p" in slide for slide in found)
    assert len(slides(*sections, formula, printed)) == cut.MOST_SLIDES


def test_what_leads_to_a_slide_that_is_left_out_leads_to_the_next(monkeypatch):
    monkeypatch.setattr(cut, "MOST_SLIDES", 1)
    cells = text("## One\n\n*Why?*"), code("p", [said("1")]), code("x", [picture(300, 200)])
    assert slides(*cells) == [["## One", "*Why?*", "x"]]


@pytest.mark.parametrize(
    "source",
    ["import numpy as np\nfrom pathlib import Path", "answer = check.answer(answer)", 'solution("answer")'],
)
def test_chores_are_skipped(source):
    assert mark_of(marked(text("## Title\n\nwords"), code(source, [said("x")]))[1]) == "skip"


def test_folded_code_that_shows_nothing_is_skipped_and_what_it_shows_is_not():
    folded = {"jupyter": {"source_hidden": True}}
    cells = marked(text("## Title"), code("x = 1", **folded), code("x", [said("1")], **folded))
    assert [mark_of(cell) for cell in cells] == ["slide", "skip", None]


def test_what_is_for_the_learner_alone_is_skipped():
    cells = marked(
        text("# T\n\nAbout 30 minutes. You need nothing.\n\nwords\n\nThis loads it:"),
        code("import numpy"),
        text("## What you have solved"),
        code("check.progress()"),
        text("## Recap\n\n- all\n\n**Read on:** a book\n\n**Next:** more"),
    )
    on_slides = "\n".join(cell.source for cell in cells if mark_of(cell) != "skip")
    assert on_slides == "# T\nwords\n## Recap\n\n- all"


def test_what_is_further_is_skipped_and_so_are_claims():
    further = [
        text("## Further: a detour"),
        text("far\n\n### A part"),
        code("plot()", [picture(300, 200)]),
        code("slider", [picture(300, 200)], tags=["widget"]),
    ]
    claim = code("# The claim: one is one.\nassert 1 == 1", [said("x")], tags=["claim"])
    assert slides(text("## One\n\nwords"), claim, *further, text("## Two\n\nwords")) == [
        ["## One", "words"],
        ["## Two", "words"],
    ]


def test_each_question_of_a_quiz_has_its_slide_with_its_answer():
    question = (
        "**{}. Why?**\n\n- a) So\n\n<details><summary>Answer</summary>\n\n- a) **Right.**\n\n</details>"
    )
    found = slides(text("## Quiz\n\n" + "\n\n".join(question.format(number) for number in (1, 2, 3))))
    assert [slide[0] for slide in found] == ["## Quiz", "(Quiz)", "(Quiz)"]
    assert all(sum("<details>" in each for each in slide) == 1 for slide in found)


def test_the_source_has_the_last_word():
    cells = marked(
        text("## Title\n\nwords"),
        code("x", [picture(300, 200)]),
        code("print(2)", [said("2")], "subslide"),
        code("print(3)", [said("3")], "skip"),
        text("one\n\ntwo", "skip"),
    )
    assert [mark_of(cell) for cell in cells] == ["slide", None, "subslide", "skip", "skip"]


def test_a_picture_fills_the_room_that_its_words_leave_it():
    def zoom(*cells):
        rules = styles.rules_of(marked(*cells)[-1])
        return float(next((rule["zoom"] for rule in rules.values() if "zoom" in rule), 1))

    alone = zoom(text("## T"), code("x", [picture(800, 300)]))
    assert alone == pytest.approx(heights.WIDTH / 800, abs=0.01)
    high = zoom(text("## T"), code("x", [picture(400, 400)]))
    most = min(heights.HIGHEST, heights.ROOM - heights.HEADINGS[2])
    assert high == pytest.approx(most / 400, abs=0.01)
    assert (
        pieces.LEAST_ZOOM[False] * high - 0.01
        <= zoom(text(f"## T\n\n{'word ' * 25}:"), code("x", [picture(400, 400)]))
        < high
    )
    assert zoom(text("## T"), code("x", [shown(TABLE)])) == 1


def test_code_stays_off_the_slide_of_its_picture():
    assert pieces.OUTPUT_ONLY in marked(text("## T"), code("x", [picture(400, 200)]))[1].metadata.tags
    assert "tags" not in marked(text("## T"), code("x", [said("1")]))[1].metadata


def test_a_high_table_is_set_in_smaller_words_and_a_low_one_is_not():
    def words(n_rows):
        cell = marked(text("## T"), text(TABLE + "\n| 1 | 2 |" * n_rows))[1]
        return [rule["font-size"] for rule in styles.rules_of(cell).values() if "font-size" in rule]

    assert (words(3), words(12)) == ([], ["20px"])


def scale(*cells):
    rules = [rule for cell in marked(*cells) for rule in styles.rules_of(cell).values()]
    return {rule.get("--jp-content-font-size1") for rule in rules} - {None}


def test_a_slide_of_few_words_is_set_in_larger_ones_and_one_with_a_picture_is_not():
    assert scale(text("## T\n\nwords"), code("x", [said("1")])) == {"36.4px"}
    assert scale(text("## T\n\nwords"), code("x", [picture(300, 200)])) == set()
    assert scale(text("## T\n\n" + "\n\n".join(["word " * 40] * 4))) == set()


def test_a_guess_is_not_enlarged_for_its_choices_take_more_room_than_words():
    assert scale(text("## T\n\n> Your guess: `one` or `two`")) == set()
    assert scale(text("## T\n\n> Not a guess: `one` or `two`")) == {"36.4px"}


def test_words_are_not_enlarged_so_far_that_a_line_of_code_breaks():
    line = "x = " + "1" * 76
    assert scale(text("## T\n\nwords"), code(line, [said("1")])) == {"30.8px"}


def test_the_lines_of_a_docstring_may_break():
    said_long = "Return " + "a word and " * 6
    assert scale(text("## Exercise: it\n\nWords."), code(f'def it():\n    """{said_long}."""')) == {"36.4px"}
    assert scale(text("## Exercise: it\n\nWords."), code(f'def it():\n    x = "{said_long}."')) == set()


def test_a_question_is_larger_than_other_words_and_its_answer_is_not():
    folded = "<details><summary>Answer</summary>\n\n- a) {}\n\n</details>"
    quiz = f"## Quiz\n\n**1. Is it?**\n\n- a) Yes\n- b) No\n\n{folded}"
    assert scale(text(quiz.format("Right."))) == {"42px"}
    assert scale(text(quiz.format("Right. " + "So it is. " * 20))) == {"42px"}
    assert scale(text(quiz.format("Right. " + "So it is. " * 45))) == {"36.4px"}


def test_no_picture_is_without_words_where_it_can_be_a_little_smaller():
    ((_, seen, _),) = slides(text("## T\n\nSo it is, and so it was."), code("x", [picture(1100, 500)]))
    assert seen == "So it is, and so it was."


def test_a_text_is_shown_whole_where_that_leaves_its_picture_as_large_as_it_may_be():
    words = "Begin. " + "And so it goes. " * 16
    low, high = (marked(text(f"## T\n\n{words}"), code("x", [picture(900, n)]))[0] for n in (90, 450))
    assert ("told" in low.source, "told" in high.source) == (False, True)


def test_what_leads_to_something_that_is_not_on_the_slide_is_left_out():
    picture_there = code("x", [picture(300, 200)])
    assert slides(text("## One\n\nIt is so. We load it:"), code("y = 1"), text("Now."), picture_there) == [
        ["## One", "It is so.", "Now.", "x"]
    ]
    assert slides(text("## One\n\nWe load it:"), code("y = 1"), text("Now."), picture_there) == [
        ["## One", "Now.", "x"]
    ]


def test_the_pipe_in_a_cell_of_a_table_begins_no_column():
    assert heights.markdown(r"""| P(a \| b) | c |
| --- | --- |""") == heights.markdown("""| P(a / b) | c |
| --- | --- |""")


def test_no_selector_of_the_live_slides_holds_a_comma():
    """The extension splits them there, even inside brackets, and what is left matches nothing."""
    assert not [each for each in styles.of_notebook()["styles"][":root"] if "," in each]


def test_no_selector_of_the_live_slides_stands_twice():
    """The second would take the place of the first."""
    css = re.sub(r"/\*.*?\*/", "", (Path(styles.__file__).parent / "live.css").read_text("utf-8"), flags=re.S)
    assert len(styles.of_notebook()["styles"][":root"]) == css.count("{")


# What is built.


@by_name
def test_a_notebook_has_at_most_25_slides_each_with_a_heading(path):
    cells = read(path).cells
    assert 5 < cut.counts(read(path))[1] <= 25
    begins = [cell for cell in cells if mark_of(cell) in ("slide", "subslide")]
    assert [
        cell.source for cell in begins if not (cell.source.startswith("#") or styles.title_of(cell))
    ] == []


@by_name
def test_a_heading_has_its_thing_beside_it_and_a_control_its_question(path):
    alone = []
    for slide in _of_built(path):
        words = [
            part for cell in slide if cell.cell_type == "markdown" for part in texts.paragraphs(cell.source)
        ]
        plain = [part for part in words if not part.startswith("#")]
        controls = [cell for cell in slide if "widget" in cell.metadata.get("tags", [])]
        if not plain and (controls or all(cell.cell_type == "markdown" for cell in slide)):
            alone.append(slide[-1].source)
    assert alone == []


@by_name
def test_no_slide_ends_in_a_colon(path):
    last = [slide[-1] for slide in _of_built(path) if slide[-1].cell_type == "markdown"]
    assert [cell.source for cell in last if texts.visible(cell.source).endswith(":")] == []


@by_name
def test_each_exercise_of_the_core_is_a_slide_with_its_first_lines(path):
    titles = [f"## {each}" for each in re.findall(r"^## (Exercise.*)$", _core(path), re.M)]
    found = {slide[0].source.split("\n")[0]: slide for slide in _of_built(path)}
    assert [title for title in titles if not any(cell.cell_type == "code" for cell in found[title])] == []


@by_name
def test_checks_and_solutions_are_not_on_slides(path):
    chore = re.compile(r"(\w+ = )?check\.|solution\(")
    assert {mark_of(cell) for cell in read(path).cells if chore.match(cell.source)} <= {"skip"}


def _core(path):
    return "\n".join(
        cell.source
        for cell in read(path).cells
        if cell.cell_type == "markdown" and "further" not in cell.metadata.get("tags", [])
    )


def _of_built(path):
    found = []
    for cell in read(path).cells:
        if mark_of(cell) in ("slide", "subslide"):
            found.append([])
        if mark_of(cell) != "skip":
            found[-1].append(cell)
    return found


def test_marking_twice_changes_nothing_more():
    path = BUILT[-1]
    source = build.SOURCE / f"{path.stem}.md"
    once = build.from_stored(source, read(path))
    assert build.as_text(build.from_stored(source, once)) == build.as_text(once)
