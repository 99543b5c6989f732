"""What trainings brought: the files in `data/`, means over seeds, and how far these may be off."""

import csv

import numpy as np

from rl_helpers.intervals import mean_interval
from rl_helpers.notebook.paths import DATA


def rows_of(name):
    """Return the rows of one of the files `data/breakout_<name>.csv`, dictionaries of text.

    >>> rows_of("scores")[0]["player"]
    'random'
    """
    with (DATA / f"breakout_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def last_scores(rows, step, penalty=-1.0, initial_value=1.0):
    """Return the score of a step of the state in the second half of its trainings, one entry a seed.

    Args:
        rows: of `rows_of("steps")`.
        step: its name.
        penalty: what a lost life brought in training.
        initial_value: what the table began with.

    >>> about = {"step": "a", "training_seed": "1", "penalty": "-1.0", "initial_value": "1.0"}
    >>> rows = [about | {"decisions": str(n), "score": str(n)} for n in (1, 2, 3)]
    >>> last_scores(rows, "a")
    [2.5]
    """
    return _late(rows, (step, penalty, initial_value), "score", share=1 / 2)


def last_waiting(rows, step, penalty=-1.0, initial_value=1.0):
    """Return the share of decisions without a ball in play in the last third of each training.

    Args:
        rows, step, penalty, initial_value: see `last_scores`.

    >>> about = {"step": "a", "training_seed": "1", "penalty": "-1.0", "initial_value": "1.0"}
    >>> shares = (1, 0.9), (2, 0.1), (3, 0.2)
    >>> last_waiting([about | {"decisions": str(n), "waiting": str(share)} for n, share in shares], "a")
    [0.2]
    """
    return _late(rows, (step, penalty, initial_value), "waiting", share=1 / 3)


def _late(rows, training, field, share):
    """Return for each seed the mean of a field over the last share of a training's points."""
    own = [
        row for row in rows if (row["step"], float(row["penalty"]), float(row["initial_value"])) == training
    ]
    end = max(int(row["decisions"]) for row in own)
    late = [row for row in own if int(row["decisions"]) > (1 - share) * end]
    seeds = dict.fromkeys(row["training_seed"] for row in own)
    return [
        float(np.nanmean([float(row[field]) for row in late if row["training_seed"] == seed]))
        for seed in seeds
    ]


def mean_and_range(values):
    """Return the mean of a few values, and its 95 % interval (Student's t) as words.

    >>> mean_and_range([4.0, 5.0, 3.0])
    (4.0, '1.5 to 6.5')
    """
    low, high = mean_interval(values)
    return float(np.mean(values)), f"{low:.1f} to {high:.1f}".replace("-", "−")
