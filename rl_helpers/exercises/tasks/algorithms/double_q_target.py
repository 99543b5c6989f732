"""Exercise of notebook 06: the target of double Q-learning."""

import numpy as np

from rl_helpers.exercises.checking.drawing.inputs import number, share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def double_q_target(reward, next_q_values, other_next_q_values, terminated, discount):
    """Return r + γ Q₂(s′, argmax Q₁(s′, ·)), and r alone after a terminal step."""
    if terminated:
        return reward
    return reward + discount * other_next_q_values[np.argmax(next_q_values)]


def _target(value, *, mask=True):
    """Return a target with another value of the next state, or without the terminal mask."""
    return lambda reward, next_q_values, other_next_q_values, terminated, discount: (
        reward if mask and terminated else reward + discount * value(next_q_values, other_next_q_values)
    )


def _together(combine):
    """Return a target that puts reward, γ and the judged value together in another way, unless terminated."""
    return lambda reward, next_q_values, other_next_q_values, terminated, discount: (
        reward if terminated else combine(reward, discount, _judged(next_q_values, other_next_q_values))
    )


def _judged(own, other):
    return other[np.argmax(own)]


def _wrong_way_round(reward, next_q_values, other_next_q_values, terminated, discount):
    return reward + discount * _judged(next_q_values, other_next_q_values) if terminated else reward


def _draw(rng):
    for _ in range(300):
        n_actions = int(rng.integers(1, 8))
        # No two values alike: which of several best actions is taken is nobody's mistake.
        own, other = (np.round(rng.permutation(np.arange(8.0) - 3) * 1.25, 2)[:n_actions] for _ in range(2))
        yield Case(number(rng), own, other, bool(rng.random() < 0.25), share(rng))


exercise = Exercise(
    notebook="06",
    place=2,
    solution=double_q_target,
    cases=(
        Case(1.0, np.array([0.0, 2.0, -1.0]), np.array([5.0, 3.0, 1.0]), False, 0.5, expected=2.5),
        Case(-0.25, np.array([4.5, 0.5, 4.0]), np.array([-1.0, 6.0, 2.0]), False, 0.9, expected=-1.15),
        Case(5.0, np.array([0.0, 2.0]), np.array([4.0, 3.0]), True, 0.5, expected=5.0),
        Case(0.5, np.array([-3.0, -2.0]), np.array([-1.0, -4.0]), False, 0.5, expected=-1.5),
        Case(0.75, np.array([2.0, 1.0]), np.array([8.0, 9.0]), False, 0.0, expected=0.75),
        Case(0.75, np.array([4.0, 1.0, 6.0]), np.array([3.0, 7.0, 2.0]), False, 1.0, expected=2.75),
        Case(-1.0, np.array([-3.0, -2.0]), np.array([1.0, 2.0]), True, 0.9, expected=-1.0),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("q_values", "other_q_values", "next_state", "Q", "Q1", "Q2"),
            "the rows of the next state are already given: `next_q_values` and `other_next_q_values`.",
        ),
        **dict.fromkeys(
            ("action", "next_action"), "which action counts is found here: the best one of `next_q_values`."
        ),
        **dict.fromkeys(
            ("epsilon", "rng"), "nothing is drawn here: which table learns is decided elsewhere."
        ),
    },
    mistakes=(
        (
            _target(lambda own, other: max(own)),
            "that is the target of Q-learning: one table chooses and judges. The action that "
            "`next_q_values` chooses is judged by `other_next_q_values`.",
        ),
        (
            _target(lambda own, other: max(other)),
            "the other table chooses and judges: it shall only judge. The best action is that of "
            "`next_q_values`.",
        ),
        (
            _target(lambda own, other: own[np.argmax(other)]),
            "the two are exchanged: `next_q_values`, of the table that learns, chooses; the other judges.",
        ),
        (
            _target(_judged, mask=False),
            "the terminal step still adds what comes next. When the episode has terminated there is no next "
            "state: the target is the reward alone.",
        ),
        (
            _target(lambda own, other: np.argmax(own)),
            "`argmax` is the *number* of the best action. The target needs what the other table says it is "
            "worth.",
        ),
        (
            _target(lambda own, other: (max(own) + max(other)) / 2),
            "that is the mean of both maxima, too high by chance both of them. One table chooses, the other "
            "judges.",
        ),
        (
            _target(lambda own, other: max((own + other) / 2)),
            "that is the best of the mean of both tables, which is chosen and judged by the same numbers.",
        ),
        (
            _target(lambda own, other: other[np.argmin(own)]),
            "that is the worst action of `next_q_values`: its best one counts, argmax.",
        ),
        (
            _target(lambda own, other: np.mean(other)),
            "that is a mean over actions. What counts is one of them, the best one of `next_q_values`.",
        ),
        (
            _target(lambda own, other: other),
            "the target is one number: of the other row take the entry of the best action.",
        ),
        (
            _wrong_way_round,
            "the test is the wrong way round: it is the *terminal* step that has no next state.",
        ),
        (
            lambda reward, next_q_values, other_next_q_values, terminated, discount: (
                0.0 if terminated else reward + discount * _judged(next_q_values, other_next_q_values)
            ),
            "the terminal step loses its reward. Only what would have come next falls away.",
        ),
        (
            _together(lambda reward, discount, value: reward + value),
            "γ is missing: what comes next counts `discount` times.",
        ),
        (
            _together(lambda reward, discount, value: discount * (reward + value)),
            "γ multiplies the reward as well. The reward of this step comes at once and counts in full.",
        ),
        (
            _together(lambda reward, discount, value: reward - discount * value),
            "what comes next is added to the reward, not taken away from it.",
        ),
        (
            _together(lambda reward, discount, value: discount * value),
            "the reward of this step is missing: add it.",
        ),
        (
            lambda *arguments: int(double_q_target(*arguments)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="r + γ · Q₂(s′, a*), with a* the best action of Q₁, and r alone after a terminal step.",
)
