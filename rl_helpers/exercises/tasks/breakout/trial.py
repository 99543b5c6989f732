"""The trial of notebook 08: it tells whether a state for Breakout beats the third step of the notebook."""

import csv

import numpy as np

from rl_helpers.atari import OpenStateSpace, learn
from rl_helpers.breakout import Moment, make_breakout, new_agent
from rl_helpers.breakout.states import LandsToTheRight
from rl_helpers.intervals import difference_interval
from rl_helpers.notebook.paths import DATA

MOST_STATES = 5000
TRIAL_DECISIONS = 20_000
BASELINE = "+ landing point"  # the step of the notebook that is to be improved upon
TRIALS = DATA / "breakout_trials.csv"


def try_state(function, *, mirror=None, n_decisions=TRIAL_DECISIONS, seeds=(1, 2, 3, 4)):
    """Train with a state of one's own over seeds, and compare with the notebook's third step.

    Args:
        function: from a `Moment` to a tuple of whole numbers.
        mirror: which field of the moment decides whether to look into the mirror, such as "landing_offset".
        n_decisions: how long each training takes. The third step's scores are stored for the usual length.
        seeds: one training with each.

    Returns:
        A `Trial`.
    """
    if mirror is not None and mirror not in Moment._fields:
        raise ValueError(f"mirror is {mirror!r}, expected a field of a moment: {', '.join(Moment._fields)}")

    def space():
        return OpenStateSpace(function, MOST_STATES, mirror=mirror and LandsToTheRight(mirror))

    return Trial([trial_score(space(), seed, n_decisions) for seed in seeds], stored_scores())


def trial_score(space, seed, n_decisions=TRIAL_DECISIONS):
    """Return the mean points of the games in the second half of a short training."""
    env = make_breakout(space, for_training=True)
    scores = learn(env, new_agent(space.n_states, n_decisions, seed=seed), n_decisions, seed=seed).scores
    env.close()
    return float(np.mean(scores[len(scores) // 2 :]))


def stored_scores():
    """Return `trial_score` of the third step, one entry a seed, from `data/`."""
    with TRIALS.open(encoding="utf-8", newline="") as file:
        return [float(row["score"]) for row in csv.DictReader(file)]


class Trial:
    """What a trial found.

    Attributes:
        yours, ours: mean points of the games in the second half of training, one entry a seed.
        difference: yours less ours, on average.
        low, high: its 95 % interval (Welch's t).

    >>> Trial([10.0, 12.0, 11.0], [4.0, 5.0, 3.0])
    Your state: 11.0 points on average, the third step's: 4.0.
    The difference is 7.0 (95% interval 4.7 to 9.3): better.
    """

    def __init__(self, yours, ours):
        self.yours, self.ours = np.asarray(yours), np.asarray(ours)
        self.difference = float(self.yours.mean() - self.ours.mean())
        self.low, self.high = difference_interval(self.yours, self.ours)

    @property
    def verdict(self):
        """Better, worse, or no difference that these runs could tell."""
        return "better" if self.low > 0 else "worse" if self.high < 0 else "these runs cannot tell"

    def __repr__(self):
        means = f"{self.yours.mean():.1f} points on average, the third step's: {self.ours.mean():.1f}"
        interval = f"95% interval {self.low:.1f} to {self.high:.1f}".replace("-", "−")
        difference = f"{self.difference:.1f}".replace("-", "−")
        return f"Your state: {means}.\nThe difference is {difference} ({interval}): {self.verdict}."
