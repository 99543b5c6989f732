"""Expected SARSA: learns the values of its own policy, from the mean over all that it might play next."""

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent
from rl_helpers.fast.tables import ManyTables


class ManyExpectedSarsa(ManyTables):
    """Many runs of expected SARSA at once."""

    def td_target(self, runs, reward, next_row, terminated):
        """Return the target of each run, (n,)."""
        next_q_values, probabilities = self.values(next_row), self.probabilities(next_row)
        return self.target(reward, next_q_values, probabilities, terminated, self.discount)


class ExpectedSarsaAgent(TableAgent):
    """Tabular expected SARSA: on-policy like SARSA, without the chance of the next action in its target.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, rng: see `TableAgent`.

    Source:
        Sutton & Barto (2018), section 6.6.

    >>> agent = ExpectedSarsaAgent(2, 2, learning_rate=1.0, discount=0.5, epsilon=0.5)
    >>> agent.q_values = [[0, 0], [0, 4]]
    >>> float(agent.update((0, 0, 1.0, 1, False)))     # 1 + 0.5 × (0.25 × 0 + 0.75 × 4)
    2.5
    """

    target = staticmethod(updates.expected_sarsa_target)
    many = ManyExpectedSarsa

    def update(self, transition):
        """Learn from one `Transition` and return the TD error."""
        state, action, reward, next_state, terminated = transition
        row = self._rows[state]
        probabilities = self.probabilities(next_state)
        td_target = self.target(reward, self._rows[next_state], probabilities, terminated, self.discount)
        td_error = float(td_target) - row[action]
        row[action] += self.step_size(state, action) * td_error
        self.n_steps += 1
        return td_error
