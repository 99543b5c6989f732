"""Networks of one to three layers for many runs at once: start, forward, backward.

Every array has a leading axis of runs, and each run its own numbers: one agent and a hundred are the same
lines. `forward` keeps what `backward` needs. A network of L layers computes

    h₀ = x,    zₗ = hₗ₋₁ Wₗ + bₗ,    hₗ = tanh zₗ,    output = z_L without tanh.

Let J be what is to be climbed, and δₗ = ∂J/∂zₗ, of which `backward` is given the last. The chain rule says

    ∂J/∂Wₗ = hₗ₋₁ᵀ δₗ,    ∂J/∂bₗ = Σ δₗ over the samples,
    δₗ₋₁ = (δₗ Wₗᵀ) (1 − hₗ₋₁²),    because tanh′ z = 1 − tanh² z.

A table is the shortest of all networks: one layer without b, whose input is a state's number s in place of a
row x with a 1 at s and 0 elsewhere. Then x W is row s of W, and ∂J/∂W adds each δ to the row it came from.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from rl_helpers.arguments import count


class Network(NamedTuple):
    """The parameters of a network in every run.

    Attributes:
        weights: W of each layer, float (n_runs, n_inputs, n_outputs).
        biases: b of each layer, float (n_runs, n_outputs); empty for a table.
    """

    weights: tuple[np.ndarray, ...]
    biases: tuple[np.ndarray, ...]


class Parameters(NamedTuple):
    """All that an agent learns, with a leading axis of runs.

    Attributes:
        policy: the network whose outputs are logits, or means.
        log_deviation: ln σ of a Gaussian policy, float (n_runs, n_numbers); empty for a categorical one.
        critic: the network that says V(s); empty where there is none.
    """

    policy: Network
    log_deviation: np.ndarray | tuple
    critic: Network | tuple


def units_of(hidden, *, at_most=None):
    """Return the numbers of units of the hidden layers as a tuple.

    Args:
        hidden: one number for each layer, such as (64, 64).
        at_most: how many layers there may be; None: any number.

    >>> units_of([32])
    (32,)
    >>> units_of(32)
    Traceback (most recent call last):
    ...
    TypeError: hidden is 32, expected the units of each hidden layer: give (32,) for one layer
    """
    if isinstance(hidden, int | float | str) or not np.iterable(hidden):
        raise TypeError(
            f"hidden is {hidden!r}, expected the units of each hidden layer: give ({hidden},) for one layer"
        )
    units = tuple(count("hidden", each) for each in hidden)
    if at_most is not None and len(units) > at_most:
        raise ValueError(f"hidden is {units}, expected the units of at most {at_most} hidden layers")
    return units


def table(n_states, n_outputs, n_runs, dtype=np.float32):
    """Return a table of zeros with a row for every state, as a network of one layer.

    >>> table(3, 2, n_runs=1).weights[0].shape
    (1, 3, 2)
    """
    return Network((np.zeros((n_runs, n_states, n_outputs), dtype),), ())


def layers(sizes, n_runs, rng, *, last_gain=1.0, is_orthogonal=True, dtype=np.float32):
    """Return a network with fresh weights, other ones in every run, and biases of 0.

    Args:
        sizes: numbers of inputs, of units of each hidden layer, and of outputs.
        n_runs: number of runs.
        rng: `np.random.Generator`.
        last_gain: by what the last layer's weights are multiplied. 0.01 lets a policy begin with nearly equal
            probabilities.
        is_orthogonal: whether the weights of a layer are orthogonal: then it neither swells nor shrinks what
            goes through, forwards and backwards. Else they are normal with variance 2 / n_inputs.
        dtype: of the numbers.

    Source:
        Saxe, McClelland and Ganguli (2014), "Exact solutions to the nonlinear dynamics of learning in deep
        linear neural networks".

    >>> network = layers((4, 32, 2), n_runs=3, rng=np.random.default_rng(0))
    >>> [weights.shape for weights in network.weights]
    [(3, 4, 32), (3, 32, 2)]
    """
    weights, biases = [], []
    for number, (n_inputs, n_outputs) in enumerate(pairwise(sizes)):
        gain = last_gain if number == len(sizes) - 2 else np.sqrt(2)
        drawn = rng.standard_normal((n_runs, n_inputs, n_outputs))
        matrix = orthogonal(drawn) if is_orthogonal else drawn / np.sqrt(n_inputs)
        weights.append((gain * matrix).astype(dtype))
        biases.append(np.zeros((n_runs, n_outputs), dtype))
    return Network(tuple(weights), tuple(biases))


def orthogonal(matrices):
    """Return matrices (..., n, m) with orthonormal columns, or rows where they are fewer.

    Args:
        matrices: normal random numbers, (..., n, m). From them no orthogonal matrix comes more often than
            another, once the signs that QR leaves open are taken from R.

    >>> matrix = orthogonal(np.random.default_rng(0).standard_normal((3, 2)))
    >>> np.allclose(matrix.T @ matrix, np.eye(2))
    True
    """
    if matrices.shape[-2] < matrices.shape[-1]:
        return orthogonal(matrices.swapaxes(-1, -2)).swapaxes(-1, -2)
    q, r = np.linalg.qr(matrices)
    return q * np.sign(np.diagonal(r, axis1=-2, axis2=-1))[..., None, :]


def forward(network, inputs):
    """Return what a network says of every input, and what `backward` needs.

    Args:
        network: `Network`.
        inputs: float (n_runs, n_samples, n_inputs), or numbers of states, int (n_runs, n_samples).

    Returns:
        The outputs, float (n_runs, n_samples, n_outputs), and the inputs of each layer, a list.

    >>> one = Network((np.full((1, 2, 1), 0.5),), (np.ones((1, 1)),))
    >>> outputs, memory = forward(one, np.array([[[2.0, 4.0]]]))
    >>> outputs
    array([[[4.]]])
    """
    memory, hidden = [], inputs
    for number, weights in enumerate(network.weights):
        if number:
            np.tanh(hidden, out=hidden)
        memory.append(hidden)
        hidden = rows(weights, hidden) if hidden.dtype.kind == "i" else hidden @ weights
        if network.biases:
            hidden += network.biases[number][:, None]
    return hidden, memory


def backward(network, memory, output_gradient):
    """Return the gradient of J with respect to all parameters, a `Network` of the same shapes.

    Args:
        network: the one that `forward` was asked.
        memory: what it kept.
        output_gradient: ∂J/∂output, float (n_runs, n_samples, n_outputs).

    >>> one = Network((np.full((1, 2, 1), 0.5),), (np.ones((1, 1)),))
    >>> outputs, memory = forward(one, np.array([[[2.0, 4.0]]]))
    >>> backward(one, memory, np.array([[[1.0]]])).weights[0].tolist()
    [[[2.0], [4.0]]]
    """
    weights, biases = [], []
    delta = output_gradient
    for number in reversed(range(len(network.weights))):
        hidden = memory[number]
        if hidden.dtype.kind == "i":
            weights.append(add_to_rows(network.weights[number], hidden, delta))
        else:
            weights.append(hidden.swapaxes(1, 2) @ delta)
        if network.biases:
            biases.append(delta.sum(axis=1))
        if number:
            delta = delta @ network.weights[number].swapaxes(1, 2)
            delta *= 1 - hidden**2
    return Network(tuple(reversed(weights)), tuple(reversed(biases)))


def rows(weights, states):
    """Return the row of each state, (n_runs, n_samples, n_outputs)."""
    return weights[np.arange(len(weights))[:, None], states]


def add_to_rows(weights, states, delta):
    """Return an array of the shape of `weights` with each δ added to the row of its state."""
    n_runs, n_rows, n_outputs = weights.shape
    row = states + n_rows * np.arange(n_runs)[:, None]
    entry = (row[..., None] * n_outputs + np.arange(n_outputs)).ravel()
    summed = np.bincount(entry, weights=delta.ravel(), minlength=weights.size)
    return summed.reshape(weights.shape).astype(weights.dtype)
