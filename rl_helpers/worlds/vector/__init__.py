"""Many copies of a world in one array, as Gymnasium's vector environments: the rules of the single ones.

Start with `vector_world.py`.

Bob's worlds are made by `gymnasium.make_vec("Bob/ContinuousRoom-v0", num_envs=100)`; Acrobot and Pendulum, of
which Gymnasium has none, by their classes. Tests compare every one step by step with the single world.
"""

from rl_helpers.worlds.vector.acrobot import VectorAcrobot
from rl_helpers.worlds.vector.pendulum import VectorPendulum

__all__ = ["VectorAcrobot", "VectorPendulum"]
