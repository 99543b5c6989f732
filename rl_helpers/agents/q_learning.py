"""Q-learning: a table of action values, moved towards reward plus the best value that follows."""

import numpy as np

from rl_helpers import updates
from rl_helpers.checks import count, number_in
from rl_helpers.exploration import Uniforms, epsilon_greedy, greedy


class QLearningAgent:
    """Tabular Q-learning with an ε-greedy policy.

    Args:
        n_states: number of states.
        n_actions: number of actions.
        learning_rate: step size (α), 0 < α ≤ 1.
        discount: discount (γ), 0 ≤ γ ≤ 1.
        epsilon: share of random actions (ε), 0 ≤ ε ≤ 1, or a schedule: a function from the number of steps
            taken to ε, such as `exploration.LinearDecay`.
        initial_value: every entry of the table at the start; an optimistic one is above what can be earned.
        rng: `np.random.Generator`; without one every agent explores differently.

    Raises:
        ValueError: if a hyperparameter is out of its range.

    Source:
        Watkins (1989); Sutton & Barto (2018), section 6.5.

    >>> agent = QLearningAgent(3, 2, learning_rate=0.5, discount=0.9, epsilon=0.1)
    >>> agent.update((0, 1, 1.0, 2, False))     # state, action, reward, next_state, terminated
    1.0
    >>> agent.q_values[0]
    array([0. , 0.5])
    """

    target = staticmethod(updates.q_learning_target)

    def __init__(
        self,
        n_states,
        n_actions,
        *,
        learning_rate=0.1,
        discount=0.95,
        epsilon=0.1,
        initial_value=0.0,
        rng=None,
    ):
        self.n_states = count("n_states", n_states)
        self.n_actions = count("n_actions", n_actions)
        self.learning_rate = number_in("learning_rate", learning_rate, 0, 1, low_open=True)
        self.discount = number_in("discount", discount, 0, 1)
        self.epsilon = epsilon if callable(epsilon) else number_in("epsilon", epsilon, 0, 1)
        self.rng = np.random.default_rng() if rng is None else rng
        self.n_steps = 0
        self._uniforms = Uniforms(self.rng)
        # Rows are lists of floats: a step on lists takes a third of its time on a NumPy array.
        self._rows = [[float(initial_value)] * self.n_actions for _ in range(self.n_states)]

    @property
    def q_values(self):
        """The Q-table, a read-only array (n_states, n_actions); assign a whole table to change it."""
        table = np.array(self._rows)
        table.flags.writeable = False
        return table

    @q_values.setter
    def q_values(self, table):
        table = np.asarray(table, dtype=float)
        if table.shape != (self.n_states, self.n_actions):
            raise ValueError(
                f"q_values has shape {table.shape}, expected {(self.n_states, self.n_actions)}: "
                "one row a state, one column an action"
            )
        self._rows = table.tolist()

    def act(self, state, *, explore=True):
        """Return the action for `state`: ε-greedy, or greedy with `explore=False`."""
        row, epsilon = self._rows[state], self.epsilon
        if not explore:
            return greedy(row, self._uniforms)
        return epsilon_greedy(row, epsilon(self.n_steps) if callable(epsilon) else epsilon, self._uniforms)

    def update(self, transition):
        """Learn from one `Transition` and return the TD error."""
        state, action, reward, next_state, terminated = transition
        row = self._rows[state]
        td_target = self.target(reward, self._rows[next_state], terminated, self.discount)
        td_error = td_target - row[action]
        row[action] += self.learning_rate * td_error
        self.n_steps += 1
        return td_error

    def end_episode(self):
        """Do nothing: Q-learning learns at every step."""
