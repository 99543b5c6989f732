"""Double Q-learning: two tables, so that a value too high by chance is not both chosen and believed."""

import numpy as np

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent


class DoubleQLearningAgent(TableAgent):
    """Tabular double Q-learning.

    At every step a coin chooses the table that learns. It names the best next action, the other table says
    what that is worth. The policy goes by the mean of both, which is `q_values`.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, target, rng: see
            `TableAgent`.

    Source:
        van Hasselt (2010); Sutton & Barto (2018), section 6.7.

    >>> agent = DoubleQLearningAgent(2, 1, learning_rate=0.5)
    >>> agent.update((0, 0, 1.0, 1, True))
    1.0
    >>> agent.q_values[0]          # one table has learned 0.5, the other nothing yet
    array([0.25])
    """

    target = staticmethod(updates.double_q_learning_target)

    def __init__(self, n_states, n_actions, **hyperparameters):
        super().__init__(n_states, n_actions, **hyperparameters)
        # `_table` and `_visits` are those of the table that learns, which the coin of each step decides.
        self._tables = self._table, self._new_table()
        self._visits_of_tables = self._visits, None if self._visits is None else self._zero_counts()
        self._advice = self._tables[1]  # what the other table says

    @property
    def q_values(self):
        """The mean of both tables, read-only (n_states, n_actions); assigning sets both."""
        table = (np.array(self._tables[0]) + np.array(self._tables[1])) / 2
        table.flags.writeable = False
        return table

    @q_values.setter
    def q_values(self, table):
        table = self._checked("q_values", table)
        self._tables = table.tolist(), table.tolist()
        self._forget_episode()

    @property
    def visits(self):
        """How often each entry was learned, in both tables together, int (n_states, n_actions).

        Assigning gives each table half of the counts, the first one the odd visit. None where α is no
        schedule.
        """
        if self._visits is None:
            return None
        first, second = self._visits_of_tables
        return np.array(first) + np.array(second)

    @visits.setter
    def visits(self, counts):
        counts = self._checked_visits(counts)
        if counts is not None:
            self._visits_of_tables = (counts - counts // 2).tolist(), (counts // 2).tolist()

    def update(self, transition):
        """Learn from one `Transition` in the table that a coin chooses, and return its TD error."""
        heads = self._random.random() < 0.5
        self._table, self._advice = self._tables[heads], self._tables[not heads]
        self._visits = self._visits_of_tables[heads]
        return super().update(transition)

    def td_target(self, reward, next_state, terminated):
        """Return r + γ Q₂(s′, argmax Q₁(s′, ·)), with Q₁ the table that learns."""
        q_values, other_q_values = self._table[next_state], self._advice[next_state]
        return self.target(reward, q_values, other_q_values, terminated, self.discount)

    def _values(self, state):
        """Return the mean of both tables for one state, a list of floats."""
        first, second = self._tables
        return [(one + other) / 2 for one, other in zip(first[state], second[state], strict=True)]
