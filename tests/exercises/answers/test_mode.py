import re

import pytest

from rl_helpers.exercises import show_solutions, solution
from rl_helpers.exercises.answers.mode import SOLUTIONS, solution_mode
from rl_helpers.exercises.answers.uncover import HIDDEN, Uncover
from rl_helpers.notebook import paths


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(paths, "OUTPUT", tmp_path / "output")
    monkeypatch.delenv(SOLUTIONS, raising=False)


def sent(button):
    """Return the mode that the page is told, and what it could show."""
    state = button.get_state()
    return state["mode"], re.sub("<[^>]+>", "", state["content"])


def test_all_solutions_of_a_notebook_are_shown_and_hidden_at_once(monkeypatch):
    buttons = [solution(name).widget() for name in ("td_error", "td_target")]
    told = []
    monkeypatch.setattr(Uncover, "send", lambda self, content: told.append((self.name, content["kind"])))
    for mode in ("show", "hide", "button", "button"):
        show_solutions(mode)
        assert {sent(button)[0] for button in buttons} == {mode}
        assert all((sent(button)[1] == HIDDEN) == (mode == "hide") for button in buttons)
        # Told each time, for a click in the page may have changed what is to be seen.
        assert {("td_error", "follow"), ("td_target", "follow")} <= set(told)
        told.clear()


@pytest.mark.parametrize("mode", ["show", "hide", "button"])
def test_the_choice_holds_for_notebooks_opened_later(mode):
    show_solutions(mode)
    assert solution_mode() == mode
    assert solution("td_error").widget().mode == mode


def test_the_class_wide_choice_counts_first(monkeypatch):
    show_solutions("show")
    monkeypatch.setenv(SOLUTIONS, "hide")
    assert sent(solution("td_error").widget()) == ("hide", HIDDEN)
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
