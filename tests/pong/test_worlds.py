"""Pong as an environment."""

import ale_py
import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.pong import SPACE, make_pong
from rl_helpers.pong.states import MIRRORED

ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)


def test_it_is_the_game_with_its_defaults_and_nothing_else():
    ours, theirs = make_pong(), gym.make("ALE/Pong-v5")
    ours.reset(seed=3)
    theirs.reset(seed=3)
    rng = np.random.default_rng(0)
    for action in rng.integers(6, size=400).tolist():
        mirrored = ours.mirrored
        _, *outcome = ours.step(action)
        assert ours.played == (MIRRORED[action] if mirrored else action)
        picture, *their_outcome = theirs.step(ours.played)
        assert outcome == their_outcome
    np.testing.assert_array_equal(ours.unwrapped.ale.getScreenRGB(), picture)


@pytest.mark.parametrize("source", ["memory", "pixels"])
def test_every_observation_is_a_state_of_the_space(source):
    env = make_pong(source=source)
    assert env.observation_space == gym.spaces.Discrete(SPACE.n_states)
    state, _ = env.reset(seed=1)
    seen = {state}
    for action in np.random.default_rng(1).integers(6, size=500).tolist():
        state, *_ = env.step(action)
        assert state in env.observation_space
        seen.add(state)
    assert len(seen) > 20


def test_unknown_source_is_refused_in_words():
    with pytest.raises(ValueError, match="expected one of 'memory', 'pixels'"):
        make_pong(source="radio")
