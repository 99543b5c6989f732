"""The agent that does not learn."""

import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    RandomAgent,
)
from rl_helpers.training import Transition


def test_random_agent_is_uniform_and_learns_nothing():
    player = RandomAgent(4, rng=np.random.default_rng(0))
    actions = np.array([player.act(0, explore=False) for _ in range(8000)])
    assert np.bincount(actions) / 8000 == pytest.approx([0.25] * 4, abs=0.03)
    assert player.update(Transition(0, 0, 1.0, 1, terminated=False)) == 0.0
