"""Q-learning: a table of action values, moved towards reward plus the best value that follows."""

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent


class QLearningAgent(TableAgent):
    """Tabular Q-learning: learns the values of the best policy, whatever policy it explores with.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, target, rng: see
            `TableAgent`.

    Source:
        Watkins (1989); Sutton & Barto (2018), section 6.5.

    >>> agent = QLearningAgent(3, 2, learning_rate=0.5, discount=0.9, epsilon=0.1)
    >>> agent.update((0, 1, 1.0, 2, False))     # state, action, reward, next_state, terminated
    1.0
    >>> agent.q_values[0]
    array([0. , 0.5])
    """

    target = staticmethod(updates.q_learning_target)

    def td_target(self, reward, next_state, terminated):
        """Return r + γ max Q(s′, ·)."""
        return self.target(reward, self._table[next_state], terminated, self.discount)
