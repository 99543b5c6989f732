"""Double Q-learning: two tables, so that a value too high by chance is not both chosen and believed."""

import numpy as np

from rl_helpers import updates
from rl_helpers.agents.many import ManyTables
from rl_helpers.agents.table import TableAgent


class ManyDoubleQLearning(ManyTables):
    """Many runs of double Q-learning at once: below the first tables of all runs lie the second ones."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, 2 * n_runs, rng)
        self.n_runs = n_runs
        self.second = n_runs * self.n_states

    @property
    def q_values(self):
        """The means of both tables, (n_runs, n_states, n_actions)."""
        rows = np.arange(self.second)
        return self.values(rows).reshape(self.n_runs, self.n_states, self.n_actions)

    def values(self, row):
        """Return the means of both tables, which the policy goes by, (n, n_actions)."""
        return (super().values(row) + super().values(row + self.second)) / 2

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run, in the table that a coin chooses."""
        first_row = self.first_row(runs)
        heads = self.rng.random(runs.size) < 0.5
        learns, advises = first_row + self.second * heads, first_row + self.second * ~heads
        td_target = self.target(
            reward,
            super().values(learns + next_state),
            super().values(advises + next_state),
            terminated,
            self.discount,
        )
        self.learn(self.entry(learns + state, action), td_target)
        self.n_steps += 1


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
