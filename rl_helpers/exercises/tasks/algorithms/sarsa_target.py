"""Exercise of notebook 06: the target of SARSA."""

import numpy as np

from rl_helpers.exercises.checking.drawing.inputs import number, row, share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def sarsa_target(reward, next_q_values, next_action, terminated, discount):
    """Return r + γ Q(s′, a′), and r alone after a terminal step."""
    if terminated:
        return reward
    return reward + discount * next_q_values[next_action]


def _target(value=lambda q_values, action: q_values[action], *, mask=True):
    """Return a SARSA target with something else in the place of Q(s′, a′), or without the terminal mask."""
    return lambda reward, next_q_values, next_action, terminated, discount: (
        reward if mask and terminated else reward + discount * value(next_q_values, next_action)
    )


def _together(combine):
    """Return a target that puts reward, γ and Q(s′, a′) together in another way, unless terminated."""
    return lambda reward, next_q_values, next_action, terminated, discount: (
        reward if terminated else combine(reward, discount, next_q_values[next_action])
    )


def _wrong_way_round(reward, next_q_values, next_action, terminated, discount):
    return reward + discount * next_q_values[next_action] if terminated else reward


def _loses_the_last_reward(reward, next_q_values, next_action, terminated, discount):
    return 0.0 if terminated else reward + discount * next_q_values[next_action]


def _draw(rng):
    for _ in range(300):
        next_q_values = row(rng)
        next_action = int(rng.integers(len(next_q_values)))
        yield Case(number(rng), next_q_values, next_action, bool(rng.random() < 0.25), share(rng))


exercise = Exercise(
    notebook="06",
    place=1,
    solution=sarsa_target,
    cases=(
        Case(1.0, np.array([0.0, 2.0, -1.0]), 2, False, 0.5, expected=0.5),
        Case(-0.25, np.array([1.5, 0.5, 4.0, 3.0]), 0, False, 0.9, expected=1.1),
        Case(5.0, np.array([0.0, 2.0, 3.0]), 1, True, 0.5, expected=5.0),
        Case(0.5, np.array([-3.0, -2.0]), 1, False, 0.5, expected=-0.5),
        Case(-1.0, np.array([-5.0, -2.0, -4.0]), 0, False, 1.0, expected=-6.0),
        Case(0.75, np.array([2.0, 1.0]), 1, False, 0.0, expected=0.75),
        Case(0.75, np.array([4.0, 1.0, 6.0, 3.5]), 3, False, 1.0, expected=4.25),
        Case(-1.0, np.array([-3.0, -2.0]), 0, True, 0.9, expected=-1.0),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("q_values", "next_state", "Q"), "the row of the next state is already given: `next_q_values`."
        ),
        "action": "what counts is the action played *next*: `next_action`.",
        **dict.fromkeys(
            ("epsilon", "rng"),
            "nothing is drawn here: the next action has been chosen already, it is `next_action`.",
        ),
    },
    mistakes=(
        (
            _target(mask=False),
            "the terminal step still adds γ·Q(s′, a′). When the episode has terminated there is no next "
            "state, and no next action: the target is the reward alone.",
        ),
        (
            _target(lambda q_values, action: max(q_values)),
            "that is the target of Q-learning: it counts on the *best* next action. SARSA counts on the one "
            "that will really be played: `next_q_values[next_action]`.",
        ),
        (
            _target(lambda q_values, action: max(q_values), mask=False),
            "that is the target of Q-learning, and the terminal step adds to it as well. SARSA takes "
            "`next_q_values[next_action]`, and nothing after a terminal step.",
        ),
        (
            _target(lambda q_values, action: np.mean(q_values)),
            "that is the mean over all next actions. SARSA takes the value of one of them, `next_action`.",
        ),
        (
            _target(lambda q_values, action: np.argmax(q_values)),
            "`argmax` is the *number* of the best action. The target needs a *value*, that of `next_action`.",
        ),
        (
            _target(lambda q_values, action: action),
            "`next_action` is a *number* of an action, not what it is worth: look up `next_q_values`.",
        ),
        (
            _target(lambda q_values, action: q_values[0]),
            "that is the value of action 0, whatever is played next: look up `next_action`.",
        ),
        (
            _target(lambda q_values, action: q_values[-1]),
            "that is the value of the last action, whatever is played next: look up `next_action`.",
        ),
        (
            _target(lambda q_values, action: q_values[action - 1]),
            "that is the value of the action before: actions are counted from 0, as entries are, so no − 1.",
        ),
        (
            _target(lambda q_values, action: q_values),
            "the target is one number: of the row take the entry of `next_action`.",
        ),
        (
            _wrong_way_round,
            "the test is the wrong way round: it is the *terminal* step that has no next action.",
        ),
        (
            _loses_the_last_reward,
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
            _together(lambda reward, discount, value: discount * reward + value),
            "γ is at the wrong place: it multiplies Q(s′, a′), not the reward.",
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
            _together(lambda reward, discount, value: reward),
            "that is the reward alone, as after a terminal step. Otherwise γ·Q(s′, a′) comes on top.",
        ),
        (
            lambda *arguments: int(sarsa_target(*arguments)),
            "the result is cut to a whole number: `int` throws away what is behind the point.",
        ),
    ),
    hint="the target is r + γ · Q(s′, a′), with a′ the next action, and r alone after a terminal step.",
)
