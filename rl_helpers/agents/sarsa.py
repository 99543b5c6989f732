"""SARSA: learns the values of its own policy, from the action that it really plays next."""

from rl_helpers import updates
from rl_helpers.agents.table import TableAgent


class SarsaAgent(TableAgent):
    """Tabular SARSA: state, action, reward, next state, next action.

    `update` chooses the next action, learns from it, and the next `act` plays that same action. One that is
    chosen anew would belong to another policy than the one that was learned.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, target, rng: see
            `TableAgent`.

    Source:
        Rummery and Niranjan (1994); Sutton & Barto (2018), section 6.4.

    >>> agent = SarsaAgent(3, 1, learning_rate=0.5, discount=0.9)
    >>> agent.update((0, 0, 1.0, 2, False))
    1.0
    """

    target = staticmethod(updates.sarsa_target)

    def __init__(self, n_states, n_actions, **hyperparameters):
        super().__init__(n_states, n_actions, **hyperparameters)
        self._chosen = None  # (state, action): what `update` has chosen to play next

    def act(self, state, *, explore=True):
        """Return the action that `update` has chosen for `state`, or choose one where an episode begins."""
        if not explore:
            return super().act(state, explore=False)
        chosen, self._chosen = self._chosen, None
        return chosen[1] if chosen is not None and chosen[0] == state else super().act(state)

    def td_target(self, reward, next_state, terminated):
        """Choose the next action a′, and return r + γ Q(s′, a′)."""
        next_action = self.choose(next_state)
        self._chosen = int(next_state), next_action
        return self.target(reward, self._table[next_state], next_action, terminated, self.discount)

    def begin_episode(self):
        """Forget the action chosen for the state where an episode was broken off."""
        self._chosen = None

    def end_episode(self):
        """Forget the action chosen for the state where the episode ended."""
        self._chosen = None

    def _forget_episode(self):
        self._chosen = None
