"""Measures policy gradients: `python -m tools.policy_gradients` rebuilds `data/policy_gradients.json`.

What notebook 10 says of a hundred runs is measured here, over several seeds, for it takes longer than a
notebook may. Learning is counted in episodes and decisions; the last digits depend on how a processor rounds.
"""

import argparse
import importlib.metadata
import json
import platform
import time
from collections.abc import Callable
from typing import NamedTuple

import gymnasium as gym
import numpy as np

from rl_helpers.deep import PPOAgent, ReinforceAgent, evaluate_many
from rl_helpers.deep.many.results import RESULTS
from rl_helpers.deep.many.rollout import Player
from rl_helpers.deep.many.vectors import vector_of
from rl_helpers.intervals import mean_interval
from rl_helpers.planning import best_walk, policy_values, value_iteration
from rl_helpers.training import train_many

SEEDS = (0, 1, 2, 3, 4)
N_POINTS = 50  # of each curve
TEST_SEED = 10_000  # of the episodes that measure; training uses 0, 1, 2, ...
ROOM_DISCOUNT, CONTINUOUS_DISCOUNT = 0.95, 0.99
GOOD = 0.95  # of the best there is


class PPOWithoutBootstrap(PPOAgent):
    """A bug, planted: it takes an episode that a time limit has cut off for one that is over."""

    def advantages(self, rollout):
        """Return V(s) and the advantages of a rollout's steps, as if every episode had ended by itself."""
        return super().advantages(rollout._replace(terminated=rollout.ended))


class Row(NamedTuple):
    """A training of many runs with one setting.

    Attributes:
        name: of the row in its experiment.
        agent: the class.
        settings: arguments of `train_many`, but for the seed.
        world: arguments of `gymnasium.make` for training, with the id.
        n_seeds: how many seeds are trained, from 0 on.
        test: arguments of `gymnasium.make` for measuring, if other than those of training.
    """

    name: str
    agent: type
    settings: dict
    world: dict
    n_seeds: int = 3
    test: dict | None = None


class Experiment(NamedTuple):
    """Rows that are compared with each other.

    Attributes:
        measure: function from the trained agent, the history, the world that measures and the seed to one
            number a run.
        unit: what that number is.
        rows: of the experiment.
        reaches: what a run must reach to count as good.
    """

    measure: Callable
    unit: str
    rows: tuple[Row, ...]
    reaches: float


def last_episodes(agent, history, env, seed):
    """Return the mean return of the last hundred episodes of training in every run."""
    return history.returns[:, -100:].mean(axis=1)


def standing(agent, history, env, seed):
    """Return the mean return of every run in 30 episodes after training, the most probable actions."""
    return evaluate_many(agent, env, n_episodes=30, seed=TEST_SEED + seed).returns.mean(axis=1)


def share_of_the_best(agent, history, env, seed):
    """Return what the most probable actions are worth from the start, exactly, by what the best are worth."""
    start = int(env.unwrapped.initial_state_distrib.argmax())
    states = np.tile(np.arange(env.observation_space.n), (agent.n_runs, 1))
    best = value_iteration(env, ROOM_DISCOUNT)[start].max()
    policies = agent.choose(states, explore=False)
    return np.array([policy_values(env, policy, ROOM_DISCOUNT)[start] for policy in policies]) / best


def share_of_the_best_walk(agent, history, env, seed):
    """Return the discounted return of an episode without chance in every run, by that of the best walk."""
    rollout, _ = Player(vector_of(env, agent.n_runs), agent, seed=TEST_SEED).play_episodes(explore=False)
    rewards = (rollout.rewards * rollout.is_valid)[:, 0]
    discounted = rewards @ CONTINUOUS_DISCOUNT ** np.arange(rewards.shape[1])
    return discounted / best_walk(env, CONTINUOUS_DISCOUNT).discounted_return


BOOK = {
    "n_runs": 100,
    "n_episodes": 1000,
    "hidden": (),
    "optimiser": "plain",
    "discount": 1.0,
    "first_probabilities": (0.95, 0.05),
    "step_by_step": True,
    "dtype": "float64",
}
ROOM, POLE = ({"id": name} for name in ("Bob/Room-v0", "CartPole-v1"))
# The book has no limit; here a run that never comes to the post again ends, and returns of it are −300.
CORRIDOR = {"id": "Bob/Corridor-v0", "max_episode_steps": 300}
SHORT = POLE | {"max_episode_steps": 100}
TABLE = {
    "n_runs": 100,
    "n_episodes": 4800,
    "discount": ROOM_DISCOUNT,
    "learning_rate": 0.05,
    "episodes_per_update": 8,
}
PPO = {"n_runs": 50, "n_steps": 20_000, "n_epochs": 10}
EPISODES = {"n_runs": 100, "learning_rate": 0.01, "episodes_per_update": 8}
PARTS = {
    "all parts": {},
    "no clip": {"clip": float("inf")},
    "one pass": {"n_epochs": 1},
    "λ = 0": {"trace_decay": 0.0},
    "λ = 1": {"trace_decay": 1.0},
    "advantages not standardised": {"standardise_advantages": False},
    "gradients not clipped": {"largest_gradient": float("inf")},
    "start not orthogonal": {"is_orthogonal": False},
    "last layer not small": {"first_gain": 1.0},
    "entropy rewarded": {"entropy_weight": 0.01},
    "observations standardised": {"standardise_observations": True},
}


def _corridor_rows():
    for exponent in (12, 13, 14):
        settings = BOOK | {"baseline": False, "learning_rate": 2.0**-exponent}
        yield Row(f"without baseline, α = 2^−{exponent}", ReinforceAgent, settings, CORRIDOR, 5)
    # The critic's step size is learning_rate × value_weight, 2^−6 as in the book.
    settings = BOOK | {"baseline": True, "learning_rate": 2.0**-9, "value_weight": 8.0}
    yield Row("with baseline, α = 2^−9, 2^−6", ReinforceAgent, settings, CORRIDOR, 5)


EXPERIMENTS = {
    "corridor": Experiment(last_episodes, "return of the last 100 episodes", (*_corridor_rows(),), -15.0),
    "room": Experiment(
        share_of_the_best,
        "value of the start ÷ best",
        tuple(
            Row(f"entropy {weight:g}", ReinforceAgent, TABLE | {"entropy_weight": weight}, ROOM)
            for weight in (0.1, 0.01, 0.0)
        ),
        GOOD,
    ),
    "pole": Experiment(
        standing,
        "return of 30 episodes",
        (
            Row("REINFORCE", ReinforceAgent, EPISODES | {"n_steps": 60_000, "baseline": False}, POLE),
            Row(
                "with baseline",
                ReinforceAgent,
                EPISODES | {"n_steps": 80_000, "standardise_returns": True},
                POLE,
            ),
            Row("PPO", PPOAgent, {"n_runs": 100, "n_steps": 30_000, "n_epochs": 10}, POLE),
        ),
        475.0,
    ),
    "parts": Experiment(
        standing,
        "return of 30 episodes",
        tuple(Row(name, PPOAgent, PPO | changed, POLE) for name, changed in PARTS.items()),
        475.0,
    ),
    "truncation": Experiment(
        standing,
        "return of 30 episodes of at most 500 steps",
        tuple(Row(name, agent, PPO, SHORT, 3, POLE)
              for name, agent in (("bootstrapped", PPOAgent), ("taken for an end", PPOWithoutBootstrap))),
        475.0,
    ),
}  # fmt: skip
"""By name."""


def measured(experiment, row, seed):
    """Train with one seed and return what came out, as it is stored."""
    env, test = gym.make(**row.world), gym.make(**(row.test or row.world))
    start = time.process_time()
    history = train_many(row.agent, env, seed=seed, **row.settings)
    seconds = time.process_time() - start
    numbers = experiment.measure(history.agent, history, test, seed)
    low, high = mean_interval(numbers)
    return {
        "row": row.name,
        "seed": seed,
        "agent": row.agent.__name__,
        "world": row.world,
        "settings": {name: _plain(value) for name, value in row.settings.items()},
        "runs": len(numbers),
        "unit": experiment.unit,
        "mean": _short(numbers.mean()),
        "low": _short(low),
        "high": _short(high),
        "quartiles": [_short(each) for each in np.quantile(numbers, (0, 0.25, 0.5, 0.75, 1))],
        "good": float((numbers >= experiment.reaches).mean()),
        "reaches": experiment.reaches,
        "decisions": int(history.decisions[:, -1].mean()),
        "seconds": round(seconds, 1),
        "curve": curve(history),
        "versions": versions(),
    }


def curve(history):
    """Return how training went: decisions (or episodes, if each run has as many) and mean scores of all runs.

    At each point the mean over the updates since the point before, over all runs, with its interval.
    """
    parts = np.array_split(np.arange(history.scores.shape[1]), min(N_POINTS, history.scores.shape[1]))
    scores = np.array([np.nanmean(history.scores[:, part], axis=1) for part in parts])
    good = np.isfinite(scores).all(axis=1)
    low, high = mean_interval(scores[good].T)
    ends = np.array([part[-1] for part in parts])[good]
    return {
        "updates": (ends + 1).tolist(),
        "decisions": history.decisions[:, ends].mean(axis=0).astype(int).tolist(),
        **{
            name: [_short(each) for each in numbers]
            for name, numbers in (("mean", scores[good].mean(axis=1)), ("low", low), ("high", high))
        },
    }


def versions():
    """Return the versions that the numbers depend on, and the processor."""
    names = " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("gymnasium", "numpy"))
    return f"python {platform.python_version()} {names} {platform.machine()}"


def _short(number):
    return round(float(number), 3)


def _plain(value):
    return value if isinstance(value, int | float | str | bool) else repr(value)


def stored():
    """Return what is stored so far: rows of every experiment by its name."""
    return json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}


def store(name, row):
    """Put a row in place of an older one of the same name and seed."""
    results = stored()
    about = (row["row"], row["seed"])
    order = [(each.name, seed) for each in EXPERIMENTS[name].rows for seed in range(each.n_seeds)]
    rows = {(each["row"], each["seed"]): each for each in results.get(name, [])} | {about: row}
    results[name] = [rows[about] for about in order if about in rows]
    text = json.dumps({name: results[name] for name in EXPERIMENTS if name in results}, ensure_ascii=False)
    # A row a line: so a change shows what it is.
    RESULTS.write_text(text.replace('{"row"', '\n{"row"') + "\n", encoding="utf-8", newline="\n")


def main(arguments=None):
    """Measure, and store each row as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", nargs="*", choices=EXPERIMENTS, default=list(EXPERIMENTS))
    parser.add_argument("--missing", action="store_true", help="leave out what is stored already")
    chosen = parser.parse_args(arguments)
    done = {(name, each["row"], each["seed"]) for name, rows in stored().items() for each in rows}
    for seed in SEEDS:
        for name in chosen.only:
            for row in EXPERIMENTS[name].rows:
                if seed < row.n_seeds and not (chosen.missing and (name, row.name, seed) in done):
                    result = measured(EXPERIMENTS[name], row, seed)
                    store(name, result)
                    print(
                        name, row.name, seed, *(result[each] for each in ("mean", "low", "high", "good")),
                        result["decisions"], result["seconds"], flush=True,
                    )  # fmt: skip


if __name__ == "__main__":
    main()
