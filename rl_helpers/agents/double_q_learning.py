"""Double Q-learning: two tables, so that a value too high by chance is not both chosen and believed."""

import numpy as np

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent
from rl_helpers.fast.random_blocks import drawn_ahead
from rl_helpers.fast.tables import ManyTables


class ManyDoubleQLearning(ManyTables):
    """Many runs of double Q-learning at once: `table` holds the means, which the policy goes by."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        # Both tables of all runs side by side, (n_actions, 2 × n_runs × n_states), and flat.
        self.both = np.tile(self.table, 2)
        self.both_entries = self.both.reshape(-1)
        self.visits = None if self.visits is None else np.zeros(self.both.size, dtype=int)
        self.entries_of_both = np.array(2 * self.n_rows)
        self.coins = drawn_ahead(self._toss, n_numbers=2 * n_runs)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run, in the table that a coin chooses."""
        first_row = self.first_row(runs)
        learns, advises = next(self.coins)[:, : runs.size]
        row, next_row = first_row + state, first_row + next_state
        td_target = self.target(
            reward,
            self.both.take(next_row + learns, axis=1).T,
            self.both.take(next_row + advises, axis=1).T,
            terminated,
            self.discount,
        )
        start = action * self.entries_of_both + row
        entry = start + learns
        q_value = self.both_entries.take(entry)
        q_value += self.step_size(entry) * (td_target - q_value)
        self.both_entries[entry] = q_value
        self.entries[self.entry(row, action)] = (q_value + self.both_entries.take(start + advises)) / 2
        self.n_steps += 1

    def _toss(self, n_steps):
        """Return where the table begins that learns, and where the other one does, (n_steps, 2, n_runs)."""
        learns = self.rng.integers(2, size=(n_steps, self.n_runs)) * self.n_rows
        return np.stack([learns, self.n_rows - learns], axis=1)


class DoubleQLearningAgent(TableAgent):
    """Tabular double Q-learning.

    At every step a coin chooses the table that learns. It names the best next action, the other table says
    what that is worth. The policy goes by the mean of both, which is `q_values`.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, rng: see `TableAgent`.

    Source:
        van Hasselt (2010); Sutton & Barto (2018), section 6.7.

    >>> agent = DoubleQLearningAgent(2, 1, learning_rate=0.5)
    >>> agent.update((0, 0, 1.0, 1, True))
    1.0
    >>> agent.q_values[0]          # one table has learned 0.5, the other nothing yet
    array([0.25])
    """

    target = staticmethod(updates.double_q_learning_target)
    many = ManyDoubleQLearning

    def __init__(self, n_states, n_actions, **hyperparameters):
        super().__init__(n_states, n_actions, **hyperparameters)
        self._tables = self._rows, self._new_rows()
        self._visits_of_tables = self._visits, None if self._visits is None else self._zero_counts()

    @property
    def q_values(self):
        """The mean of both tables, read-only (n_states, n_actions); assigning sets both."""
        table = (np.array(self._tables[0]) + np.array(self._tables[1])) / 2
        table.flags.writeable = False
        return table

    @q_values.setter
    def q_values(self, table):
        table = self._checked(table)
        self._tables = table.tolist(), table.tolist()

    def update(self, transition):
        """Learn from one `Transition` and return the TD error of the table that learned."""
        state, action, reward, next_state, terminated = transition
        heads = self._uniforms.random() < 0.5
        self._visits = self._visits_of_tables[heads]
        learns, advises = self._tables[heads], self._tables[not heads]
        row = learns[state]
        td_target = self.target(reward, learns[next_state], advises[next_state], terminated, self.discount)
        td_error = td_target - row[action]
        row[action] += self.step_size(state, action) * td_error
        self.n_steps += 1
        return td_error

    def _row(self, state):
        """Return the mean of both tables for one state, a list of floats."""
        first, second = self._tables
        return [(one + other) / 2 for one, other in zip(first[state], second[state], strict=True)]
