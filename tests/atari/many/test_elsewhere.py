"""Consoles in a process of their own."""

from functools import partial

import gymnasium as gym
import numpy as np
import pytest

from rl_helpers.atari.many import ConsoleVectorEnv, Elsewhere

MAKE = partial(ConsoleVectorEnv, "ALE/Breakout-v5", 3)


def test_they_play_the_same_and_work_is_done_meanwhile():
    here, there = MAKE(), Elsewhere(MAKE)
    assert there.single_observation_space == here.single_observation_space
    assert (there.num_envs, there.metadata) == (3, here.metadata)
    calls = []
    there.meanwhile = lambda: calls.append(len(calls))
    np.testing.assert_array_equal(there.reset(seed=4)[0], here.reset(seed=4)[0])
    rng = np.random.default_rng(0)
    for number in range(300):
        actions = rng.integers(4, size=3)
        one, other = here.step(actions), there.step(actions)
        for mine, its in zip(one[:4], other[:4], strict=True):
            np.testing.assert_array_equal(mine, its)
        assert len(calls) == number + 1
        np.testing.assert_array_equal(one[4]["lives"], other[4]["lives"])
    there.close()


def test_what_goes_wrong_there_is_raised_here_and_it_goes_on():
    env = Elsewhere(MAKE)
    with pytest.raises(gym.error.ResetNeeded):
        env.step(np.zeros(3, dtype=int))
    env.reset(seed=0)
    with pytest.raises(ValueError, match="from 0 to 3"):
        env.step(np.full(3, 9))
    assert env.step(np.zeros(3, dtype=int))[0].shape == (3, 2, 42, 40)
    env._process.terminate()
    env._process.join()
    with pytest.raises((RuntimeError, OSError)):
        env.step(np.zeros(3, dtype=int))
    env.close()


def test_an_environment_that_cannot_be_made_is_told():
    with pytest.raises(gym.error.Error):
        Elsewhere(partial(ConsoleVectorEnv, "ALE/NoSuchGame-v5"))
