"""Speed of the learning code, as ratios in one run: `train` and `train_many` against a loop written by hand.

The hand-written loop is the one of every tutorial: a NumPy table, `np.argmax`, `np.max`, ties to the first.
"""

from statistics import median
from time import perf_counter

import gymnasium as gym
import numpy as np

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent
from rl_helpers.training import train, train_many
from tools.figures import Figure

SETTINGS = {"learning_rate": 0.1, "discount": 0.95, "epsilon": 0.1}
N_EPISODES = 300
ROUNDS = 9


def by_hand(env, n_episodes, seed, learning_rate, discount, epsilon):
    """Learn in the plainest way and return the number of steps."""
    rng = np.random.default_rng(seed)
    q_values = np.zeros((env.observation_space.n, env.action_space.n))
    env.action_space.seed(seed)
    n_steps = 0
    for episode in range(n_episodes):
        state, _ = env.reset(seed=seed if episode == 0 else None)
        over = False
        while not over:
            action = env.action_space.sample() if rng.random() < epsilon else np.argmax(q_values[state])
            next_state, reward, terminated, truncated, _ = env.step(action)
            target = reward + discount * np.max(q_values[next_state]) * (not terminated)
            q_values[state, action] += learning_rate * (target - q_values[state, action])
            state = next_state
            over = terminated or truncated
            n_steps += 1
    return n_steps


def steps_a_second(learn, seed):
    """Return how many steps a second `learn(seed)`, which returns its number of steps, has made."""
    start = perf_counter()
    n_steps = learn(seed)
    return n_steps / (perf_counter() - start)


def compare(env_id, **options):
    """Return steps a second of the loop by hand, `train` and `train_many`: medians of interleaved rounds."""
    env = gym.make(env_id, **options)
    sizes = env.observation_space.n, env.action_space.n

    def with_train(seed):
        agent = QLearningAgent(*sizes, **SETTINGS, rng=np.random.default_rng(seed))
        return int(train(env, agent, N_EPISODES, seed=seed).lengths.sum())

    def with_many(seed):
        history = train_many(QLearningAgent, env, n_episodes=N_EPISODES // 3, seed=seed, **SETTINGS)
        return int(history.lengths.sum())

    ways = (lambda seed: by_hand(env, N_EPISODES, seed, **SETTINGS), with_train, with_many)
    rounds = [[steps_a_second(way, seed) for way in ways] for seed in range(ROUNDS)]
    return [median(column) for column in zip(*rounds, strict=True)]


def measure():
    """Return the figures."""
    taxi_hand, taxi_train, taxi_many = compare("Taxi-v4")
    room_hand, room_train, room_many = compare("Bob/Room-v0")
    rows = [
        ("train on Taxi-v4 ÷ the loop by hand on Taxi-v4", taxi_train / taxi_hand, 1.0),
        ("train on Bob/Room-v0 ÷ the loop by hand on Bob/Room-v0", room_train / room_hand, 3.0),
        ("train on Bob/Room-v0 ÷ the loop by hand on Taxi-v4", room_train / taxi_hand, 3.0),
    ]
    figures = [Figure(name, f"{ratio:.2f} ×", f"≥ {aim:g} ×", ratio >= aim) for name, ratio, aim in rows]
    seen = [
        ("train_many, 100 runs, on Taxi-v4 ÷ the loop by hand", taxi_many / taxi_hand),
        ("train_many, 100 runs, on Bob/Room-v0 ÷ the loop by hand", room_many / room_hand),
    ]
    return figures + [Figure(name, f"{ratio:.1f} ×", "", True) for name, ratio in seen]
