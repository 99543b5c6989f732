"""Adam: steps uphill whose length follows the size and the steadiness of the gradient."""

from typing import NamedTuple

import numpy as np

from rl_helpers.deep.trees import arrays, norms, per_run, tree_map, with_arrays


class AdamState(NamedTuple):
    """What Adam remembers of earlier gradients, for each array of the parameters from left to right.

    Attributes:
        mean: running mean of the gradient, m.
        square: running mean of its square, v.
        n_steps: steps taken, t.
    """

    mean: list[np.ndarray]
    square: list[np.ndarray]
    n_steps: int


def adam_start(parameters):
    """Return what Adam remembers before its first step: nothing."""
    return AdamState(*([np.zeros_like(array) for array in arrays(parameters)] for _ in range(2)), 0)


def adam(parameters, gradient, state, learning_rate, *, decay=0.9, square_decay=0.999, epsilon=1e-5):
    """Take one step uphill and return the new parameters and what Adam remembers.

    m ← β₁ m + (1 − β₁) g,   v ← β₂ v + (1 − β₂) g²,   θ ← θ + α m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ) and
    v̂ = v / (1 − β₂ᵗ), for m and v began at 0. A number whose gradient keeps its sign moves by about α.

    Args:
        parameters: θ, a tree of arrays with a leading axis of runs.
        gradient: g of what is to be climbed, a tree of the same shapes.
        state: `AdamState`.
        learning_rate: α > 0.
        decay, square_decay: β₁ and β₂.
        epsilon: ε, which keeps a gradient near 0 from a long step.

    Source:
        Kingma and Ba (2015), "Adam: a method for stochastic optimization", algorithm 1.

    >>> theta = (np.array([[1.0, 1.0]]),)
    >>> theta, state = adam(theta, (np.array([[5.0, -0.1]]),), adam_start(theta), 0.01)
    >>> theta[0].round(4).tolist()
    [[1.01, 0.99]]
    """
    n_steps = state.n_steps + 1
    root = float(np.sqrt(1 - square_decay**n_steps))
    rate = learning_rate / (1 - decay**n_steps)
    mean, square, stepped = [], [], []
    for theta, g, m, v in zip(arrays(parameters), arrays(gradient), state.mean, state.square, strict=True):
        m = decay * m + (1 - decay) * g
        v = square_decay * v + (1 - square_decay) * g * g
        mean.append(m)
        square.append(v)
        stepped.append(theta + rate * m / (np.sqrt(v) / root + epsilon))
    return with_arrays(parameters, stepped), AdamState(mean, square, n_steps)


def ascend(parameters, gradient, state, learning_rate):
    """Take one plain step θ ← θ + α g, with the arguments and results of `adam`.

    >>> ascend((np.ones((1, 2)),), (np.array([[5.0, -1.0]]),), (), 0.5)[0][0].tolist()
    [[3.5, 0.5]]
    """
    return tree_map(lambda theta, g: theta + learning_rate * g, parameters, gradient), state


def clip_norm(gradient, largest):
    """Shorten the gradient of every run whose length is above `largest`; return it and the lengths before.

    One sample that surprises the critic cannot throw the policy far.

    Args:
        gradient: a tree of arrays with a leading axis of runs.
        largest: the longest that a gradient may be; infinity: as long as it is.

    Returns:
        The gradient, and the length it had in every run, float (n_runs,), over all arrays together.

    Source:
        Pascanu, Mikolov and Bengio (2013), "On the difficulty of training recurrent neural networks".

    >>> clipped, length = clip_norm((np.array([[3.0, 4.0], [0.0, 1.0]]),), 1.0)
    >>> clipped[0].round(6).tolist(), length.tolist()
    ([[0.6, 0.8], [0.0, 1.0]], [5.0, 1.0])
    """
    length = norms(gradient)
    if (length > largest).any():
        shorter = np.minimum(1.0, largest / np.maximum(length, 1e-12))
        gradient = tree_map(lambda g: g * per_run(shorter, g), gradient)
    return gradient, length
