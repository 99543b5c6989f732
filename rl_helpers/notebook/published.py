"""Published scores that the course compares itself with, read from `data/`."""

import csv

from rl_helpers.notebook.paths import DATA


def breakout_scores():
    """Return the Breakout scores published with DQN, in points a game, by player.

    Source:
        Mnih et al. (2015), extended data table 2; see `data/README.md`.

    >>> breakout_scores()["random"]
    1.7
    """
    with (DATA / "breakout_scores.csv").open(encoding="utf-8", newline="") as file:
        return {row["player"]: float(row["score"]) for row in csv.DictReader(file)}
