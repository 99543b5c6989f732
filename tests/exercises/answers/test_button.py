"""A solution is not given away before its button is pressed."""

import html
import re

from rl_helpers.exercises import solution
from rl_helpers.exercises.answers.button import NO_BUTTON


def test_solution_is_not_given_away_before_the_button_is_pressed(monkeypatch):
    monkeypatch.delenv(NO_BUTTON, raising=False)
    button = solution("td_error")
    bundle, _ = button._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "target - q_value" not in str(bundle)
    assert button.widget().mode == "button"  # The page's script shows nothing before a click.


def test_solution_has_the_colours_of_code(monkeypatch):
    monkeypatch.delenv(NO_BUTTON, raising=False)
    content = solution("td_error").widget().content
    assert '<span class="k">return</span>' in content
    assert html.unescape(re.sub("<[^>]+>", "", content)).strip() == solution("td_error").code.strip()


def test_hidden_solution_is_not_sent_to_the_page(monkeypatch):
    monkeypatch.delenv(NO_BUTTON, raising=False)
    button = solution("td_error").widget()
    button.follow("hide")
    assert "return" not in button.content
    button.follow("show")
    assert "return" in button.content


def test_stored_solution_button_is_the_same_every_time_and_gives_nothing_away(monkeypatch):
    monkeypatch.setenv(NO_BUTTON, "1")
    bundle = solution("td_error")._repr_mimebundle_()
    assert bundle == solution("td_error")._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/html"}
    assert all("Run this cell to get the solution button" in text for text in bundle.values())
