"""Bob the cat learns: importing this package registers his worlds with Gymnasium, and nothing else.

>>> import gymnasium as gym, rl_helpers
>>> env = gym.make("Bob/Room-v0")
>>> state, info = env.reset(seed=0)
"""

from gymnasium.envs.registration import register

# The entry points are text: a world's module is imported when `gym.make` asks for it.
register("Bob/Room-v0", entry_point="rl_helpers.worlds.room:RoomEnv", max_episode_steps=100)
register(
    "Bob/ContinuousRoom-v0",
    entry_point="rl_helpers.worlds.continuous_room:ContinuousRoomEnv",
    max_episode_steps=200,
)
