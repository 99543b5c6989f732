"""What a batch teaches a Q-network: from sampled steps to the gradient, the equation in view."""

import numpy as np

from rl_helpers import updates
from rl_helpers.deep.q.networks import q_backward, q_forward
from rl_helpers.deep.trees import tree_map

DIAGNOSTICS = "loss", "q_value", "target"
"""What is said of a batch: the mean loss, the mean of Q(s, a), and of what it is moved towards."""


def uphill(network, held, batch, *, discount, is_double=True, huber_threshold=1.0):
    """Return the gradient of minus the mean loss of a batch, and what is to be said of it.

    Args:
        network: the one that learns, a `QNetwork`.
        held: the one that says what next states are worth.
        batch: a `Sample`, its observations as the network is told of them.
        discount: γ.
        is_double: whether the network that learns chooses the next action.
        huber_threshold: see `updates.huber`.

    Returns:
        The gradient, a `QNetwork`, and `DIAGNOSTICS` by name, float (n_runs,) each.

    Raises:
        ValueError: if an error is not finite.
    """
    held_next, _ = q_forward(held, batch.next_observations)
    discounts = discount**batch.n_steps
    if is_double:
        next_q_values, _ = q_forward(network, batch.next_observations)
        target = updates.double_dqn_target(
            batch.rewards, next_q_values, held_next, batch.terminated, discounts
        )
    else:
        target = updates.dqn_target(batch.rewards, held_next, batch.terminated, discounts)

    q_values, memory = q_forward(network, batch.observations)
    taken = batch.actions[..., None].astype(np.intp)
    said = np.take_along_axis(q_values, taken, axis=-1)[..., 0]
    error = said - target
    is_finite = np.isfinite(error).all(axis=1)
    if not is_finite.all():
        raise ValueError(
            f"an error of run {is_finite.argmin()} is not finite, the parameters stay as they were: take a "
            "smaller learning_rate, or look for observations or rewards that are not finite"
        )
    loss, slope = updates.huber(error, huber_threshold)

    # Only the action that was taken has a slope.
    output_gradient = np.zeros_like(q_values)
    n_samples = said.shape[1]
    np.put_along_axis(output_gradient, taken, (-slope / n_samples).astype(said.dtype)[..., None], axis=-1)
    told = dict(zip(DIAGNOSTICS, (each.mean(axis=1) for each in (loss, said, target)), strict=True))
    return q_backward(network, memory, output_gradient), told


def towards(one, other, share):
    """Return a network this share of the way from one to the other.

    >>> towards((np.zeros(1),), (np.ones(1),), 0.25)
    (array([0.25]),)
    """
    return tree_map(lambda here, there: here + here.dtype.type(share) * (there - here), one, other)
