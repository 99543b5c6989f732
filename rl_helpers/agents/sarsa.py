"""SARSA: learns the values of its own policy, from the action that it really plays next."""

import numpy as np

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent
from rl_helpers.fast.tables import ManyTables


class ManySarsa(ManyTables):
    """Many runs of SARSA at once."""

    def __init__(self, agent, n_runs, rng):
        super().__init__(agent, n_runs, rng)
        self.next_action = np.zeros(n_runs, dtype=np.intp)

    def begin_episode(self, runs, state):
        """Choose the first action."""
        row = runs * self.rows_per_run + state
        self.next_action[runs] = self.choose_between(row, self.values(row))

    def act(self, runs, state):
        """Return what was chosen when the values were learned, or where the episode began."""
        return self.next_action.take(runs)

    def td_target(self, runs, reward, next_row, terminated):
        """Choose the next action of each run, and return its target, (n,)."""
        next_q_values = self.values(next_row)
        next_action = self.choose(next_row, next_q_values)
        self.next_action[runs] = next_action
        return self.target(reward, next_q_values, next_action, terminated, self.discount)


class SarsaAgent(TableAgent):
    """Tabular SARSA: state, action, reward, next state, next action.

    `update` chooses the next action, learns from it, and the next `act` plays that same action. One that is
    chosen anew would belong to another policy than the one that was learned.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, rng: see `TableAgent`.

    Source:
        Rummery and Niranjan (1994); Sutton & Barto (2018), section 6.4.

    >>> agent = SarsaAgent(3, 1, learning_rate=0.5, discount=0.9)
    >>> agent.update((0, 0, 1.0, 2, False))
    1.0
    """

    target = staticmethod(updates.sarsa_target)
    many = ManySarsa

    def __init__(self, n_states, n_actions, **hyperparameters):
        super().__init__(n_states, n_actions, **hyperparameters)
        self._chosen = None  # (state, action): what `update` has chosen to play next

    def act(self, state, *, explore=True):
        """Return the action that `update` has chosen for `state`, or choose one where an episode begins."""
        if not explore:
            return super().act(state, explore=False)
        chosen, self._chosen = self._chosen, None
        return chosen[1] if chosen is not None and chosen[0] == state else self.choose(state)

    def update(self, transition):
        """Learn from one `Transition`, choose the next action, and return the TD error."""
        state, action, reward, next_state, terminated = transition
        row = self._rows[state]
        next_action = self.choose(next_state)
        td_target = self.target(reward, self._rows[next_state], next_action, terminated, self.discount)
        td_error = td_target - row[action]
        row[action] += self.step_size(state, action) * td_error
        self._chosen = (next_state, next_action)
        self.n_steps += 1
        return td_error

    def end_episode(self):
        """Forget the action chosen for the state where the episode ended."""
        self._chosen = None
