"""Speed of `train_many` beside plain loops of the same algorithms, and of two figures of the textbook.

All in processor time, so that what else the machine does hardly changes a figure; neither side uses more than
one core.
"""

from statistics import median
from time import process_time

import gymnasium as gym

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers.agents import (
    DoubleQLearningAgent,
    DynaQAgent,
    ExpectedSarsaAgent,
    QLearningAgent,
    SarsaAgent,
)
from rl_helpers.schedules import SampleAverage
from rl_helpers.training import train_many
from tools.bench.figures import Figure
from tools.bench.plain import loops as plain_loops

SETTINGS = {"learning_rate": 0.1, "discount": 0.95, "epsilon": 0.1}
ALGORITHMS = {
    "Q-learning": (QLearningAgent, plain_loops.q_learning),
    "SARSA": (SarsaAgent, plain_loops.sarsa),
    "expected SARSA": (ExpectedSarsaAgent, plain_loops.expected_sarsa),
    "double Q-learning": (DoubleQLearningAgent, plain_loops.double_q_learning),
    "Dyna-Q, 5 planning steps": (DynaQAgent, plain_loops.dyna_q),
}
# Episodes of the plain loop, so that it takes a second or so, and of `train_many` where episodes are counted.
WORLDS = {"FrozenLake-v1": (2000, 1000), "Taxi-v4": (150, 200), "CliffWalking-v1": (300, 300)}
N_RUNS = 100
N_STEPS = 8000
ROUNDS = 5


def rate(learn, *arguments, **options):
    """Return how many steps a second a call makes that returns its number of steps."""
    start = process_time()
    n_steps = learn(*arguments, **options)
    return n_steps / (process_time() - start)


def compare(env_id, agent_class, plain_loop, *, by_episodes=False):
    """Return by what factor `train_many` makes more steps a second: the median of interleaved rounds.

    With `by_episodes` every run plays the same number of episodes; some last longer than others, and the last
    ones go on with few beside them. Else every run takes the same number of steps.
    """
    env = gym.make(env_id)
    n_plain, n_many = WORLDS[env_id]

    def many(seed):
        common = {"n_runs": N_RUNS, "seed": seed, **SETTINGS}
        if by_episodes:
            return int(train_many(agent_class, env, n_episodes=n_many, **common).lengths.sum())
        train_many(agent_class, env, n_steps=N_STEPS, **common)
        return N_RUNS * N_STEPS

    return median(
        rate(many, seed) / rate(plain_loop, env, n_plain, seed, **SETTINGS) for seed in range(ROUNDS)
    )


def seconds(call):
    """Return the shortest of three processor times that a call took."""
    times = []
    for _ in range(3):
        start = process_time()
        call()
        times.append(process_time() - start)
    return min(times)


def testbed():
    """Run the three curves of figure 2.2."""
    env = gym.make("Bob/Posts-v0")
    bandit = {"n_runs": 2000, "n_steps": 1000, "learning_rate": SampleAverage(), "discount": 0.0}
    for epsilon in (0.0, 0.1, 0.01):
        train_many(QLearningAgent, env, seed=0, epsilon=epsilon, **bandit)


def cliff():
    """Run the two curves of example 6.6."""
    env = gym.make("CliffWalking-v1")
    settings = {"n_runs": 50, "n_episodes": 500, "learning_rate": 0.5, "discount": 1.0, "epsilon": 0.1}
    for agent_class in (QLearningAgent, SarsaAgent):
        train_many(agent_class, env, seed=0, **settings)


def measure():
    """Return the figures."""
    figures = []
    for name, (agent_class, plain_loop) in ALGORITHMS.items():
        for env_id in WORLDS:
            ratio = compare(env_id, agent_class, plain_loop)
            what = f"train_many, 100 runs of {name}, on {env_id} ÷ a plain loop"
            figures.append(Figure(what, f"{ratio:.0f} ×", "≥ 25 ×", ratio >= 25))
    for env_id in WORLDS:
        ratio = compare(env_id, QLearningAgent, plain_loops.q_learning, by_episodes=True)
        n_episodes = WORLDS[env_id][1]
        what = f"train_many, 100 runs of Q-learning, {n_episodes} episodes each, on {env_id} ÷ a plain loop"
        figures.append(Figure(what, f"{ratio:.0f} ×", "≥ 25 ×", ratio >= 25))
    for name, call, aim in (
        ("the 10-armed testbed: 3 × 2,000 runs × 1,000 steps", testbed, 2.0),
        ("cliff walking: 2 × 50 runs × 500 episodes", cliff, 1.0),
    ):
        took = seconds(call)
        figures.append(Figure(name, f"{took:.2f} s", f"≤ {aim:g} s", took <= aim))
    return figures
