"""A picture to draw into, and the smallest room."""

import gymnasium as gym
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers import plots


@pytest.fixture
def axes():
    return plots.new_axes()[1]


@pytest.fixture
def tiny():
    env = gym.make("Bob/Room-v0", layout="tiny")
    env.reset(seed=0)
    return env.unwrapped
