"""Policy gradients: gradients beside autograd, many runs beside one by one, one run beside a plain loop."""

from statistics import median
from time import process_time

import autograd
import autograd.numpy as anp
import gymnasium as gym
import numpy as np

from rl_helpers.deep import PPOAgent
from rl_helpers.deep.many.threads import one_thread
from rl_helpers.deep.networks import backward, forward, layers
from rl_helpers.training import train, train_many
from tools.bench.figures import Figure
from tools.bench.plain.ppo import ppo

ROUNDS = 5
N_RUNS, N_STEPS = 100, 4096
SETTINGS = {"n_epochs": 10, "n_batches": 4, "hidden": (32,), "n_envs": 8, "rollout_steps": 32}
NETWORKS = {"4-32-2, 100 runs": (100, 64, (4, 32, 2)), "2,952-128-64-4, one run": (1, 64, (2952, 128, 64, 4))}


def seconds(call):
    """Return the processor time of a call."""
    start = process_time()
    call()
    return process_time() - start


def gradients(n_runs, n_samples, sizes):
    """Return samples a second, forwards and backwards: by hand, and by how much autograd is slower."""
    rng = np.random.default_rng(0)
    network = layers(sizes, n_runs, rng)
    inputs = rng.standard_normal((n_runs, n_samples, sizes[0]), dtype=np.float32)
    weight = rng.standard_normal((n_runs, n_samples, sizes[-1]), dtype=np.float32)

    def by_hand():
        _, memory = forward(network, inputs)
        backward(network, memory, weight)

    def objective(parameters):
        weights, biases = parameters
        hidden = inputs
        for number in range(len(weights)):
            hidden = anp.matmul(anp.tanh(hidden) if number else hidden, weights[number])
            hidden = hidden + biases[number][:, None]
        return anp.sum(weight * hidden)

    derive = autograd.grad(objective)

    def by_autograd():
        derive(tuple(network))

    repeated = 20
    ways = [lambda way=way: [way() for _ in range(repeated)] for way in (by_hand, by_autograd)]
    rounds = [[seconds(way) for way in ways] for _ in range(ROUNDS)]
    rate = repeated * n_runs * n_samples / min(row[0] for row in rounds)
    return rate, median(row[1] / row[0] for row in rounds)


def many_beside_one_by_one():
    """Return how many times as long a step takes where 100 agents learn one after the other with `train`."""
    env = gym.make("CartPole-v1")

    def one_by_one(seed):
        agent = PPOAgent(env.observation_space, env.action_space, rng=np.random.default_rng(seed), **SETTINGS)
        n_steps, n_episodes = 0, 0
        while n_steps < N_STEPS:
            n_steps += int(train(env, agent, 10, seed=seed + n_episodes).lengths.sum())
            n_episodes += 10
        return n_steps

    def many(seed):
        history = train_many(PPOAgent, env, n_runs=N_RUNS, n_steps=N_STEPS, seed=seed, **SETTINGS)
        return int(history.decisions[:, -1].sum())

    return median(_rate(many, seed) / _rate(one_by_one, seed) for seed in range(ROUNDS))


def one_beside_plain_loop():
    """Return how many times as long a step takes in a loop written for one run; below 1 the axis costs."""
    env = gym.make("CartPole-v1")

    def one(seed):
        history = train_many(PPOAgent, env, n_runs=1, n_steps=N_STEPS, seed=seed, **SETTINGS)
        return int(history.decisions[0, -1])

    return median(
        _rate(one, seed) / _rate(lambda seed: ppo("CartPole-v1", N_STEPS, seed), seed)
        for seed in range(ROUNDS)
    )


def _rate(learn, seed):
    """Return steps a second of processor time of a training that returns how many it took."""
    start = process_time()
    n_steps = learn(seed)
    return n_steps / (process_time() - start)


def measure():
    """Return the figures."""
    figures = []
    with one_thread():
        for name, (n_runs, n_samples, sizes) in NETWORKS.items():
            rate, ratio = gradients(n_runs, n_samples, sizes)
            what = f"samples forwards and backwards, network {name}"
            figures.append(Figure(what, f"{rate:,.0f} a second", "", True))
            figures.append(Figure(f"{what} ÷ autograd", f"{ratio:.1f} ×", "≥ 1 ×", ratio >= 1))
        many = many_beside_one_by_one()
        figures.append(
            Figure("PPO on CartPole, 100 runs ÷ one by one", f"{many:.0f} ×", "≥ 10 ×", many >= 10)
        )
        one = one_beside_plain_loop()
        what = "PPO on CartPole, one run ÷ a plain loop without an axis of runs"
        figures.append(Figure(what, f"{one:.1f} ×", "≥ 0.5 ×", one >= 0.5))
    return figures
