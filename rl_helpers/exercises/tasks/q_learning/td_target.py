"""Exercise of notebook 05: the target of Q-learning."""

import numpy as np

from rl_helpers.exercises.checking.drawing.inputs import number, row, share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def td_target(reward, next_q_values, terminated, discount):
    """Return r + γ max Q(s′, ·), and r alone after a terminal step."""
    if terminated:
        return reward
    return reward + discount * max(next_q_values)


def _target(value=max, *, mask=True):
    """Return a TD target with another function in the place of max, with or without the terminal mask."""
    return lambda reward, next_q_values, terminated, discount: (
        reward if mask and terminated else reward + discount * value(next_q_values)
    )


def _draw(rng):
    for _ in range(300):
        yield Case(number(rng), row(rng), bool(rng.random() < 0.25), share(rng))


exercise = Exercise(
    notebook="05",
    place=1,
    solution=td_target,
    cases=(
        Case(1.0, np.array([0.0, 2.0, -1.0]), False, 0.5, expected=2.0),
        Case(-0.25, np.array([1.5, 0.5, 4.0, 3.0]), False, 0.9, expected=3.35),
        Case(5.0, np.array([0.0, 2.0, 3.0]), True, 0.5, expected=5.0),
        Case(0.5, np.array([-3.0, -2.0]), False, 0.5, expected=-0.5),
        Case(0.75, np.array([2.0, 1.0]), False, 0.0, expected=0.75),
        Case(0.75, np.array([4.0, 1.0, 6.0]), False, 1.0, expected=6.75),
        Case(-1.0, np.array([-3.0, -2.0]), True, 0.9, expected=-1.0),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("q_values", "next_state", "Q"), "the row of the next state is already given: `next_q_values`."
        ),
        "action": "no action is needed: the best one of the next state counts, so take the maximum.",
    },
    mistakes=(
        (
            _target(mask=False),
            "the terminal step still adds γ·max Q(s′, ·). When the episode has terminated there is no next "
            "state, and nothing to come: the target is the reward alone.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward + discount * max(next_q_values) if terminated else reward
            ),
            "the test is the wrong way round: it is the *terminal* step that has no next state.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                0.0 if terminated else reward + discount * max(next_q_values)
            ),
            "the terminal step loses its reward. Only what would have come next falls away, the reward "
            "counts.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else reward + max(next_q_values)
            ),
            "γ is missing: what comes next counts `discount` times.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else discount * (reward + max(next_q_values))
            ),
            "γ multiplies the reward as well. The reward of this step comes at once and counts in full.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else discount * reward + max(next_q_values)
            ),
            "γ is at the wrong place: it multiplies max Q(s′, ·), not the reward.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else reward - discount * max(next_q_values)
            ),
            "what comes next is added to the reward, not taken away from it.",
        ),
        (
            lambda reward, next_q_values, terminated, discount: (
                reward if terminated else reward + (1 - discount) * max(next_q_values)
            ),
            "the factor is γ itself, not 1 − γ.",
        ),
        (
            _target(np.argmax),
            "`argmax` is the *number* of the best action. The target needs its *value*: max.",
        ),
        (_target(np.mean), "that is the mean over actions. Q-learning counts on the best one: max."),
        (_target(np.sum), "that is the sum over actions. Q-learning counts on the best one: max."),
        (_target(min), "that is the value of the worst action. Q-learning counts on the best one: max."),
        (
            _target(lambda q_values: q_values[0]),
            "that is the value of action 0. Q-learning counts on the best one: max.",
        ),
        (
            _target(lambda q_values: q_values[-1]),
            "that is the value of the last action. Q-learning counts on the best one: max.",
        ),
        (
            _target(lambda q_values: max(0, *q_values)),
            "the maximum never falls below 0. Values may all be negative: start it from the first of them.",
        ),
        (_target(lambda q_values: q_values), "the target is one number: take the maximum over the actions."),
        (
            lambda *arguments: int(td_target(*arguments)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="the target is r + γ · max Q(s′, ·), and r alone after a terminal step.",
)
