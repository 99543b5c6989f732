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
    vector_entry_point="rl_helpers.worlds.vector.continuous_room:VectorContinuousRoom",
    max_episode_steps=200,
)
register(
    "Bob/Corridor-v0",
    entry_point="rl_helpers.worlds.corridor:CorridorEnv",
    vector_entry_point="rl_helpers.worlds.vector.corridor:VectorCorridor",
    max_episode_steps=1_000,
)
register("Bob/Posts-v0", entry_point="rl_helpers.worlds.posts:PostsEnv", max_episode_steps=1_000)
# The textbook has no time limit here. A random walk through its maze takes 869 steps on average, and three
# in a million take more than this limit, which is there to end the walk of an agent that runs in circles.
register("Bob/Maze-v0", entry_point="rl_helpers.worlds.maze:MazeEnv", max_episode_steps=10_000)
# A hundred seconds of four pictures a decision.
register(
    "Bob/Super-v0",
    entry_point="rl_helpers.super_bob.env:SuperBobEnv",
    vector_entry_point="rl_helpers.super_bob.vector_env:SuperBobVectorEnv",
    max_episode_steps=1_500,
)
