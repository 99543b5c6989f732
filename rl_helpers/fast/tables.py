"""Many agents of one kind side by side: their tables in one array, one NumPy operation for all of them."""

import numpy as np


class ManyTables:
    """The tables of many agents that learn apart from each other, a run each.

    The methods are those of a single agent, and `begin_episode`, with arrays over the runs that still play:
    `runs` holds their numbers, each once. An algorithm says in `td_target` what Q(s, a) is moved towards.

    Args:
        agent: a single agent of the kind, with its hyperparameters; it is not changed.
        n_runs: how many.
        rng: `np.random.Generator` of all.
    """

    def __init__(self, agent, n_runs, rng):
        self.agent, self.n_runs, self.rng = agent, n_runs, rng
        self.n_states, self.n_actions = agent.n_states, agent.n_actions
        self.policy, self.target, self.n_steps = agent.policy, type(agent).target, 0
        # Numbers as arrays without axes: NumPy would turn a Python number into one at every operation, which
        # takes as long as the operation itself.
        self.discount = np.array(agent.discount)
        has_schedule = callable(agent.learning_rate)
        self.learning_rate = agent.learning_rate if has_schedule else np.array(agent.learning_rate)
        # One column for every state of every run, (n_actions, n_runs × n_states), and the same numbers flat.
        # NumPy finds the best of a few actions faster when the values of one action lie beside each other.
        self.n_rows = n_runs * self.n_states
        self.rows_per_run, self.entries_per_action = np.array(self.n_states), np.array(self.n_rows)
        self.table = np.full((self.n_actions, self.n_rows), agent.initial_value)
        self.entries = self.table.reshape(-1)
        self.choices = (
            np.zeros((self.n_rows, self.n_actions), dtype=int) if self.policy.needs_counts else None
        )
        self.visits = np.zeros(self.entries.size, dtype=int) if has_schedule else None
        # Some policies can draw the chance of many time steps at once.
        self.ahead = self.ahead_for_some = None
        if hasattr(self.policy, "ahead"):
            self.ahead = self.policy.ahead(n_runs, self.n_actions, rng)
            self.ahead_for_some = self.policy.ahead_for_some(n_runs, self.n_actions, rng)
        self._runs = self._first_row = None

    @property
    def q_values(self):
        """All tables, (n_runs, n_states, n_actions)."""
        return self.table.T.reshape(self.n_runs, self.n_states, self.n_actions)

    def first_row(self, runs):
        """Return where the table of each run begins; the runs are seldom others than the last time."""
        if runs is not self._runs:
            self._runs, self._first_row = runs, runs * self.rows_per_run
        return self._first_row

    def act(self, runs, state):
        """Return an action of the policy for each run, int (n,)."""
        return self.choose(self.first_row(runs) + state)

    def choose(self, row, q_values=None):
        """Return an action of the policy for each row of the tables, int (n,); `q_values` if known.

        To be called once a time step, with all runs that still play; `choose_between` is for a few of them.
        """
        q_values = self.values(row) if q_values is None else q_values
        return self.choose_between(row, q_values) if self.ahead is None else self.ahead.choose(q_values)

    def choose_between(self, row, q_values):
        """Return an action of the policy for some rows of the tables, int (n,)."""
        if self.ahead_for_some is not None:
            return self.ahead_for_some.choose(q_values)
        if self.choices is None:
            return self.policy.choose(q_values, self.rng, self.n_steps)
        action = self.policy.choose(q_values, self.rng, self.n_steps, counts=self.choices[row])
        self.choices[row, action] += 1
        return action

    def values(self, row):
        """Return the values that the policy goes by, (n, n_actions)."""
        return self.table.take(row, axis=1).T

    def entry(self, row, action):
        """Return where Q(s, a) lies in the flat table, for each row and action."""
        return action * self.entries_per_action + row

    def probabilities(self, row):
        """Return with which probability the policy takes each action, (n, n_actions)."""
        counts = None if self.choices is None else self.choices[row]
        return self.policy.probabilities(self.values(row), self.n_steps, counts=counts)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run."""
        first_row = self.first_row(runs)
        td_target = self.td_target(runs, reward, first_row + next_state, terminated)
        self.learn(self.entry(first_row + state, action), td_target)
        self.n_steps += 1

    def learn(self, entry, td_target):
        """Move one entry of each run towards its target."""
        q_value = self.entries.take(entry)
        self.entries[entry] = q_value + self.step_size(entry) * (td_target - q_value)

    def step_size(self, entry):
        """Count a visit to each entry, and return α for it."""
        if self.visits is None:
            return self.learning_rate
        self.visits[entry] += 1
        return self.learning_rate(self.visits.take(entry))

    def end_episode(self, runs):
        """Do nothing: these agents learn at every step."""

    def begin_episode(self, runs, state):
        """Do nothing: these agents choose their first action as they choose all others."""
