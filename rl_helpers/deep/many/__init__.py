"""Many runs in many environments: playing, sorting out what comes back, training.

Start with `rollout.py`.

An agent with a leading axis of runs has a few environments for each of them, numbered run by run in one
Gymnasium vector environment. Nothing here knows how an agent learns.
"""

from rl_helpers.deep.many.training import PolicyHistory, evaluate_many, go_on, train_many
from rl_helpers.deep.many.vectors import vector_of

__all__ = ["PolicyHistory", "evaluate_many", "go_on", "train_many", "vector_of"]
