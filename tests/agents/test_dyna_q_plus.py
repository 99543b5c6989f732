"""Dyna-Q+ finds worth in what was not tried for long."""

import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DynaQPlusAgent,
)
from rl_helpers.training import Transition


def test_dyna_plus_rewards_what_was_not_tried_for_long():
    agent = DynaQPlusAgent(3, 2, planning_steps=0, bonus_weight=0.5)
    agent.update(Transition(0, 0, 2.0, 1, terminated=True))
    for _ in range(4):
        agent.update(Transition(1, 1, 0.0, 2, terminated=False))
    # Five steps so far: the first was tried four steps ago, 2 + 0.5 × √4; the last one just now.
    assert agent.imagine(0, 0) == (3.0, 1, True)
    assert agent.imagine(1, 1) == (0.0, 2, False)
    # Never tried, so not since the beginning: 0.5 × √5, and back to where it began.
    assert agent.imagine(1, 0) == (pytest.approx(0.5 * 5**0.5), 1, False)


def test_dyna_plus_imagines_every_action_of_visited_states():
    agent = DynaQPlusAgent(3, 2, planning_steps=0, rng=np.random.default_rng(0))
    agent.update(Transition(2, 0, 0.0, 1, terminated=False))
    imagined = set()
    agent.imagine = lambda state, action: imagined.add((state, action)) or (0.0, 0, True)
    agent.planning_steps = 50
    agent.plan()
    assert imagined == {(2, 0), (2, 1)}


def test_a_negative_bonus_is_refused():
    with pytest.raises(ValueError, match="bonus_weight"):
        DynaQPlusAgent(2, 2, bonus_weight=-0.1)
