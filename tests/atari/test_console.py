"""Consoles, observed as memory or as pictures."""

import pytest

from rl_helpers.atari import make_console


@pytest.mark.parametrize(("source", "shape"), [("memory", (128,)), ("pixels", (210, 160, 3))])
def test_a_console_shows_what_is_asked_for_with_the_games_own_defaults(source, shape):
    env = make_console("ALE/Freeway-v5", source=source)
    assert env.reset(seed=0)[0].shape == shape
    assert env.spec.kwargs["frameskip"] == 4
    assert env.spec.kwargs["repeat_action_probability"] == 0.25


def test_unknown_source_is_refused_in_words():
    with pytest.raises(ValueError, match="source is 'radio', expected one of 'memory', 'pixels'"):
        make_console("ALE/Freeway-v5", source="radio")
