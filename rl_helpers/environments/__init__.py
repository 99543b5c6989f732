"""Worlds that nobody here drew: checked in words, states as rows of a table, a model found by trying.

Start with `check_world.py`.

From an observation to the row of a table, in the order in which to try them:

- whole numbers, one or several (`Tuple`, `Dict`, `MultiDiscrete`, `MultiBinary`, `Discrete` from another
  number than 0): `RavelObservation(env)`;
- numbers with a fraction and with bounds (`Box`): Gymnasium's `DiscretizeObservation(env, bins=…)`;
- numbers without bounds, buckets of your own, a mirror, or something that has to be remembered:
  `NumberedStates(env, StateSpace.of_buckets(…))`.
"""

from rl_helpers.environments.check_world import check_world
from rl_helpers.environments.explore_model import explore_model
from rl_helpers.environments.numbered_states import NumberedStates
from rl_helpers.environments.ravel_observation import RavelObservation
from rl_helpers.environments.state_spaces import OpenStateSpace, StateSpace, bucket

__all__ = [
    "NumberedStates",
    "OpenStateSpace",
    "RavelObservation",
    "StateSpace",
    "bucket",
    "check_world",
    "explore_model",
]
