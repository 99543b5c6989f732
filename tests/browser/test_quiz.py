"""Questions answer: what is chosen by click or key, with no kernel's help, and what was chosen before."""

import nbformat
import pytest

from tests.browser.page import PANEL, ours
from tools.notebooks import build

QUIZ = f"{PANEL} .bob-quiz"
CHOOSE_ALL = """(quiz) => [...document.querySelectorAll(quiz)].map((group) => {
  const plain = (element) => element.textContent.replace(/\\s+/g, ' ').trim();
  return {
    question: group.querySelector('legend').textContent,
    said: [...group.querySelectorAll('input')].map((choice) => {
      choice.click();
      return plain(group.querySelector('[role=status]'));
    }),
    answers: [...group.nextElementSibling.querySelectorAll(':scope > ul > li')].map(plain),
  };
})"""
QUESTION = """## Quiz

**1. What is $1 + 1$?**

- a) `1`
- b) `2`

<details><summary>Answer</summary>

- a) No. Count again.
- b) **Right.** It is $2$.

</details>

<details><summary>Hint</summary>

Count.

</details>
"""


def test_every_question_of_the_course_says_why_to_each_answer(lab):
    folded = [each for each in ours(lab, ".jp-MarkdownOutput summary") if each.inner_text() == "Answer"]
    questions = lab.call(CHOOSE_ALL, QUIZ)
    assert len(questions) == len(folded)
    for question in questions:
        assert len(question["said"]) > 1, question
        assert [said[2:] for said in question["said"]] == question["answers"]
        assert [said[0] for said in question["said"]].count("✓") == 1, question
        for said in question["said"]:
            assert (said[0] == "✓") == said[5:].startswith("Right"), question


@pytest.fixture
def opened(course, tmp_path):
    """A function that opens a new copy of a notebook with one question, in place of the one before."""
    cells = [nbformat.v4.new_markdown_cell(QUESTION)]
    path = tmp_path / "quiz.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=build.METADATA), path)
    lab = course.lab
    is_open = []

    def open_copy():
        if is_open:
            lab.close()
        is_open[:] = [True]
        lab.open(*course.station.put(path))
        lab.page.locator(QUIZ).wait_for(timeout=10_000)
        return lab

    yield open_copy
    lab.close()


def test_an_answer_is_chosen_with_keys_and_kept(opened):
    lab = opened()
    assert lab.page.locator(QUIZ).count() == 1  # A hint is no question.
    choices, words = lab.page.locator(f"{QUIZ} input"), lab.page.locator(f"{QUIZ} [role=status]")
    assert words.inner_text() == ""
    choices.first.focus()
    lab.page.keyboard.press("Space")
    assert words.inner_text() == "✗ a) No. Count again."
    lab.page.keyboard.press("ArrowDown")
    assert words.inner_text().startswith("✓ b) Right.")
    assert lab.page.locator(f"{QUIZ} mjx-container, {QUIZ} .MathJax").count() >= 1
    lab = opened()
    assert words.inner_text().startswith("✓ b) Right.")
    assert choices.nth(1).is_checked()
    lab.page.locator(f"{QUIZ} label").first.click()
    assert words.inner_text().startswith("✗ a)")
