"""Policy gradients with networks in NumPy: gradients in view, and a hundred agents learn at once.

Start with `networks.py`.

Parameters are plain arrays with a leading axis of runs, so one agent and a hundred are the same lines.
`networks` computes forwards and backwards, `heads` makes probabilities of what comes out, `adam` climbs,
`many` plays in any vector environment of Gymnasium, and the agents put these together.
"""

from rl_helpers.deep.actor_critic import ActorCriticAgent
from rl_helpers.deep.features import FourierFeatures
from rl_helpers.deep.many import PolicyHistory, evaluate_many
from rl_helpers.deep.ppo import PPOAgent
from rl_helpers.deep.reinforce import ReinforceAgent

__all__ = [
    "ActorCriticAgent",
    "FourierFeatures",
    "PPOAgent",
    "PolicyHistory",
    "ReinforceAgent",
    "evaluate_many",
]
