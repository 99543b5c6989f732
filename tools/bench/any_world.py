"""Speed of `train_many` in worlds without a transition model, beside a plain loop over the runs.

On one core in processor time. On two both on the clock, which says something on a machine that does nothing
else, and in processor time: all of the work on one core, divided by what the busier of two workers does and
what hands out the work.
"""

import os
from statistics import median
from time import perf_counter, process_time, sleep

import gymnasium as gym
import joblib

from rl_helpers.agents import QLearningAgent
from rl_helpers.environments import NumberedStates, RavelObservation, StateSpace
from rl_helpers.training import train_many
from tools.bench.figures import Figure
from tools.bench.many import ROUNDS, SETTINGS, rate
from tools.bench.plain import loops as plain_loops

ANGLES = StateSpace.of_buckets([None, None, (-0.12, -0.06, 0, 0.06, 0.12), (-1.0, -0.3, 0.3, 1.0)])
WORLDS = {  # with the number of episodes of a run
    "CartPole-v1 with buckets": (lambda: NumberedStates(gym.make("CartPole-v1"), ANGLES), 100),
    "Blackjack-v1": (lambda: RavelObservation(gym.make("Blackjack-v1")), 2_000),
}
N_RUNS = 4
N_STEPS = 40_000  # of each run, on one core and on two


def many(make_env, n_episodes, seed):
    """Train one run after the other; return the number of time steps."""
    history = train_many(
        QLearningAgent, make_env, n_runs=N_RUNS, n_episodes=n_episodes, seed=seed, **SETTINGS
    )
    return int(history.lengths.sum())


def loop(make_env, n_episodes, seed):
    """Do the same as every tutorial does; return the number of time steps."""
    runs = range(N_RUNS * seed, N_RUNS * (seed + 1))
    return sum(plain_loops.q_learning(make_env(), n_episodes, run, **SETTINGS) for run in runs)


def seconds(make_env, n_jobs):
    """Return how long the work takes with some jobs: on the clock, and for the processor that does most."""
    workers = _workers(n_jobs)
    begun, start = process_time(), perf_counter()
    train_many(
        QLearningAgent, make_env, n_runs=2 * N_RUNS, n_steps=N_STEPS, seed=0, n_jobs=n_jobs, **SETTINGS
    )
    on_the_clock, of_ours = perf_counter() - start, process_time() - begun
    shares = [used - workers.get(worker, 0.0) for worker, used in _workers(n_jobs).items()]
    return on_the_clock, of_ours + max(shares, default=0.0)


def _workers(n_jobs):
    """Return the processor seconds of each process that takes jobs, by its number."""
    return {} if n_jobs == 1 else dict(joblib.Parallel(n_jobs)([joblib.delayed(_worker)()] * 4 * n_jobs))


def _worker():
    sleep(0.1)  # so that the other one takes its part of the questions
    return os.getpid(), process_time()


def measure():
    """Return the figures."""
    figures = []
    for name, (make_env, n_episodes) in WORLDS.items():
        ratio = median(
            rate(many, make_env, n_episodes, seed) / rate(loop, make_env, n_episodes, seed)
            for seed in range(ROUNDS)
        )
        what = f"train_many, {N_RUNS} runs one by one on {name} ÷ a plain loop"
        figures.append(Figure(what, f"{ratio:.2f} ×", "≥ 1 ×", ratio >= 1))
    make_env, _ = WORLDS["CartPole-v1 with buckets"]
    seconds(make_env, 2)  # so that the processes are there
    rounds = [zip(seconds(make_env, 1), seconds(make_env, 2), strict=True) for _ in range(3)]
    gains = [median(one / two for one, two in each) for each in zip(*rounds, strict=True)]
    for gain, how in zip(gains, ("on the clock", "in processor time"), strict=True):
        what = f"the same on two cores ÷ on one, {how}"
        figures.append(Figure(what, f"{gain:.2f} ×", "≥ 1.7 ×", gain >= 1.7))
    return figures
