import numpy as np

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.agents import QLearningAgent
from tests.widgets.pages import table_rows


def test_formula_shows_the_numbers_of_the_update():
    learner = QLearningAgent(3, 2, learning_rate=0.25, discount=0.9, rng=np.random.default_rng(0))
    learner.q_values = [[0.0, 2.0], [0.0, 0.0], [3.0, 5.0]]
    before = learner.q_values
    step = (0, 1, 1.0, 2, False)
    learner.update(step)
    # By hand: target = 1 + 0.9 × 5 = 5.5, error = 5.5 − 2 = 3.5, new value = 2 + 0.25 × 3.5 = 2.875.
    shown = widgets.update_formula(learner, step, before)
    numbers = table_rows(shown.html)[1]
    assert numbers == ["2.875", "=", "2", "+", "0.25", "× [", "1", "+", "0.9", "× 5", "−", "2", "]"]
    assert "TD target 5.5" in shown.html
    assert "TD error 3.5" in shown.html
    assert "<s>" not in shown.html


def test_formula_strikes_out_what_does_not_follow_a_terminal_step():
    learner = QLearningAgent(3, 2, learning_rate=0.5, discount=0.9, initial_value=4.0)
    before = learner.q_values
    step = (0, 1, 1.0, 2, True)
    learner.update(step)
    shown = widgets.update_formula(learner, step, before)
    assert "no next state" in shown.html
    assert "<s>γ</s>" in shown.html
    assert "<s>max Q(s′,·)</s>" in shown.html
    # By hand: error = 1 − 4 = −3, new value = 4 − 1.5.
    assert "TD error −3" in shown.html
    assert table_rows(shown.html)[1][0] == "2.5"


def test_formula_uses_the_next_value_from_before_the_update():
    """In a step that stays where it is, the update changes the very row it looks at."""
    learner = QLearningAgent(1, 1, learning_rate=1.0, discount=0.5)
    before = learner.q_values
    learner.update((0, 0, 1.0, 0, False))
    learner_words = repr(widgets.update_formula(learner, (0, 0, 1.0, 0, False), before))
    assert learner_words == "TD target 1, TD error 1, value from 0 to 1"
