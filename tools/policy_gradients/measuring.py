"""Trains and measures one row of an experiment after the other, and stores each as soon as it is there."""

import argparse
import importlib.metadata
import json
import platform
import time

import gymnasium as gym
import numpy as np

from rl_helpers.deep.many.results import RESULTS
from rl_helpers.intervals import mean_interval
from rl_helpers.training import train_many
from tools.policy_gradients.experiments import EXPERIMENTS

N_POINTS = 50  # of each curve


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
    parser = argparse.ArgumentParser(description="Measure policy gradients")
    parser.add_argument("--only", nargs="*", choices=EXPERIMENTS, default=list(EXPERIMENTS))
    parser.add_argument("--missing", action="store_true", help="leave out what is stored already")
    chosen = parser.parse_args(arguments)
    done = {(name, each["row"], each["seed"]) for name, rows in stored().items() for each in rows}
    for seed in range(max(row.n_seeds for name in chosen.only for row in EXPERIMENTS[name].rows)):
        for name in chosen.only:
            for row in EXPERIMENTS[name].rows:
                if seed < row.n_seeds and not (chosen.missing and (name, row.name, seed) in done):
                    result = measured(EXPERIMENTS[name], row, seed)
                    store(name, result)
                    print(
                        name, row.name, seed, *(result[each] for each in ("mean", "low", "high", "good")),
                        result["decisions"], result["seconds"], flush=True,
                    )  # fmt: skip
