"""What a deep Q-network is moved towards: targets of a held network, returns of several steps, Huber's loss.

A target is a number, never a function of the parameters: only the network that learns is differentiated.
"""

from typing import NamedTuple

import numpy as np


def dqn_target(reward, held_next_q_values, terminated, discount):
    """Return the target of DQN: r + γ max Q⁻(s′, ·), and r alone after a terminal step.

    It is the target of Q-learning, but Q⁻ is a copy of the network that is held still for a while: a step
    that raises Q(s, a) does not raise what it is moved towards.

    Args:
        reward: r, or a sum of several discounted rewards, shape (...).
        held_next_q_values: Q⁻(s′, ·) of the held network, (..., n_actions).
        terminated: whether s′ is terminal, bool, shape (...). A time limit does not make a state terminal.
        discount: γ, or γᵐ where s′ lies m steps ahead, a number or an array (...).

    Returns:
        The target, shape (...).

    Source:
        Mnih et al. (2015), "Human-level control through deep reinforcement learning", algorithm 1.

    >>> dqn_target(1.0, np.array([0.0, 2.0]), terminated=False, discount=0.5)
    np.float64(2.0)
    """
    return reward + discount * held_next_q_values.max(axis=-1) * (1 - terminated)


def double_dqn_target(reward, next_q_values, held_next_q_values, terminated, discount):
    """Return the target of double DQN: r + γ Q⁻(s′, a′) with a′ = argmax Q(s′, ·).

    The greatest of several estimates is too great on average, even where each of them is right on average.
    Here the network that learns chooses the action, and the held one says what it is worth.

    Args:
        reward, terminated, discount: see `dqn_target`.
        next_q_values: Q(s′, ·) of the network that learns, (..., n_actions).
        held_next_q_values: Q⁻(s′, ·) of the held network, (..., n_actions).

    Returns:
        The target, shape (...).

    Source:
        van Hasselt, Guez and Silver (2016), "Deep reinforcement learning with double Q-learning", equation 4.

    >>> double_dqn_target(1.0, np.array([3.0, 2.0]), np.array([0.0, 8.0]), terminated=False, discount=0.5)
    np.float64(1.0)
    """
    chosen = next_q_values.argmax(axis=-1)[..., None]
    return reward + discount * np.take_along_axis(held_next_q_values, chosen, axis=-1)[..., 0] * (
        1 - terminated
    )


class SeveralSteps(NamedTuple):
    """Several steps seen as one: from s over m steps to the state that the rest is bootstrapped from.

    Attributes:
        reward: r₁ + γ r₂ + … + γᵐ⁻¹ rₘ, float (...).
        n_steps: m, int (...).
        terminated: whether the state after them is terminal, bool (...).
    """

    reward: np.ndarray
    n_steps: np.ndarray
    terminated: np.ndarray


def several_steps(reward, terminated, ended, discount):
    """Return n steps as one; an episode that ends among them makes them fewer.

    Args:
        reward: r of n steps of one environment after the other, float (..., n), time last.
        terminated: whether the state that followed is terminal, bool (..., n).
        ended: whether the episode was over after the step, bool (..., n), by its end or by a time limit: then
            no later step belongs to it. Where it was a time limit alone, the value of its last state counts.
        discount: γ, 0 ≤ γ ≤ 1.

    Returns:
        `SeveralSteps`. The target is `double_dqn_target(reward, …, terminated, discount**n_steps)`.

    Source:
        Sutton & Barto (2018), equation 7.1.

    >>> over = np.array([False, True, False])
    >>> [each.item() for each in several_steps(np.array([1.0, 2.0, 4.0]), over, over, discount=0.5)]
    [2.0, 2, True]
    """
    n = reward.shape[-1]
    belongs = np.ones(reward.shape, dtype=bool)
    belongs[..., 1:] = ~np.logical_or.accumulate(ended[..., :-1], axis=-1)
    summed = (reward * belongs * discount ** np.arange(n)).sum(axis=-1)
    return SeveralSteps(summed, belongs.sum(axis=-1), (terminated & belongs).any(axis=-1))


def n_step_returns(reward, next_value, terminated, ended, *, n_steps, discount):
    """Return for each step of a segment the return of up to n steps, bootstrapped where they break off.

    Gₜ = r₁ + γ r₂ + … + γᵐ⁻¹ rₘ + γᵐ V(sₘ), where m is n, or less where the episode or the segment ends
    before. With n = 1 it is the TD target: little spread, and wrong where V is wrong. With many steps V
    matters less, and what was done on the way matters more: for Q-learning the steps should be greedy ones.

    Args:
        reward, terminated, ended, discount: see `several_steps`, (..., T).
        next_value: V(s′), or max Q⁻(s′, ·), of the state after each step, float (..., T): where an episode
            ended, of its last state, never of the first of the next episode.
        n_steps: n ≥ 1.

    Returns:
        The returns, float (..., T).

    Source:
        Sutton & Barto (2018), equation 7.1; Watkins (1989).

    >>> never = np.zeros(3, dtype=bool)
    >>> n_step_returns(np.ones(3), np.full(3, 8.0), never, never, n_steps=2, discount=0.5)
    array([3.5, 3.5, 5. ])
    """
    length = reward.shape[-1]
    returns = np.empty(np.shape(reward))
    for step in range(length):
        part = slice(step, min(step + n_steps, length))
        one = several_steps(reward[..., part], terminated[..., part], ended[..., part], discount)
        last = step + one.n_steps - 1
        following = np.take_along_axis(next_value, last[..., None], axis=-1)[..., 0]
        returns[..., step] = one.reward + discount**one.n_steps * following * (1 - one.terminated)
    return returns


def huber(error, threshold=1.0):
    """Return Huber's loss of an error, and its gradient: a square near 0, straight lines beyond.

    L(x) = ½ x² for −κ ≤ x ≤ κ, else κ (abs(x) − ½ κ). Its slope is x, cut off at ±κ: one surprising sample
    cannot throw the parameters far.

    Args:
        error: x, what is said less its target, shape (...).
        threshold: κ > 0; infinity for half the square everywhere.

    Returns:
        The loss, to be made smaller, and its derivative with respect to `error`, shape (...) both.

    Source:
        Huber (1964), "Robust estimation of a location parameter"; Mnih et al. (2015), methods.

    >>> loss, gradient = huber(np.array([0.5, -3.0]))
    >>> loss.tolist(), gradient.tolist()
    ([0.125, 2.5], [0.5, -1.0])
    """
    slope = np.clip(error, -threshold, threshold)
    return slope * (error - 0.5 * slope), slope
