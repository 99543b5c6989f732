"""Many agents of one kind side by side: their tables in one array, one NumPy operation for all of them."""

import numpy as np

from rl_helpers.fast.random_blocks import choices_in_blocks
from rl_helpers.fast.rules_of_others import LearningRates, rules_for_all_runs


class ManyTables:
    """The tables of many agents that learn apart from each other, a run each.

    The methods are those of a single agent, and `begin_episode`, with arrays over the runs that still play:
    `runs` holds their numbers, each once. An algorithm says in `td_target` what Q(s, a) is moved towards.
    What a column and an entry are is said in `rl_helpers.fast`.

    Args:
        agent: a single agent of the kind, with its hyperparameters; it is not changed.
        n_runs: how many.
        rng: `np.random.Generator` of all.
    """

    def __init__(self, agent, n_runs, rng):
        self.agent, self.n_runs, self.rng = agent, n_runs, rng
        self.n_states, self.n_actions = agent.n_states, agent.n_actions
        self.policy, self.n_steps = agent.policy, 0
        self.ask_policy, self.ask_probabilities, self.target = rules_for_all_runs(agent)
        # For speed, arrays without axes in place of numbers, here and below: 5 % of a step (bench many).
        self.discount = np.array(agent.discount)
        has_schedule = callable(agent.learning_rate)
        self.learning_rate = agent.learning_rate if has_schedule else np.array(agent.learning_rate)
        self.learning_rates = LearningRates(agent.learning_rate) if has_schedule else None
        # (n_actions, n_columns), and the same numbers flat.
        self.n_columns = n_runs * self.n_states
        self.states_per_run, self.entries_per_action = np.array(self.n_states), np.array(self.n_columns)
        self.table = np.full((self.n_actions, self.n_columns), agent.initial_value)
        self.entries = self.table.reshape(-1)
        self.choices = (
            np.zeros((self.n_columns, self.n_actions), dtype=int) if self.policy.needs_counts else None
        )
        self.visits = np.zeros(self.entries.size, dtype=int) if has_schedule else None
        # The choices of some policies are drawn in blocks; None for the others.
        self.in_turn, self.at_any_time = choices_in_blocks(self.policy, n_runs, self.n_actions, rng)
        self._runs = self._first_column = None

    @property
    def q_values(self):
        """All tables, (n_runs, n_states, n_actions)."""
        return self.table.T.reshape(self.n_runs, self.n_states, self.n_actions)

    def first_column(self, runs):
        """Return the column of the first state of each run."""
        if runs is not self._runs:  # for speed: seldom others than the last time, 4 % of a step (bench many)
            self._runs, self._first_column = runs, runs * self.states_per_run
        return self._first_column

    def act(self, runs, state):
        """Return an action of the policy for each run, int (n,)."""
        return self.choose(self.first_column(runs) + state)

    def choose(self, column, q_values=None):
        """Return an action of the policy for each column of the tables, int (n,); `q_values` if known.

        To be called once a time step, with all runs that still play; `choose_between` is for a few of them.
        """
        q_values = self.values(column) if q_values is None else q_values
        return (
            self.choose_between(column, q_values) if self.in_turn is None else self.in_turn.choose(q_values)
        )

    def choose_between(self, column, q_values):
        """Return an action of the policy for some columns of the tables, int (n,)."""
        if self.at_any_time is not None:
            return self.at_any_time.choose(q_values)
        if self.choices is None:
            return self.ask_policy(q_values, self.rng, self.n_steps)
        action = self.ask_policy(q_values, self.rng, self.n_steps, counts=self.choices[column])
        self.choices[column, action] += 1
        return action

    def values(self, column):
        """Return the values that the policy goes by, (n, n_actions)."""
        return self.table.take(column, axis=1).T

    def entry(self, column, action):
        """Return where Q(s, a) lies in the flat table, for each column and action."""
        return action * self.entries_per_action + column

    def probabilities(self, column):
        """Return with which probability the policy takes each action, (n, n_actions)."""
        counts = None if self.choices is None else self.choices[column]
        return self.ask_probabilities(self.values(column), self.n_steps, counts=counts)

    def update(self, runs, state, action, reward, next_state, terminated):
        """Learn from one transition in each run."""
        first_column = self.first_column(runs)
        td_target = self.td_target(runs, reward, first_column + next_state, terminated)
        self.learn(self.entry(first_column + state, action), td_target)
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
        return self.learning_rates(self.visits.take(entry))

    def end_episode(self, runs):
        """Do nothing: these agents learn at every step."""

    def begin_episode(self, runs, state):
        """Do nothing: these agents choose their first action as they choose all others."""
