"""Expected SARSA: learns the values of its own policy, from the mean over all that it might play next."""

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent


class ExpectedSarsaAgent(TableAgent):
    """Tabular expected SARSA: on-policy like SARSA, without the chance of the next action in its target.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, target, rng: see
            `TableAgent`.

    Source:
        Sutton & Barto (2018), section 6.6.

    >>> agent = ExpectedSarsaAgent(2, 2, learning_rate=1.0, discount=0.5, epsilon=0.5)
    >>> agent.q_values = [[0, 0], [0, 4]]
    >>> float(agent.update((0, 0, 1.0, 1, False)))     # 1 + 0.5 × (0.25 × 0 + 0.75 × 4)
    2.5
    """

    target = staticmethod(updates.expected_sarsa_target)

    def td_target(self, reward, next_state, terminated):
        """Return r + γ Σ π(a | s′) Q(s′, a)."""
        probabilities = self.probabilities(next_state)
        return float(self.target(reward, self._table[next_state], probabilities, terminated, self.discount))
