"""Policies: a rule of exploration with its settings, for any agent.

A policy chooses (`choose`) and says how probable each choice is (`probabilities`). It holds no state of its
own: the time step and the visit counts come from the agent.
"""

import numpy as np

from rl_helpers.arguments import number_in
from rl_helpers.exploration.rules import boltzmann, epsilon_greedy, softmax, ucb, ucb_scores
from rl_helpers.schedules import share_at


class EpsilonGreedy:
    """A random action with probability ε, else the greedy one.

    Args:
        epsilon: ε, 0 ≤ ε ≤ 1, or a schedule: a function from the number of time steps taken to ε.

    >>> EpsilonGreedy(0.2).probabilities([0.0, 1.0])
    array([0.1, 0.9])
    """

    needs_counts = False

    def __init__(self, epsilon):
        self.epsilon = epsilon if callable(epsilon) else number_in("epsilon", epsilon, 0, 1)

    def at(self, step):
        """Return ε after `step` time steps."""
        return share_at("epsilon", self.epsilon, step) if callable(self.epsilon) else self.epsilon

    def choose(self, q_values, rng, step=0, counts=None):
        """Return an action: an int for a list of values, an array (...) for an array (..., n_actions)."""
        return epsilon_greedy(q_values, self.at(step), rng)

    def probabilities(self, q_values, step=0, counts=None):
        """Return the probability of every action, an array (..., n_actions)."""
        epsilon = self.at(step)
        q_values = np.asarray(q_values)
        return (1 - epsilon) * _greedy_share(q_values) + epsilon / q_values.shape[-1]

    def __repr__(self):
        return f"EpsilonGreedy({self.epsilon})"


class Boltzmann:
    """An action drawn in proportion to exp(Q(s, ·) / τ).

    Args:
        temperature: τ > 0 in the unit of the values, or a schedule: a function from the number of time steps
            taken to τ.

    >>> Boltzmann(1.0).probabilities([0.0, 0.0])
    array([0.5, 0.5])
    """

    needs_counts = False

    def __init__(self, temperature):
        if not callable(temperature):
            number_in("temperature", temperature, 0, float("inf"), low_open=True, high_open=True)
        self.temperature = temperature

    def at(self, step):
        """Return τ after `step` time steps."""
        return self.temperature(step) if callable(self.temperature) else self.temperature

    def choose(self, q_values, rng, step=0, counts=None):
        """Return an action: an int for a list of values, an array (...) for an array (..., n_actions)."""
        return boltzmann(q_values, self.at(step), rng)

    def probabilities(self, q_values, step=0, counts=None):
        """Return the probability of every action, an array (..., n_actions)."""
        return softmax(q_values, self.at(step))

    def __repr__(self):
        return f"Boltzmann({self.temperature})"


class UCB:
    """The action with the largest upper confidence bound: what is good, or not yet known well.

    Args:
        bonus: c ≥ 0, the weight of what is not known.

    >>> UCB(2.0).probabilities([1.0, 1.0, 0.0], counts=[4, 4, 0])
    array([0., 0., 1.])
    """

    needs_counts = True

    def __init__(self, bonus):
        self.bonus = number_in("bonus", bonus, 0, float("inf"), high_open=True)

    def choose(self, q_values, rng, step=0, *, counts):
        """Return an action: an int for a list of values, an array (...) for an array (..., n_actions)."""
        return ucb(q_values, counts, self.bonus, rng)

    def probabilities(self, q_values, step=0, *, counts):
        """Return the probability of every action, an array (..., n_actions)."""
        return _greedy_share(ucb_scores(q_values, counts, self.bonus))

    def __repr__(self):
        return f"UCB({self.bonus:g})"


def _greedy_share(q_values):
    """Return the probabilities of the greedy choice, ties shared evenly."""
    is_best = q_values == q_values.max(axis=-1, keepdims=True)
    return is_best / is_best.sum(axis=-1, keepdims=True)
