"""Many agents of one kind side by side: their tables in one array, one NumPy operation for all of them."""

import numpy as np


class ManyTables:
    """The tables of many agents that learn apart from each other, a run each.

    The methods are those of a single agent, with arrays over the runs that still play: `runs` holds their
    numbers, each once. An algorithm says in `td_target` what Q(s, a) is moved towards.

    Args:
        agent: a single agent of the kind, with its hyperparameters; it is not changed.
        n_runs: how many.
        rng: `np.random.Generator` of all.
    """

    def __init__(self, agent, n_runs, rng):
        self.agent, self.n_runs, self.rng = agent, n_runs, rng
        self.n_states, self.n_actions = agent.n_states, agent.n_actions
        self.policy, self.discount, self.learning_rate = agent.policy, agent.discount, agent.learning_rate
        self.target = type(agent).target
        self.n_steps = 0
        # One row for every state of every run, (n_runs × n_states, n_actions), and the same numbers flat.
        self.rows = np.full((n_runs * self.n_states, self.n_actions), agent.initial_value)
        self.entries = self.rows.reshape(-1)
        self.choices = self.zero_counts() if self.policy.needs_counts else None
        self.visits = self.zero_counts().reshape(-1) if callable(self.learning_rate) else None
        self._runs = self._first_row = None

    @property
    def q_values(self):
        """All tables, (n_runs, n_states, n_actions)."""
        return self.rows.reshape(self.n_runs, self.n_states, self.n_actions)

    def zero_counts(self):
        """Return a counter for every pair of state and action, int (n_runs × n_states, n_actions)."""
        return np.zeros((self.n_runs * self.n_states, self.n_actions), dtype=int)

    def first_row(self, runs):
        """Return where the table of each run begins; the runs are seldom others than the last time."""
        if runs is not self._runs:
            self._runs, self._first_row = runs, runs * self.n_states
        return self._first_row

    def act(self, runs, state):
        """Return an action of the policy for each run, int (n,)."""
        return self.choose(self.first_row(runs) + state)

    def choose(self, row):
        """Return an action of the policy for each row of the tables, int (n,)."""
        if self.choices is None:
            return self.policy.choose(self.values(row), self.rng, self.n_steps)
        action = self.policy.choose(self.values(row), self.rng, self.n_steps, counts=self.choices[row])
        self.choices[row, action] += 1
        return action

    def values(self, row):
        """Return the values that the policy goes by, (n, n_actions)."""
        return self.rows.take(row, axis=0)

    def probabilities(self, row):
        """Return with which probability the policy takes each action, (n, n_actions)."""
        counts = None if self.choices is None else self.choices[row]
        return self.policy.probabilities(self.values(row), self.n_steps, counts=counts)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run."""
        first_row = self.first_row(runs)
        td_target = self.td_target(runs, reward, first_row + next_state, terminated)
        self.learn((first_row + state) * self.n_actions + action, td_target)
        self.n_steps += 1

    def learn(self, entry, td_target):
        """Move one entry of each run towards its target."""
        td_error = td_target - self.entries.take(entry)
        self.entries[entry] += self.step_size(entry) * td_error

    def step_size(self, entry):
        """Count a visit to each entry, and return α for it."""
        if self.visits is None:
            return self.learning_rate
        self.visits[entry] += 1
        return self.learning_rate(self.visits.take(entry))

    def end_episode(self, runs):
        """Do nothing: these agents learn at every step."""
