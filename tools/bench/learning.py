"""Speed of `train`, as ratios of processor times, against the loop that every tutorial writes by hand."""

from statistics import median
from time import process_time

import gymnasium as gym
import numpy as np

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import QLearningAgent
from rl_helpers.training import train
from tools.bench.figures import Figure
from tools.bench.plain import loops as plain_loops

SETTINGS = {"learning_rate": 0.1, "discount": 0.95, "epsilon": 0.1}
N_EPISODES = 300
ROUNDS = 9


def steps_a_second(learn, seed):
    """Return how many steps a second `learn(seed)`, which returns its number of steps, has made."""
    start = process_time()
    n_steps = learn(seed)
    return n_steps / (process_time() - start)


def compare(env_id, **options):
    """Return steps a second of the loop by hand and of `train`: medians of interleaved rounds."""
    env = gym.make(env_id, **options)
    sizes = env.observation_space.n, env.action_space.n

    def with_train(seed):
        agent = QLearningAgent(*sizes, **SETTINGS, rng=np.random.default_rng(seed))
        return int(train(env, agent, N_EPISODES, seed=seed).lengths.sum())

    ways = (lambda seed: plain_loops.q_learning(env, N_EPISODES, seed, **SETTINGS), with_train)
    rounds = [[steps_a_second(way, seed) for way in ways] for seed in range(ROUNDS)]
    return [median(column) for column in zip(*rounds, strict=True)]


def measure():
    """Return the figures."""
    taxi_hand, taxi_train = compare("Taxi-v4")
    room_hand, room_train = compare("Bob/Room-v0")
    rows = [
        ("train on Taxi-v4 ÷ the loop by hand on Taxi-v4", taxi_train / taxi_hand, 1.0),
        ("train on Bob/Room-v0 ÷ the loop by hand on Bob/Room-v0", room_train / room_hand, 3.0),
        ("train on Bob/Room-v0 ÷ the loop by hand on Taxi-v4", room_train / taxi_hand, 3.0),
    ]
    return [Figure(name, f"{ratio:.2f} ×", f"≥ {aim:g} ×", ratio >= aim) for name, ratio, aim in rows]
