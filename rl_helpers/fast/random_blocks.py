"""Chance drawn ahead for many runs at once: a step of all runs is too short to ask a generator each time."""

import numpy as np

BYTES = 1 << 20  # drawn at a time; what is much larger than a processor's cache costs more than it saves
MOST_ROWS = 1000  # a training of few runs would throw most of more away
SOME_FOR_EACH_RUN = 10  # choices at any time for which chance lies side by side


def drawn_ahead(draw, n_numbers):
    """Yield one row after the other, for ever, of arrays that are drawn many rows at a time.

    Args:
        draw: function from a number of rows to an array with that many rows.
        n_numbers: of 8 bytes in a row, which says how many rows are drawn at a time.

    >>> rng = np.random.default_rng(0)
    >>> rows = drawn_ahead(lambda n_rows: rng.random((n_rows, 2)), n_numbers=2)
    >>> bool((next(rows) == np.random.default_rng(0).random(2)).all())
    True
    """
    n_rows = min(MOST_ROWS, max(1, BYTES // (8 * n_numbers)))
    while True:
        yield from draw(n_rows)


class EpsilonGreedyAhead:
    """The choices of an ε-greedy policy for many runs, with the chance of many time steps drawn ahead.

    Args:
        policy: `EpsilonGreedy`.
        n_runs, n_actions: at most how many runs choose together, and from how many actions.
        rng: `np.random.Generator`.

    >>> from rl_helpers.exploration import EpsilonGreedy
    >>> ahead = EpsilonGreedyAhead(EpsilonGreedy(0.0), n_runs=2, n_actions=3, rng=np.random.default_rng(0))
    >>> ahead.choose(np.array([[0.0, 0.0, 1.0], [5.0, 4.0, 3.0]]))
    array([2, 0])
    """

    def __init__(self, policy, n_runs, n_actions, rng):
        self.policy, self.rng = policy, rng
        self.shape = n_actions, n_runs
        self.n_steps = 0
        self.chance = drawn_ahead(self._draw, n_actions * n_runs)

    def choose(self, q_values):
        """Return an action for each row of Q(s, ·), (n, n_actions), at the next time step.

        Every call is one time step, which counts where ε is a schedule. Runs that are over stay away: n is
        `n_runs` at first, and never larger than the last time.
        """
        chance = next(self.chance)
        n = len(q_values)
        if n < chance.shape[1]:
            chance = chance[:, :n]
            self.shape = self.shape[0], n  # for no more runs than these will be drawn
        return _choose(q_values, chance)

    def _draw(self, n_steps):
        """Return chance for some time steps: uniform below 1, and 3 at an action that is explored."""
        chance = self.rng.random((n_steps, *self.shape), dtype=np.float32)  # 24 bits break ties well enough
        epsilon = [self.policy.at(self.n_steps + step) for step in range(n_steps)]
        self.n_steps += n_steps
        step, run = (self.rng.random((n_steps, self.shape[1])) < np.array(epsilon)[:, None]).nonzero()
        chance[step, self.rng.integers(self.shape[0], size=len(step)), run] = 3.0
        return chance


class EpsilonGreedyForSome:
    """The same for some of the runs at any time, without a schedule: nobody knows ahead who chooses when.

    Args:
        policy: `EpsilonGreedy` with a number for ε.
        n_runs, n_actions: at most how many runs choose together, and from how many actions.
        rng: `np.random.Generator`.

    >>> from rl_helpers.exploration import EpsilonGreedy
    >>> some = EpsilonGreedyForSome(EpsilonGreedy(0.0), n_runs=9, n_actions=3, rng=np.random.default_rng(0))
    >>> some.choose(np.array([[0.0, 0.0, 1.0], [5.0, 4.0, 3.0]]))
    array([2, 0])
    """

    def __init__(self, policy, n_runs, n_actions, rng):
        # Chance for many choices beside each other, of which every call uses up as many as it needs.
        self.n_choices = self.n_used = SOME_FOR_EACH_RUN * n_runs
        self.rows = EpsilonGreedyAhead(policy, self.n_choices, n_actions, rng).chance

    def choose(self, q_values):
        """Return an action for each row of Q(s, ·), (n, n_actions) with n ≤ `n_runs`."""
        if self.n_used + len(q_values) > self.n_choices:
            self.chance, self.n_used = next(self.rows), 0
        begin, self.n_used = self.n_used, self.n_used + len(q_values)
        return _choose(q_values, self.chance[:, begin : self.n_used])


def _choose(q_values, chance):
    """Return an action for each row of Q(s, ·), (n, n_actions), with the chance (n_actions, n) for it."""
    columns = q_values.T  # The tables of many runs hold the values of one action side by side.
    is_best = columns == np.maximum.reduce(columns)
    # The best have 1 and a draw below 1, so the largest is a fair choice among them. 3 beats them all.
    # Two arrays of one kind are added twice as fast as truth values and numbers.
    return (is_best.astype(chance.dtype) + chance).argmax(axis=0)
