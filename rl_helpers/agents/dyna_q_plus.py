"""Dyna-Q+: Dyna-Q with a bonus for what was not tried for long: it finds out when the world changes."""

from operator import index

from rl_helpers import updates
from rl_helpers.agents.dyna_q import DynaQAgent
from rl_helpers.arguments import number_in


class DynaQPlusAgent(DynaQAgent):
    """Tabular Dyna-Q+: imagined rewards grow by κ √τ, with τ the time steps since the action was tried there.

    It imagines all actions of the states it has visited. One never tried leads back to where it began and
    earns nothing but its bonus.

    Args:
        n_states, n_actions, learning_rate, discount, epsilon, policy, initial_value, target, rng: see
            `TableAgent`.
        planning_steps: imagined steps after each real one, at least 0.
        bonus_weight: κ ≥ 0; with 0 only the untried actions set it apart from Dyna-Q.

    Source:
        Sutton (1990); Sutton & Barto (2018), section 8.3 and its footnote.

    >>> agent = DynaQPlusAgent(2, 2, planning_steps=10, bonus_weight=0.1)
    >>> agent.update((0, 0, 1.0, 1, True))
    1.0
    >>> agent.imagine(0, 1)                     # never tried: back to where it began, and a bonus of 0.1 √1
    (0.1, 0, False)
    """

    def __init__(self, n_states, n_actions, *, bonus_weight=0.001, **hyperparameters):
        super().__init__(n_states, n_actions, **hyperparameters)
        self.bonus_weight = number_in("bonus_weight", bonus_weight, 0, float("inf"), high_open=True)
        self._last_tried = self._zero_counts()  # never counts as before the first step

    def remember(self, transition):
        """Put one transition into the model, and the step at which it happened."""
        state, action = map(index, transition[:2])
        if not self._tried[state]:
            self._visited.append(state)
            self._tried[state] = list(range(self.n_actions))
            self._model.update(((state, untried), (0.0, state, False)) for untried in range(self.n_actions))
        super().remember(transition)
        self._last_tried[state][action] = self.n_steps

    def imagine(self, state, action):
        """Return what the model says, with the bonus in the reward."""
        reward, next_state, terminated = self._model[state, action]
        steps_since_tried = self.n_steps - self._last_tried[state][action]
        bonus = float(updates.dyna_bonus(steps_since_tried, self.bonus_weight))
        return reward + bonus, next_state, terminated
