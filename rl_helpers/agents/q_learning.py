"""Q-learning: a table of action values, moved towards reward plus the best value that follows."""

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent
from rl_helpers.fast.tables import ManyTables


class ManyQLearning(ManyTables):
    """Many runs of Q-learning at once."""

    def td_target(self, runs, reward, next_row, terminated):
        """Return the target of each run, (n,)."""
        return self.target(reward, self.values(next_row), terminated, self.discount)


class QLearningAgent(TableAgent):
    """Tabular Q-learning: learns the values of the best policy, whatever policy it explores with.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, rng: see `TableAgent`.

    Source:
        Watkins (1989); Sutton & Barto (2018), section 6.5.

    >>> agent = QLearningAgent(3, 2, learning_rate=0.5, discount=0.9, epsilon=0.1)
    >>> agent.update((0, 1, 1.0, 2, False))     # state, action, reward, next_state, terminated
    1.0
    >>> agent.q_values[0]
    array([0. , 0.5])
    """

    target = staticmethod(updates.q_learning_target)
    many = ManyQLearning

    def update(self, transition):
        """Learn from one `Transition` and return the TD error."""
        state, action, reward, next_state, terminated = transition
        row = self._rows[state]
        td_target = self.target(reward, self._rows[next_state], terminated, self.discount)
        td_error = td_target - row[action]
        row[action] += self.step_size(state, action) * td_error
        self.n_steps += 1
        return td_error
