# %% [markdown]
# # My world
#
# This notebook is yours. `make update` never touches it. A small world stands here, a plant on a window sill,
# and all that [notebook 09](09_your_own_world.ipynb) does with a world. Run it once from top to bottom. Then
# change it, part by part, into a world of your own.
#
# 1. What can be **done**? A few actions.
# 2. What must be **seen**, so that nothing else decides how it goes on? A few whole numbers.
# 3. What is **wanted**? A reward for that, and not for what looks like it.
# 4. When is it **over**?

# %%
import gymnasium as gym
import numpy as np
from gymnasium import spaces

from rl_helpers import plots
from rl_helpers.agents import QLearningAgent
from rl_helpers.environments import RavelObservation, check_world, explore_model
from rl_helpers.notebook import show
from rl_helpers.planning import policy_values, value_iteration
from rl_helpers.training import sweep, train_many

# %% [markdown]
# ## The world
#
# A plant dries by one level a day, by two if the sun shines, which it does on half of the days, by chance.
# Watering fills it by three. Between two and four it makes a flower a day. Dry (0) or drowned (6) it is over.

# %%
class MyWorld(gym.Env):
    metadata = {"render_modes": ["ansi"], "render_fps": 2, "reward_unit": "flowers"}

    def __init__(self, render_mode=None):
        self.observation_space = spaces.Tuple([spaces.Discrete(7), spaces.Discrete(2)])    # water, sunny
        self.action_space = spaces.Discrete(2)  # 0 leaves it, 1 waters it
        self.render_mode = render_mode

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.water = 3
        self.sunny = int(self.np_random.integers(2))
        return self.observation(), {}

    def observation(self):
        return self.water, self.sunny

    def step(self, action):
        if 0 < self.water < 6:  # what is dead stays dead
            self.water = min(max(self.water + 3 * int(action) - 1 - self.sunny, 0), 6)
        self.sunny = int(self.np_random.integers(2))
        reward, terminated = float(2 <= self.water <= 4), self.water in (0, 6)
        return self.observation(), reward, terminated, False, {}

    def render(self):
        return "~" * self.water + "." * (6 - self.water) + (" sun" if self.sunny else " cloud")


# %% [markdown]
# ## Checked, named, numbered
#
# With the name comes a time limit. Where numbers have a fraction, take from `rl_helpers.environments`
# `NumberedStates(…, StateSpace.of_buckets([(0.0, 1.0)]))` in place of `RavelObservation(…)`, one tuple of
# edges for each number.

# %%
LIMIT = 30  # days
print(*check_world(gym.wrappers.TimeLimit(MyWorld(), LIMIT)) or ["nothing found"], sep="\n")
gym.register("Mine/World-v0", entry_point=MyWorld, max_episode_steps=LIMIT)
env = RavelObservation(gym.make("Mine/World-v0"))
print(env.observation_space)

# %% [markdown]
# ## The exact answer
#
# If the world is too large for this, `explore_model` says so. Then go on without: write `limited = env`
# below (one run after the other, `n_jobs=-1` takes all cores), and leave out "What they have learned".

# %%
DISCOUNT = 0.95
model = explore_model(env, progress=True)
exact = value_iteration(model, DISCOUNT)
print(model)

# %% [markdown]
# ## A hundred agents

# %%
settings = {"learning_rate": 0.1, "epsilon": 0.1, "discount": DISCOUNT}
limited = gym.wrappers.TimeLimit(model, LIMIT)
history = train_many(QLearningAgent, limited, n_runs=100, n_episodes=500, seed=0, progress=True, **settings)
fig, axes = plots.new_axes()
plots.learning_curve(axes, history, label="100 agents", window=10)
show.figure(fig, alt="The mean return of 100 agents over 500 episodes.")

# %% [markdown]
# ## What they have learned
#
# The value of a start, by the exact answer and by the greedy policies of the tables.

# %%
start = model.initial_state_distrib
worth = [start @ policy_values(model, table.argmax(axis=1), DISCOUNT) for table in history.q_values]
best = start @ exact.max(axis=1)
print(f"exact {best:.2f}, learned {np.mean(worth):.2f} on average, {min(worth):.2f} at worst")

# %% [markdown]
# ## One episode
#
# What the first of the agents does, without anything at random. If your `render` returns pictures, make a
# film of it, with `record_episode` and `create_gif` of `rl_helpers.gifs`.

# %%
env = RavelObservation(gym.make("Mine/World-v0", render_mode="ansi"))
state, _ = env.reset(seed=0)
for _ in range(8):
    action = int(history.q_values[0][state].argmax())
    state, reward, terminated, truncated, _ = env.step(action)
    print(action, reward, env.render())
    if terminated or truncated:
        break

# %% [markdown]
# ## Other settings

# %%
vary = {"learning_rate": [0.03, 0.1, 0.3], "epsilon": [0.03, 0.1]}
length = {"n_runs": 30, "n_episodes": 500}
for setting, found in sweep(QLearningAgent, limited, vary=vary, seed=0, discount=DISCOUNT, **length):
    print(setting, f"{found.returns[:, -100:].mean():.1f} {found.reward_unit} in the last 100 episodes")
