"""Targets: what Q(s, a) is moved towards. After a terminal step nothing follows, and it is r alone."""

import numpy as np


def q_learning_target(reward, next_q_values, terminated, discount):
    """Return the target of Q-learning: r + γ max Q(s′, ·), and r alone after a terminal step.

    Args:
        reward: r, shape (...).
        next_q_values: Q(s′, ·), a list of floats or an array (..., n_actions).
        terminated: whether s′ is terminal, bool, shape (...). A time limit does not make a state terminal.
        discount: γ, 0 ≤ γ ≤ 1.

    Returns:
        The target, shape (...).

    Source:
        Sutton & Barto (2018), equation 6.8.

    >>> q_learning_target(1.0, [0.0, 2.0], terminated=False, discount=0.5)
    2.0
    >>> q_learning_target(1.0, [0.0, 2.0], terminated=True, discount=0.5)
    1.0
    """
    # A row of Python floats is what a single agent holds; on it, built-in max is far faster than NumPy's.
    best = max(next_q_values) if type(next_q_values) is list else next_q_values.max(axis=-1)
    return reward + discount * best * (1 - terminated)


def sarsa_target(reward, next_q_values, next_action, terminated, discount):
    """Return the target of SARSA: r + γ Q(s′, a′) with the action a′ that will really be played.

    Args:
        reward: r, shape (...).
        next_q_values: Q(s′, ·), a list of floats or an array (..., n_actions).
        next_action: a′, int, shape (...).
        terminated: whether s′ is terminal, bool, shape (...).
        discount: γ, 0 ≤ γ ≤ 1.

    Returns:
        The target, shape (...).

    Source:
        Sutton & Barto (2018), equation 6.7.

    >>> sarsa_target(1.0, [0.0, 2.0], next_action=0, terminated=False, discount=0.5)
    1.0
    """
    return reward + discount * _entry(next_q_values, next_action) * (1 - terminated)


def expected_sarsa_target(reward, next_q_values, probabilities, terminated, discount):
    """Return the target of expected SARSA: r + γ Σ π(a | s′) Q(s′, a), the mean over what may be played.

    Args:
        reward: r, shape (...).
        next_q_values: Q(s′, ·), a list of floats or an array (..., n_actions).
        probabilities: π(· | s′), array (..., n_actions).
        terminated: whether s′ is terminal, bool, shape (...).
        discount: γ, 0 ≤ γ ≤ 1.

    Returns:
        The target, shape (...).

    Source:
        Sutton & Barto (2018), equation 6.9.

    >>> float(expected_sarsa_target(1.0, [0.0, 2.0], np.array([0.25, 0.75]), terminated=False, discount=0.5))
    1.75
    """
    return reward + discount * (probabilities * next_q_values).sum(axis=-1) * (1 - terminated)


def double_q_learning_target(reward, next_q_values, other_next_q_values, terminated, discount):
    """Return the target of double Q-learning: one table names the best action, the other says its value.

    Args:
        reward: r, shape (...).
        next_q_values: Q₁(s′, ·) of the table that learns, a list of floats or an array (..., n_actions).
        other_next_q_values: Q₂(s′, ·) of the other table, same kind and shape.
        terminated: whether s′ is terminal, bool, shape (...).
        discount: γ, 0 ≤ γ ≤ 1.

    Returns:
        The target r + γ Q₂(s′, argmax Q₁(s′, ·)), shape (...).

    Source:
        van Hasselt (2010); Sutton & Barto (2018), equation 6.10.

    >>> double_q_learning_target(1.0, [0.0, 2.0], [5.0, 3.0], terminated=False, discount=0.5)
    2.5
    """
    # The first of several best ones will do: nothing is played by it, and whichever it is, the other table's
    # value was learned from other experience, which is all that counts.
    if type(next_q_values) is list:
        best_action = next_q_values.index(max(next_q_values))
    else:
        best_action = next_q_values.argmax(axis=-1)
    return reward + discount * _entry(other_next_q_values, best_action) * (1 - terminated)


def monte_carlo_returns(rewards, final_value, discount):
    """Return the discounted return from every time step of an episode: G = r + γ G of the next step.

    Args:
        rewards: r of steps 0 … T − 1, shape (..., T).
        final_value: what is still to come after the last step, shape (...): 0 in a terminal state; where a
            time limit cut in, an estimate.
        discount: γ, 0 ≤ γ ≤ 1.

    Returns:
        G of steps 0 … T − 1, float array (..., T).

    Source:
        Sutton & Barto (2018), equation 3.9.

    >>> monte_carlo_returns([1.0, 0.0, 4.0], 0.0, discount=0.5)
    array([2., 2., 4.])
    """
    rewards = np.asarray(rewards, dtype=float)
    returns = np.empty(rewards.shape)
    later = final_value
    for step in reversed(range(rewards.shape[-1])):
        later = rewards[..., step] + discount * later
        returns[..., step] = later
    return returns


def dyna_bonus(steps_since_tried, bonus_weight):
    """Return what Dyna-Q+ adds to an imagined reward: κ √τ, more the longer ago an action was tried.

    Args:
        steps_since_tried: τ ≥ 0, time steps since this action was last taken in this state, shape (...).
        bonus_weight: κ ≥ 0.

    Returns:
        The bonus, shape (...).

    Source:
        Sutton & Barto (2018), section 8.3.

    >>> float(dyna_bonus(400, bonus_weight=0.001))
    0.02
    """
    return bonus_weight * np.sqrt(steps_since_tried)


def _entry(q_values, action):
    """Return the value of one action in each row."""
    if type(q_values) is list:
        return q_values[action]
    if q_values.ndim == 2:  # for speed: many runs of SARSA take a quarter longer without (bench many)
        return q_values[np.arange(len(q_values)), action]
    return np.take_along_axis(q_values, np.expand_dims(action, -1), axis=-1)[..., 0]
