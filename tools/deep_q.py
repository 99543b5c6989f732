"""Measures deep Q-networks: `python -m tools.deep_q` trains for an hour or two and fills `data/deep_q.json`.

Each training is of many runs in one batch. What is in the file already is left as it is, so that a command
that was stopped goes on where it stood; `--anew` measures again.
"""

import argparse
import json
import platform
import sys
from pathlib import Path
from time import process_time

import gymnasium as gym
import numpy as np

import rl_helpers
from rl_helpers.deep import DQNAgent, evaluate_many
from rl_helpers.deep.many import go_on
from rl_helpers.deep.many.pictures import StatesAsPictures
from rl_helpers.deep.many.vectors import vector_of
from rl_helpers.deep.q.recipes import CARTPOLE, CARTPOLE_WITHOUT, ROOM
from rl_helpers.planning import value_iteration

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "data" / "deep_q.json"

N_RUNS, SEEDS = 20, (0, 1)
POLE_STEPS, POLE_BIN, POLE_PAUSE, POLE_GAMES = 100_000, 5_000, 20_000, 20
ROOM_STEPS, ROOM_PAUSE = 100_000, 10_000

ROOM_WITHOUT = {"nothing": {}, "the common background taken out": {"standardise_steps": 0}}


def cartpole(seed, changed, *, n_runs=N_RUNS, n_steps=POLE_STEPS):
    """Train on CartPole and return what is kept of it.

    Args:
        seed: of the batch.
        changed: settings other than `CARTPOLE`.
        n_runs, n_steps: how many agents learn, and for how long.

    Returns:
        A dict: `greedy_at` decisions and `greedy`, the mean return of the greedy policy in each run then;
        `training_at` and `training`, the return of the episode that ended last, a mean over the decisions
        since the entry before; `q_value`, what the network says of its samples, likewise.
    """
    env, began = gym.make("CartPole-v1"), process_time()
    rng = np.random.default_rng([seed, 1])
    settings = {**CARTPOLE, **changed}
    agent = DQNAgent(env.observation_space, env.action_space, n_runs=n_runs, rng=rng, **settings)
    greedy_at, greedy = [], []

    def watch(n_taken):
        if n_taken >= (len(greedy) + 1) * min(POLE_PAUSE, n_steps):
            score = evaluate_many(agent, env, n_episodes=POLE_GAMES, seed=1000 + seed)
            greedy_at.append(n_taken)
            greedy.append(score.returns.mean(axis=1).round(1).tolist())

    history = _whole(go_on(agent, env, n_steps=n_steps, seed=seed, watch=watch), n_steps)
    edges = np.arange(POLE_BIN, n_steps + 1, POLE_BIN)
    return {
        "greedy_at": greedy_at,
        "greedy": greedy,
        "training_at": edges.tolist(),
        "training": _by_bin(history, history.scores, edges),
        "q_value": _by_bin(history, history.diagnostics["q_value"], edges),
        "processor_seconds": round(process_time() - began),
    }


def room(seed, changed, *, n_runs=N_RUNS, n_steps=ROOM_STEPS):
    """Train in Bob's room from its picture and return what is kept of it.

    Returns:
        A dict: `greedy_at` decisions, `worth`, the discounted return of the greedy policy from the start in
        each run then, and `returns`, the treats it brings; `best`, what the optimal policy is worth.
    """
    env, began = StatesAsPictures(gym.make("Bob/Room-v0")), process_time()
    settings = {**ROOM, **changed}
    rng = np.random.default_rng([seed, 2])
    agent = DQNAgent(env.observation_space, env.action_space, n_runs=n_runs, rng=rng, **settings)
    start, _ = env.env.reset(seed=0)
    found = {"greedy_at": [], "worth": [], "returns": []}

    def watch(n_taken):
        if n_taken >= (len(found["worth"]) + 1) * min(ROOM_PAUSE, n_steps):
            worth, returns = _greedy_worth(agent, env, settings["discount"])
            for name, number in zip(found, (n_taken, _rounded(worth), _rounded(returns)), strict=True):
                found[name].append(number)

    _whole(go_on(agent, env, n_steps=n_steps, seed=seed, watch=watch), n_steps)
    best = float(value_iteration(env.env, settings["discount"])[start].max())
    return {**found, "best": round(best, 4), "processor_seconds": round(process_time() - began)}


EXPERIMENTS = {"cartpole": (cartpole, CARTPOLE_WITHOUT), "room": (room, ROOM_WITHOUT)}


def main(arguments=None):
    """Fill the file; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.deep_q", description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=EXPERIMENTS, help="one of the experiments")
    left_out = sorted({without for _, variants in EXPERIMENTS.values() for without in variants})
    parser.add_argument("--without", choices=left_out, help="one of the things left out")
    parser.add_argument("--seeds", type=int, nargs="*", default=SEEDS, help="of the batches")
    parser.add_argument("--anew", action="store_true", help="measure again what is there")
    given = parser.parse_args(arguments)
    for seed in given.seeds:
        for name, (measure, variants) in EXPERIMENTS.items():
            for without, changed in variants.items():
                if given.only in (None, name) and given.without in (None, without):
                    _measure_once(name, without, seed, measure, changed, anew=given.anew)
    return 0


def _measure_once(name, without, seed, measure, changed, *, anew):
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    place = kept.setdefault(name, {}).setdefault(without, {})
    if str(seed) in place and not anew:
        return
    found = measure(seed, changed)
    print(
        f"{name} without {without}, seed {seed}: {found['processor_seconds']} processor seconds", flush=True
    )
    # Read once more: another command may have written meanwhile.
    kept = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    kept.setdefault(name, {}).setdefault(without, {})[str(seed)] = found
    kept["made_with"] = {
        "rl_helpers": rl_helpers.__version__ if hasattr(rl_helpers, "__version__") else "of this folder",
        "numpy": np.__version__,
        "gymnasium": gym.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "n_runs": N_RUNS,
    }
    whole = FILE.with_suffix(".new")
    whole.write_text(json.dumps(kept, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    whole.replace(FILE)  # a stop leaves the old file or the new one


def _whole(history, n_steps):
    """Return a history that was not stopped before its end; of half a training nothing is kept."""
    if history.decisions[:, -1].min() < n_steps:
        raise KeyboardInterrupt
    return history


def _by_bin(history, numbers, edges):
    """Return means over the decisions up to each edge since the one before, (n_edges, n_runs), or null."""
    parts = np.searchsorted(edges, history.decisions)
    means = []
    for part in range(len(edges)):
        counted = (parts == part) & np.isfinite(numbers)
        summed = np.where(counted, numbers, 0).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
        means.append([mean if n else None for mean, n in zip(_rounded(summed), counted.sum(1), strict=True)])
    return means


def _greedy_worth(agent, env, discount):
    """Return the discounted and the plain return of one greedy episode of each run."""
    copies = vector_of(env, agent.n_runs)
    pictures, _ = copies.reset(seed=0)
    worth, returns = np.zeros((2, agent.n_runs))
    weight, plays = 1.0, np.ones(agent.n_runs, dtype=bool)
    while plays.any():
        actions = agent.choose(agent.see(pictures[:, None]), explore=False)[:, 0]
        pictures, rewards, terminated, truncated, _ = copies.step(actions)
        worth += weight * rewards * plays
        returns += rewards * plays
        weight *= discount
        plays &= ~(terminated | truncated)
    return worth, returns


def _rounded(numbers):
    return (
        [float(f"{number:.4g}") for number in numbers] if np.ndim(numbers) == 1 else [*map(_rounded, numbers)]
    )


if __name__ == "__main__":
    sys.exit(main())
