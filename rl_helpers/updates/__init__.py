"""Update rules: one pure function each, the equation and nothing else.

Start with `action_values.py`.

Every function takes numbers or arrays of any leading shape, so one agent and a hundred agents side by side
are taught by the same line. `action_values` says what Q(s, a) is moved towards, `deep_q` what a network that
says Q(s, a) is, `policy_gradients` what a policy's parameters climb.
"""

from rl_helpers.updates.action_values import (
    double_q_learning_target,
    dyna_bonus,
    expected_sarsa_target,
    monte_carlo_returns,
    q_learning_target,
    sarsa_target,
)
from rl_helpers.updates.deep_q import (
    SeveralSteps,
    double_dqn_target,
    dqn_target,
    huber,
    n_step_returns,
    several_steps,
)
from rl_helpers.updates.policy_gradients import (
    PPOGradient,
    clipped_surrogate,
    generalized_advantage,
    ppo,
    reinforce,
)

__all__ = [
    "PPOGradient",
    "SeveralSteps",
    "clipped_surrogate",
    "double_dqn_target",
    "double_q_learning_target",
    "dqn_target",
    "dyna_bonus",
    "expected_sarsa_target",
    "generalized_advantage",
    "huber",
    "monte_carlo_returns",
    "n_step_returns",
    "ppo",
    "q_learning_target",
    "reinforce",
    "sarsa_target",
    "several_steps",
]
