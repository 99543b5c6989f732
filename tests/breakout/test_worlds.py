"""Breakout as an environment."""

import ale_py
import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.breakout import BEST, make_breakout
from rl_helpers.breakout.game.flight import Ball
from rl_helpers.breakout.game.paddle import Rest
from rl_helpers.breakout.states import MIRRORED

ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)


def actions(n, seed=0):
    return np.random.default_rng(seed).integers(4, size=n).tolist()


def test_it_is_the_game_with_its_defaults_and_nothing_else():
    ours, theirs = make_breakout(), gym.make("ALE/Breakout-v5")
    assert theirs.spec.kwargs["frameskip"] == 4
    assert theirs.spec.kwargs["repeat_action_probability"] == 0.25
    ours.reset(seed=3)
    theirs.reset(seed=3)
    for action in actions(800):
        _, reward, terminated, truncated, info = ours.step(action)
        game_action = ours.played
        picture, their_reward, their_terminated, their_truncated, their_info = theirs.step(game_action)
        assert (reward, terminated, truncated) == (their_reward, their_terminated, their_truncated)
        assert info == their_info
        if terminated:
            ours.reset()
            theirs.reset()
    np.testing.assert_array_equal(ours.unwrapped.ale.getScreenRGB(), picture)


def test_actions_of_mirrored_states_are_swapped_back():
    env = make_breakout()
    env.reset(seed=0)
    seen = set()
    for action in actions(400):
        mirrored = env.mirrored
        env.step(action)
        assert env.played == (MIRRORED[action] if mirrored else action)
        seen.add(mirrored)
    assert seen == {True, False}


@pytest.mark.parametrize("source", ["memory", "pixels"])
def test_every_observation_is_a_state_of_the_space(source):
    env = make_breakout(source=source)
    assert env.observation_space == gym.spaces.Discrete(BEST.n_states)
    state, _ = env.reset(seed=1)
    seen = {state}
    for action in actions(300):
        state, *_ = env.step(action)
        assert state in env.observation_space
        seen.add(state)
    assert len(seen) > 30


def test_unknown_source_is_refused_in_words():
    with pytest.raises(ValueError, match="expected one of 'memory', 'pixels'"):
        make_breakout(source="radio")


def test_ball_and_paddle_can_be_seen_as_they_are_followed():
    env = make_breakout()
    env.reset(seed=0)
    assert (env.ball, env.rest) == (None, Rest(env.reading.paddle_x, 0))
    for _ in range(5):
        env.step(1)  # fire
    assert isinstance(env.ball, Ball)
    assert env.ball[:2] == env.reading[:2]
