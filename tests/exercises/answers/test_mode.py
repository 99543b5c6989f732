import pytest

from rl_helpers.exercises import show_solutions, solution
from rl_helpers.exercises.answers.button import HIDDEN
from rl_helpers.exercises.answers.mode import SOLUTIONS, solution_mode
from rl_helpers.notebook import paths


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "OUTPUT", tmp_path / "output")
    monkeypatch.delenv(SOLUTIONS, raising=False)


def seen(box):
    """Return the button's text, None if it is not to be seen, and what stands below it."""
    button, place = box.children
    return None if button.layout.display == "none" else button.description, place.value


def test_a_solution_waits_behind_its_button():
    box = solution("td_error").widget()
    assert seen(box) == ("Show the solution", "")
    box.children[0].click()
    description, code = seen(box)
    assert description == "Hide the solution"
    assert "target - q_value" in code
    box.children[0].click()
    assert seen(box) == ("Show the solution", "")


def test_all_solutions_of_a_notebook_are_shown_and_hidden_at_once():
    boxes = [solution(name).widget() for name in ("td_error", "td_target")]
    show_solutions()
    assert all("<pre" in seen(box)[1] for box in boxes)
    boxes[0].children[0].click()
    assert seen(boxes[0]) == ("Show the solution", "")
    show_solutions("hide")
    assert {seen(box) for box in boxes} == {(None, f"<p>{HIDDEN}</p>")}
    show_solutions("button")
    assert {seen(box) for box in boxes} == {("Show the solution", "")}


@pytest.mark.parametrize(("mode", "expected"), [("show", "<pre"), ("hide", HIDDEN), ("button", "")])
def test_the_choice_holds_for_notebooks_opened_later(mode, expected):
    show_solutions(mode)
    assert solution_mode() == mode
    assert expected in seen(solution("td_error").widget())[1]


def test_the_class_wide_choice_counts_first(monkeypatch):
    show_solutions("show")
    monkeypatch.setenv(SOLUTIONS, "hide")
    assert seen(solution("td_error").widget()) == (None, f"<p>{HIDDEN}</p>")
    with pytest.raises(ValueError, match="RL_HELPERS_SOLUTIONS is 'hide' and counts first"):
        show_solutions("show")


@pytest.mark.parametrize("text", ["", "nonsense", b"\xff\xfe"])
def test_a_damaged_choice_means_the_button(text):
    paths.OUTPUT.mkdir()
    data = text if isinstance(text, bytes) else text.encode()
    (paths.OUTPUT / "solutions.txt").write_bytes(data)
    assert solution_mode() == "button"


def test_another_word_is_refused():
    with pytest.raises(ValueError, match="choose 'button', 'show', 'hide'"):
        show_solutions("all")
    assert solution_mode() == "button"
