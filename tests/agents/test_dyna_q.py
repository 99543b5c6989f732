"""Dyna-Q imagines what it has seen."""

import numpy as np
import pytest

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DynaQAgent,
    DynaQPlusAgent,
)
from rl_helpers.training import Transition


def test_dyna_imagines_tried_actions_of_visited_states_alone():
    """The textbook draws a visited state, then an action tried there: 1/2, 1/4, 1/4 here, not thirds."""
    agent = DynaQAgent(4, 3, planning_steps=4000, learning_rate=1e-9, rng=np.random.default_rng(0))
    agent.remember(Transition(0, 1, 0.0, 2, terminated=False))
    agent.remember(Transition(3, 0, 0.0, 2, terminated=False))
    agent.remember(Transition(3, 2, 0.0, 2, terminated=False))
    imagined = []
    agent.imagine = lambda state, action: imagined.append((state, action)) or (0.0, 0, True)
    agent.plan()
    shares = {pair: imagined.count(pair) / 4000 for pair in set(imagined)}
    # Five standard deviations: 5 × sqrt(0.25 / 4000).
    assert shares == pytest.approx({(0, 1): 0.5, (3, 0): 0.25, (3, 2): 0.25}, abs=0.04)


@pytest.mark.parametrize("kind", [DynaQAgent, DynaQPlusAgent])
def test_dyna_believes_what_it_saw_last(kind):
    agent = kind(2, 1, learning_rate=1.0, discount=0.5, planning_steps=1)
    agent.update(Transition(0, 0, 1.0, 1, terminated=False))
    agent.update(Transition(0, 0, 7.0, 0, terminated=True))
    agent.plan()
    assert agent.q_values[0, 0] == 7.0


@pytest.mark.parametrize("options", [{"planning_steps": -1}, {"planning_steps": 2.5}])
def test_impossible_planning_steps_are_refused(options):
    with pytest.raises(ValueError, match="planning_steps"):
        DynaQAgent(2, 2, **options)
