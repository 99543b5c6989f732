"""Double Q-learning in many runs at once."""

import numpy as np

from rl_helpers.fast.random_blocks import in_blocks
from rl_helpers.fast.tables import ManyTables


class ManyDoubleQLearning(ManyTables):
    """Many runs of `DoubleQLearningAgent`: `table` holds the means, which the policy goes by."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        # Both tables of all runs side by side, (n_actions, 2 × n_runs × n_states), and flat.
        self.both = np.tile(self.table, 2)
        self.both_entries = self.both.reshape(-1)
        self.visits = None if self.visits is None else np.zeros(self.both.size, dtype=int)
        self.entries_of_both = np.array(2 * self.n_columns)  # an array for speed, see ManyTables
        self.coins = in_blocks(self._toss, n_numbers=2 * n_runs)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run, in the table that a coin chooses."""
        first_column = self.first_column(runs)
        learns, advises = next(self.coins)[:, : runs.size]
        column, next_column = first_column + state, first_column + next_state
        td_target = self.target(
            reward,
            self.both.take(next_column + learns, axis=1).T,
            self.both.take(next_column + advises, axis=1).T,
            terminated,
            self.discount,
        )
        start = action * self.entries_of_both + column
        entry = start + learns
        q_value = self.both_entries.take(entry)
        q_value += self.step_size(entry) * (td_target - q_value)
        self.both_entries[entry] = q_value
        self.entries[self.entry(column, action)] = (q_value + self.both_entries.take(start + advises)) / 2
        self.n_steps += 1

    def _toss(self, n_steps):
        """Return where the table begins that learns, and where the other one does, (n_steps, 2, n_runs)."""
        learns = self.rng.integers(2, size=(n_steps, self.n_runs)) * self.n_columns
        return np.stack([learns, self.n_columns - learns], axis=1)
