import gymnasium as gym
import pytest

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.worlds import Action
from tests.widgets.pages import Counter, Pictures, in_turns, slider, stepper


@pytest.mark.parametrize(
    ("make", "alt"),
    [
        (
            lambda: widgets.play(gym.make("Bob/Room-v0", render_mode="rgb_array")),
            "Bob the cat is on free floor",
        ),
        (lambda: widgets.play(Counter(), keys={"a": 0}), "Counter"),
        (lambda: stepper()[0], "Bob the cat is on free floor"),
        (slider, "curve for 0.2"),
    ],
)
def test_stored_output_has_a_still_picture_with_words_the_same_in_every_run(make, alt):
    data, _ = make()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    again, _ = make()._repr_mimebundle_()
    assert (data["text/html"], data["text/plain"]) == (again["text/html"], again["text/plain"])
    assert "Run this cell" in data["text/html"]
    (words,) = Pictures(data["text/html"]).alts
    assert words.startswith(alt)


def test_still_picture_is_the_first_one_whatever_was_played(monkeypatch):
    player, page = in_turns(monkeypatch)
    before = player._repr_mimebundle_()[0]["text/html"]
    page.says(kind="press", control=Action.RIGHT)
    assert player._repr_mimebundle_()[0]["text/html"] == before
