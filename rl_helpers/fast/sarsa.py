"""SARSA and expected SARSA in many runs at once."""

import numpy as np

from rl_helpers.fast.tables import ManyTables


class ManySarsa(ManyTables):
    """Many runs of `SarsaAgent`."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        self.next_action = np.zeros(n_runs, dtype=np.intp)

    def begin_episode(self, runs, state):
        """Choose the first action."""
        column = runs * self.n_states + state
        self.next_action[runs] = self.choose_between(column, self.values(column))

    def act(self, runs, state):
        """Return what was chosen when the values were learned, or where the episode began."""
        return self.next_action.take(runs)

    def td_target(self, runs, reward, next_column, terminated):
        """Choose the next action a′ of each run, and return r + γ Q(s′, a′), (n,)."""
        next_q_values = self.values(next_column)
        next_action = self.choose(next_column, next_q_values)
        self.next_action[runs] = next_action
        return self.target(reward, next_q_values, next_action, terminated, self.discount)


class ManyExpectedSarsa(ManyTables):
    """Many runs of `ExpectedSarsaAgent`."""

    def td_target(self, runs, reward, next_column, terminated):
        """Return r + γ Σ π(a | s′) Q(s′, a) of each run, (n,)."""
        next_q_values, probabilities = self.values(next_column), self.probabilities(next_column)
        return self.target(reward, next_q_values, probabilities, terminated, self.discount)
