"""Deep agents: gradients beside autograd, many runs beside one by one, one run beside a plain loop."""

from statistics import median
from time import process_time

import autograd
import autograd.numpy as anp
import gymnasium as gym
import numpy as np

from rl_helpers.deep import DQNAgent, PPOAgent
from rl_helpers.deep.many.threads import one_thread
from rl_helpers.deep.networks import backward, forward, layers
from rl_helpers.deep.q.networks import LEAST_VARIANCE, q_backward, q_forward
from rl_helpers.training import train, train_many
from tools.bench.figures import Figure
from tools.bench.plain.ppo import ppo

ROUNDS = 5
N_RUNS, N_STEPS = 100, 4096
N_SAMPLES = 128
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


def q_batches():
    """Return samples a second that a Q-network learns from, and by how much autograd is slower.

    The first is all that a batch of DQN takes: drawing from the memory, mirroring, three passes forwards, one
    backwards, Adam, the held network. What is compared is one pass forwards and backwards.
    """
    rng = np.random.default_rng(0)
    pictures = gym.spaces.Box(0, 16, (2, 41, 36), np.uint8)
    agent = DQNAgent(
        pictures,
        gym.spaces.Discrete(4),
        n_envs=32,
        hidden=(128, 64),
        has_layer_norm=True,
        is_dueling=True,
        n_frames=2,
        return_steps=5,
        replay_size=20_000,
        learning_starts=0,
        batch_size=N_SAMPLES,
        mirror=lambda observations, actions: (observations[..., ::-1], actions),
        rng=rng,
    )
    seen = rng.integers(0, 17, size=(102, 1, 32, 41 * 36), dtype=np.uint8)
    none = np.zeros((1, 32))
    for before, here, there in zip(seen, seen[1:], seen[2:], strict=False):
        agent.memory.add(
            np.concatenate([before, here], -1), none, none, np.concatenate([here, there], -1), none, none
        )
    inputs = agent.inputs(agent.memory.sample(rng, N_SAMPLES).observations)
    weight = rng.standard_normal((1, N_SAMPLES, 4), dtype=np.float32)

    def objective(parameters):
        weights, biases, gains, shifts, value = parameters
        hidden = inputs
        for layer in range(len(gains)):
            apart = anp.matmul(hidden, weights[layer]) + biases[layer][:, None]
            apart = apart - anp.mean(apart, axis=-1, keepdims=True)
            normal = apart / anp.sqrt(anp.mean(apart**2, axis=-1, keepdims=True) + LEAST_VARIANCE)
            hidden = anp.maximum(normal * gains[layer][:, None] + shifts[layer][:, None], 0)
        said = anp.matmul(hidden, weights[-1]) + biases[-1][:, None]
        said = said - anp.mean(said, axis=-1, keepdims=True)
        return anp.sum(weight * (said + anp.matmul(hidden, value[0]) + value[1][:, None]))

    derive = autograd.grad(objective)

    def by_autograd():
        derive(tuple(agent.parameters.network))

    def by_hand():
        _, memory = q_forward(agent.parameters.network, inputs)
        q_backward(agent.parameters.network, memory, weight)

    ways = agent.learn_from_memory, by_hand, by_autograd
    repeated = [lambda way=way: [way() for _ in range(20)] for way in ways]
    rounds = [[seconds(way) for way in repeated] for _ in range(ROUNDS)]
    return 20 * N_SAMPLES / min(row[0] for row in rounds), median(row[2] / row[1] for row in rounds)


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
        rate, ratio = q_batches()
        what = "samples learned from by DQN, two pictures of 41 × 36 and 128-64 units"
        figures.append(Figure(what, f"{rate:,.0f} a second", "≥ 5,000", rate >= 5000))
        what = "forwards and backwards of that network ÷ autograd"
        figures.append(Figure(what, f"{ratio:.1f} ×", "≥ 1 ×", ratio >= 1))
        many = many_beside_one_by_one()
        figures.append(
            Figure("PPO on CartPole, 100 runs ÷ one by one", f"{many:.0f} ×", "≥ 10 ×", many >= 10)
        )
        one = one_beside_plain_loop()
        what = "PPO on CartPole, one run ÷ a plain loop without an axis of runs"
        figures.append(Figure(what, f"{one:.1f} ×", "≥ 0.5 ×", one >= 0.5))
    return figures
