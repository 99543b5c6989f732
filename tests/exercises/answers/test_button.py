"""A solution is not given away before its button is pressed."""

from rl_helpers.exercises import solution
from rl_helpers.exercises.answers.button import NO_BUTTON


def test_solution_is_not_given_away_before_the_button_is_pressed(monkeypatch):
    monkeypatch.delenv(NO_BUTTON, raising=False)
    button = solution("td_error")
    bundle = button._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "target - q_value" not in str(bundle)
    box = button.widget()
    show, place = box.children
    assert place.value == ""
    show.click()
    assert "return target - q_value" in place.value
    assert show.description == "Hide the solution"
    show.click()
    assert place.value == ""


def test_stored_solution_button_is_the_same_every_time_and_gives_nothing_away(monkeypatch):
    monkeypatch.setenv(NO_BUTTON, "1")
    bundle = solution("td_error")._repr_mimebundle_()
    assert bundle == solution("td_error")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert all("Run this cell to get the solution button" in text for text in bundle.values())
