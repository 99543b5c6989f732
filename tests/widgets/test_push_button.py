"""A button calls Python, shows what came of it, and survives an error."""

import numpy as np
import pytest

from rl_helpers.notebook import show
from rl_helpers.widgets import push_button


@pytest.fixture
def square():
    """A picture."""
    return show.picture(np.zeros((9, 9), np.uint8), alt="a square")


def test_each_click_calls_with_its_number_and_shows_the_result(square):
    numbers = []
    button = push_button("Draw", lambda number: numbers.append(number) or square)
    assert button.content == ""
    button._handle_custom_msg({"kind": "press"}, [])
    button._handle_custom_msg({"kind": "press"}, [])
    assert numbers == [1, 2]
    assert button.n_pressed == 2
    assert button.content == square.html


def test_it_cannot_be_pressed_while_it_works(square):
    states = []

    def look(number):
        states.append(button.working)
        return square

    button = push_button("Draw", look)
    button.press()
    assert states == [True]
    assert not button.working


def test_an_error_is_told_below_the_button_which_stays_usable(square):
    def fail_once(number):
        if number == 1:
            raise ValueError("no <treats> left")
        return square

    button = push_button("Draw", fail_once)
    button.press()
    assert button.content == "<p>ValueError: no &lt;treats&gt; left</p>"
    assert not button.working
    button.press()
    assert button.content == square.html


def test_a_stored_notebook_says_how_to_get_it(square):
    bundle, _ = push_button("Draw", lambda number: square)._repr_mimebundle_()
    assert "Run this cell" in bundle["text/html"]
    assert "Run this cell" in bundle["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in bundle
