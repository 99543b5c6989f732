"""A repaired reward is judged by what Bob then does."""

import pytest

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking.judge import judge


@pytest.mark.parametrize(
    ("rewards", "discount"),
    [({"cushion": 0.1}, 0.99), ({"cushion": 0.3}, 0.95), ({"cushion": 0.01, "rug": 0.75}, 0.9)],
)
def test_repair_is_judged_for_the_discount_at_which_it_fails(rewards, discount):
    report = judge(EXERCISES["repair_the_reward"], lambda discount: rewards)
    assert dict(report.rows) == {"Called": f"repair_the_reward(discount={discount})"}
    assert f"with γ = {discount} the best that Bob can do is: " in report.hint


def test_repair_is_held_to_the_wish_to_keep_the_cushion_only_when_bob_does_the_rest():
    dear = judge(EXERCISES["repair_the_reward"], lambda discount: {"cushion": 0.0, "step": -1.0})
    assert "is: post." in dear.hint
    assert "cushion" not in dear.hint
