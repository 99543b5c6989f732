"""Chance drawn ahead for many runs at once: a step of all runs is too short to ask a generator each time."""

import numpy as np

BYTES = 1 << 20  # drawn at a time; what is much larger than a processor's cache costs more than it saves
MOST_ROWS = 1000  # a training of few runs would throw most of more away


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
        """Return an action for each row of Q(s, ·), (n, n_actions) with n ≤ `n_runs`, at the next time step.

        Every call is one time step, which counts where ε is a schedule.
        """
        chance = next(self.chance)[:, : len(q_values)]
        columns = q_values.T  # The tables of many runs hold the values of one action side by side.
        # The best have 1 and a draw below 1, so the largest is a fair choice among them. 2 beats them all.
        return ((columns == columns.max(axis=0)) + chance).argmax(axis=0)

    def _draw(self, n_steps):
        """Return chance for some time steps: uniform below 1, and 2 at an action that is explored."""
        chance = self.rng.random((n_steps, *self.shape))
        epsilon = [self.policy.at(self.n_steps + step) for step in range(n_steps)]
        self.n_steps += n_steps
        step, run = (self.rng.random((n_steps, self.shape[1])) < np.array(epsilon)[:, None]).nonzero()
        chance[step, self.rng.integers(self.shape[0], size=len(step)), run] = 2.0
        return chance
