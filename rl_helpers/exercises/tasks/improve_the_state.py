"""Exercise of notebook 08: a state of one's own for Breakout, and the trial that tells if it is better."""

import csv
import math
import numbers

import numpy as np

from rl_helpers.atari import OpenStateSpace, learn
from rl_helpers.breakout import Moment, make_breakout, new_agent
from rl_helpers.breakout.results import t_quantile
from rl_helpers.breakout.states import LandsToTheRight
from rl_helpers.exercises.answers import solutions
from rl_helpers.exercises.checking.compare import describe
from rl_helpers.exercises.checking.exercise import Case, Exercise
from rl_helpers.exercises.checking.scripted_world import Mistake
from rl_helpers.notebook.paths import DATA

MOST_STATES = 5000
TRIAL_DECISIONS = 20_000
BASELINE = "+ landing point"  # the step of the notebook that is to be improved upon
TRIALS = DATA / "breakout_trials.csv"


def _moments(n=3000):
    rng = np.random.default_rng(8)
    for _ in range(n):
        now, straight, seen = (rng.integers(-1200, 1201, size=3) / 10).tolist()
        rows, frames, later = rng.integers(150, size=3).tolist()
        push, falling, narrow = int(rng.integers(-1, 2)), bool(rng.random() < 0.5), bool(rng.random() < 0.5)
        rest = seen - 10.0 * push  # about as far as a pushed paddle rolls on
        yield Moment(now, rows, falling, straight, frames, seen, later, rest, push, narrow)


def _played(function, moments):
    """Call the learner's function with every moment, and with two more that differ in one thing each."""
    left = Moment(-40, 20, True, -40, 10, -40, 10, -40, 0, False)
    near = Moment(1, 20, True, 1, 10, 1, 10, 1, 0, False)
    states = [function(moment) for moment in (*moments, left, left.mirrored(), near)]
    return None if all(state is None for state in states) else states


def _observe(states, moments):
    if states is None:
        return None
    for state in states:
        if not isinstance(state, tuple | list):
            raise Mistake(
                f"{describe(state, 60)} came, and a tuple is expected, such as "
                "`(bucket(moment.landing_offset, edges),)`; mind the comma"
            )
        for value in state:
            if not isinstance(value, numbers.Real) or not math.isfinite(value) or value != int(value):
                raise Mistake(f"{value!r} in the state is no whole number: put it into a `bucket`")
    found = {tuple(state) for state in states}
    *_, left, right, near = map(tuple, states)
    if len(found) == 1:
        raise Mistake(
            "every moment has the same state: return what tells them apart, such as the landing offset"
        )
    if left == right:
        raise Mistake(
            "a ball that lands far to the left and one that lands far to the right have the same state, and "
            "need opposite actions: keep the sign of the offset"
        )
    if near in (left, right):
        raise Mistake(
            "a ball that lands on the paddle and one that lands far away have the same state: bucket an "
            "offset with edges on both sides of 0"
        )
    if len(found) > len(moments) / 2:
        raise Mistake(
            f"{len(moments):,} moments have {len(found):,} states: Bob never comes back to one, and learns "
            "nothing; take wider buckets, or fewer of them"
        )
    return "a state that can be learned"


improve_the_state = Exercise(
    name="improve_the_state",
    notebook="08",
    solution=solutions.improve_the_state,
    cases=(Case(list(_moments()), expected="a state that can be learned"),),
    call=_played,
    observe=_observe,
    mistakes=(),
    hint="return a tuple of buckets, such as `(bucket(moment.landing_offset, edges),)`.",
)


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
        sides = [(values.var(ddof=1) / len(values), len(values) - 1) for values in (self.yours, self.ours)]
        spread = sum(error for error, _ in sides)
        freedom = spread**2 / sum(error**2 / degrees for error, degrees in sides) if spread else 1.0
        half = t_quantile(freedom) * spread**0.5
        self.low, self.high = self.difference - half, self.difference + half

    @property
    def verdict(self):
        """Better, worse, or no difference that these runs could tell."""
        return "better" if self.low > 0 else "worse" if self.high < 0 else "these runs cannot tell"

    def __repr__(self):
        means = f"{self.yours.mean():.1f} points on average, the third step's: {self.ours.mean():.1f}"
        interval = f"95% interval {self.low:.1f} to {self.high:.1f}".replace("-", "−")
        difference = f"{self.difference:.1f}".replace("-", "−")
        return f"Your state: {means}.\nThe difference is {difference} ({interval}): {self.verdict}."
