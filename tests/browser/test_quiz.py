"""Questions answer, and guesses come back: by click or key, with no kernel's help, and kept."""

import nbformat
import pytest

from tests.browser.page import PANEL, ours
from tools.notebooks import build, course_rules

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
GUESS, BACK = f"{PANEL} .bob-guess", f"{PANEL} .bob-guessed"
GUESS_ALL = """([guess, back]) => {
  const seen = () => [...document.querySelectorAll(back)].filter((line) => line.checkVisibility()).length;
  const before = seen();
  for (const line of document.querySelectorAll(guess)) {
    const field = line.querySelector('input:last-of-type');
    if (field.type === 'radio') line.querySelector('label:last-of-type input').click();
    else {
      field.value = '42';
      field.dispatchEvent(new Event('input'));
    }
  }
  const words = [...document.querySelectorAll(back)].map((line) => line.innerText.replace(/\\s+/g, ' '));
  return { before, after: seen(), words };
}"""
GUESSES = """> Your guess: `2` `3` `more` days
>
> Your guess: he …

Of $x$.

> A quotation.

## Measured

> You guessed: … days
>
> You guessed: he …
"""
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


def test_every_guess_of_the_course_is_asked_for_and_comes_back(lab):
    guesses = course_rules.guesses(nbformat.read(lab.notebook, as_version=4))
    said = lab.call(GUESS_ALL, [GUESS, BACK])
    assert (said["before"], said["after"]) == (0, len(guesses))
    last = {what: places["Your guess"][0][1][-1:] or ["42"] for what, places in guesses.items()}
    assert sorted(said["words"]) == sorted(
        f"You guessed: {what.replace('…', guess)}" for what, (guess,) in last.items()
    )


@pytest.fixture
def opened(course, tmp_path):
    """A function that opens a new copy of a notebook with one question, in place of the one before."""
    cells = [nbformat.v4.new_markdown_cell(source) for source in (QUESTION, GUESSES)]
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


def test_a_guess_is_chosen_or_written_with_keys_and_kept(opened):
    lab = opened()
    lines, back = lab.page.locator(GUESS), lab.page.locator(BACK)
    quotes = lab.page.locator(f"{PANEL} blockquote")
    assert (lines.count(), back.count(), quotes.count()) == (2, 2, 3)
    assert not quotes.last.is_visible()
    days = lab.page.get_by_role("radiogroup", name="Your guess: days").get_by_role("radio")
    days.first.focus()
    lab.page.keyboard.press("ArrowDown")
    assert back.first.inner_text() == "You guessed: 3 days"
    assert back.first.is_visible()
    assert not back.last.is_visible()
    he = lab.page.get_by_role("textbox", name="Your guess: he")
    he.click()
    lab.page.keyboard.type("dd A jb")  # which are commands to a notebook
    assert back.last.inner_text() == "You guessed: he dd A jb"
    lab = opened()
    assert days.nth(1).is_checked()
    assert he.input_value() == "dd A jb"
    assert back.all_inner_texts() == ["You guessed: 3 days", "You guessed: he dd A jb"]
    he.fill(" ")
    assert (back.first.is_visible(), back.last.is_visible()) == (True, False)
    lab.page.locator(f"{GUESS} label").last.click()
    assert back.first.inner_text() == "You guessed: more days"
