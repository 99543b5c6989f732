"""A game with state numbers, mirrored actions included."""

import gymnasium as gym
import pytest

from rl_helpers.atari import NumberedStates, StateSpace, make_console
from tests.atari.scripted import Scripted


class Watch:
    """Makes a moment of the reading and of what came before: even ones are to be looked at in the mirror."""

    def __init__(self):
        self.calls = []

    def reset(self):
        self.calls.append("reset")

    def watch(self, reading, action):
        self.calls.append((reading, action))
        return reading


def new_env(n_steps=6):
    game = Scripted([(1.0, 3, step == n_steps - 1, False) for step in range(n_steps)])
    space = StateSpace(
        lambda moment: (abs(moment),), (50,), mirror=lambda moment: None if moment % 2 else -moment
    )
    return NumberedStates(
        game, space, read=lambda seen: seen + 10, watcher=Watch(), mirrored_actions=[0, 2, 1]
    )


def test_states_are_numbers_of_what_the_watcher_makes_of_what_the_reader_reads():
    env = new_env()
    assert env.observation_space == gym.spaces.Discrete(51)
    assert env.reset() == (1 + 10, {"lives": 3})
    assert env.step(1)[0] == 1 + 11
    assert (env.reading, env.moment) == (11, 11)


def test_actions_are_swapped_for_their_mirror_image_in_states_of_the_mirror_only():
    env = new_env()
    env.reset()
    played = []
    for action in (1, 1, 2, 2):
        was_mirrored = env.mirrored
        env.step(action)
        played.append((was_mirrored, env.played))
    assert played == [(True, 2), (False, 1), (True, 1), (False, 2)]


def test_the_watcher_hears_of_new_games_and_of_what_was_really_played():
    env = new_env()
    env.reset()
    env.step(1)
    env.reset()
    assert env.watcher.calls == ["reset", (10, 0), (11, 2), "reset", (10, 0)]


@pytest.mark.parametrize(("source", "shape"), [("memory", (128,)), ("pixels", (210, 160, 3))])
def test_a_console_shows_what_is_asked_for_with_the_games_own_defaults(source, shape):
    env = make_console("ALE/Freeway-v5", source=source)
    assert env.reset(seed=0)[0].shape == shape
    assert env.spec.kwargs["frameskip"] == 4
    assert env.spec.kwargs["repeat_action_probability"] == 0.25


def test_unknown_source_is_refused_in_words():
    with pytest.raises(ValueError, match="source is 'radio', expected one of 'memory', 'pixels'"):
        make_console("ALE/Freeway-v5", source="radio")
