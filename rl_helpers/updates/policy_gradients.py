"""What a policy's parameters climb: objectives of policy gradients, each with its gradient.

An objective is to be made larger. Every function returns it for each sample, and its derivatives with respect
to what the network says of that sample (log-probability, entropy, value); `rl_helpers.deep` carries them on
to the parameters. A return or an advantage is a number here, never a function of the parameters.
"""

from typing import NamedTuple

import numpy as np


def reinforce(log_probability, episode_return, baseline=0.0):
    """Return REINFORCE's objective (G − b) ln π(a | s), and its gradient.

    The gradient of the expected return is E[(G − b) ∇ ln π(a | s)]: what was followed by a return above the
    baseline becomes more probable. A baseline that does not depend on the action leaves the expectation as it
    is, and makes its samples less spread, because Σ π(a | s) ∇ ln π(a | s) = ∇ Σ π(a | s) = ∇ 1 = 0.

    Args:
        log_probability: ln π(a | s) of the actions taken, shape (...).
        episode_return: G from that time step on, shape (...).
        baseline: b, 0 for none, else mostly an estimate of V(s), shape (...).

    Returns:
        The objective, shape (...), and its derivative with respect to `log_probability`, G − b, same shape.

    Source:
        Williams (1992); Sutton & Barto (2018), equations 13.8 and 13.11.

    >>> reinforce(-0.5, 3.0, baseline=1.0)
    (-1.0, 2.0)
    """
    advantage = episode_return - baseline
    return advantage * log_probability, advantage


def generalized_advantage(reward, value, next_value, terminated, ended, *, discount, trace_decay):
    """Return how much better each action was than expected: A = δ + γ λ A of the next step.

    δ = r + γ V(s′) − V(s) is the TD error. With λ = 0 the advantage is δ: little spread, and wrong where V is
    wrong. With λ = 1 it is the return less V(s): right on average, and widely spread.

    Args:
        reward: r of the steps of one environment after the other, float (..., T), time last.
        value: V(s) of the states acted in, (..., T).
        next_value: V(s′) of the states that followed, (..., T): where an episode ended, of its last state,
            never of the first of the next episode.
        terminated: whether s′ is terminal, bool (..., T): then nothing follows.
        ended: whether the episode was over after this step, bool (..., T), by its end or by a time limit:
            then no later step belongs to it. Where it was a time limit alone, V(s′) still counts.
        discount: γ, 0 ≤ γ ≤ 1.
        trace_decay: λ, 0 ≤ λ ≤ 1.

    Returns:
        The advantages, float (..., T). The steps may break off in the middle of an episode: V(s′) of the last
        one stands for the rest.

    Source:
        Schulman et al. (2016), "High-dimensional continuous control using generalized advantage estimation",
        equations 11 and 16.

    >>> over = np.array([False, True])
    >>> generalized_advantage(
    ...     np.array([1.0, 1.0]), np.array([3.0, 2.0]), np.array([2.0, 9.0]), over, over, discount=1.0,
    ...     trace_decay=0.5,
    ... )
    array([-0.5, -1. ])
    """
    td_error = reward + discount * next_value * (1 - terminated) - value
    carried = discount * trace_decay * (1 - ended)
    advantage = np.empty_like(td_error)
    later = np.zeros_like(td_error[..., 0])
    for step in reversed(range(td_error.shape[-1])):
        later = td_error[..., step] + carried[..., step] * later
        advantage[..., step] = later
    return advantage


def clipped_surrogate(log_probability, old_log_probability, advantage, *, clip):
    """Return PPO's objective min(ρ A, clip(ρ, 1 − ε, 1 + ε) A), and its gradient.

    ρ = π(a | s) / π_old(a | s) says how much more probable the action has become since it was taken. As long
    as ρ lies within the clip the objective is ρ A, and dρ / d ln π = ρ. Beyond it, on the side to which A
    pushes, the objective is constant and the gradient 0: nothing is gained by going further. On the other
    side ρ A is the smaller one, and leads back.

    Args:
        log_probability: ln π(a | s) now, shape (...).
        old_log_probability: ln π_old(a | s) when the action was taken, a number that stays, shape (...).
        advantage: A, shape (...).
        clip: ε > 0, such as 0.2; infinity for none.

    Returns:
        The objective, shape (...), and its derivative with respect to `log_probability`, same shape.

    Source:
        Schulman et al. (2017), "Proximal policy optimization algorithms", equation 7.

    >>> objective, gradient = clipped_surrogate(np.log([0.5, 0.9]), np.log([0.5, 0.5]), 2.0, clip=0.2)
    >>> objective.round(6).tolist(), gradient.round(6).tolist()
    ([2.0, 2.4], [2.0, 0.0])
    """
    ratio = np.exp(log_probability - old_log_probability)
    unclipped = ratio * advantage
    clipped = np.clip(ratio, 1 - clip, 1 + clip) * advantage
    return np.minimum(unclipped, clipped), unclipped * (unclipped <= clipped)


class PPOGradient(NamedTuple):
    """Derivatives of PPO's objective with respect to what the networks say of a sample, shape (...) each."""

    log_probability: np.ndarray
    entropy: np.ndarray
    value: np.ndarray


def ppo(
    log_probability,
    old_log_probability,
    advantage,
    entropy,
    value,
    value_target,
    *,
    clip,
    entropy_weight,
    value_weight,
):
    """Return PPO's whole objective, policy, entropy and value together, and its gradient.

    The clipped surrogate, plus c_H H(π) so that the policy does not settle too early, less c_V ½ (V − G)², by
    which the critic learns what to expect. With no clip and one pass over the samples this is the objective
    of an actor with a critic, for then ρ = 1.

    Args:
        log_probability, old_log_probability, advantage, clip: see `clipped_surrogate`.
        entropy: H of π(· | s), shape (...).
        value: V(s), shape (...).
        value_target: what V(s) is moved towards, mostly advantage + V(s) before learning, shape (...).
        entropy_weight: c_H ≥ 0.
        value_weight: c_V ≥ 0.

    Returns:
        The objective, shape (...), and a `PPOGradient`.

    Source:
        Schulman et al. (2017), equation 9.

    >>> weights = {"clip": 0.2, "entropy_weight": 0.1, "value_weight": 1.0}
    >>> objective, gradient = ppo(0.0, 0.0, 2.0, 0.5, 1.0, 3.0, **weights)
    >>> round(float(objective), 6), [float(each) for each in gradient]
    (0.05, [2.0, 0.1, 2.0])
    """
    surrogate, policy_gradient = clipped_surrogate(log_probability, old_log_probability, advantage, clip=clip)
    value_error = value_target - value
    objective = surrogate + entropy_weight * entropy - 0.5 * value_weight * value_error**2
    return objective, PPOGradient(
        policy_gradient, np.full_like(entropy, entropy_weight), value_weight * value_error
    )
