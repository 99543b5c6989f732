"""Networks that say Q(s, ·), for many runs at once: rectified units, two options, forward and backward.

As in `deep/networks.py` every array has a leading axis of runs, and `forward` keeps what `backward` needs. A
network of L layers computes, with h₀ = x,

    zₗ = hₗ₋₁ Wₗ + bₗ,    nₗ = (zₗ − mean zₗ) / spread zₗ,    yₗ = gₗ nₗ + cₗ,    hₗ = max(0, yₗ),

and Q = z_L. Without layer normalisation yₗ = zₗ. With a dueling head there is also V = h_{L−1} v + d beside
A = z_L, and Q = V + A − mean A: what all actions have in common is learned from every one of them.

With δ = ∂J/∂Q of what is to be climbed, the chain rule says

    ∂J/∂V = Σ δ over the actions,    ∂J/∂A = δ − mean δ,    ∂J/∂y = ∂J/∂h where y > 0, else 0,
    ∂J/∂z = (ν − mean ν − n mean(ν n)) / spread z with ν = g ∂J/∂y;

the rest is as for any network: ∂J/∂W = hᵀ ∂J/∂z, and ∂J/∂h of the layer below is ∂J/∂z Wᵀ.
"""

from typing import NamedTuple

import numpy as np

from rl_helpers.deep.networks import add_to_rows, layers, rows

LEAST_VARIANCE = 1e-5
"""Added to the variance of z, so that units that all say the same are not divided by 0."""


class QNetwork(NamedTuple):
    """The parameters of a network in every run.

    Attributes:
        weights: W of each layer, float (n_runs, n_inputs, n_outputs).
        biases: b of each layer, float (n_runs, n_outputs).
        gains, shifts: g and c of each hidden layer, float (n_runs, n_units); empty without normalisation.
        value: v and d, float (n_runs, n_units, 1) and (n_runs, 1); empty without a dueling head.
    """

    weights: tuple[np.ndarray, ...]
    biases: tuple[np.ndarray, ...]
    gains: tuple[np.ndarray, ...]
    shifts: tuple[np.ndarray, ...]
    value: tuple[np.ndarray, ...]


def q_layers(sizes, n_runs, rng, *, has_layer_norm=False, is_dueling=False, dtype=np.float32):
    """Return a network with fresh orthogonal weights, other ones in every run.

    Args:
        sizes: numbers of inputs, of units of each hidden layer, and of actions.
        n_runs: number of runs.
        rng: `np.random.Generator`.
        has_layer_norm: whether what a layer says is normalised before it is rectified.
        is_dueling: whether V and advantages are learned apart.
        dtype: of the numbers.

    Source:
        Ba, Kiros and Hinton (2016), "Layer normalization"; Wang et al. (2016), "Dueling network architectures
        for deep reinforcement learning", equation 9.

    >>> network = q_layers((4, 8, 2), n_runs=3, rng=np.random.default_rng(0), is_dueling=True)
    >>> [array.shape for array in (*network.weights, *network.value)]
    [(3, 4, 8), (3, 8, 2), (3, 8, 1), (3, 1)]
    """
    plain = layers(sizes, n_runs, rng, dtype=dtype)
    units = sizes[1:-1] if has_layer_norm else ()
    value = ()
    if is_dueling:
        head = layers((sizes[-2], 1), n_runs, rng, dtype=dtype)
        value = head.weights[0], head.biases[0]
    gains = tuple(np.ones((n_runs, n), dtype) for n in units)
    return QNetwork(plain.weights, plain.biases, gains, tuple(np.zeros_like(gain) for gain in gains), value)


def q_forward(network, inputs):
    """Return Q(s, ·) for every input, and what `q_backward` needs.

    Args:
        network: `QNetwork`.
        inputs: float (n_runs, n_samples, n_inputs), or numbers of states, int (n_runs, n_samples).

    >>> one = QNetwork((np.ones((1, 2, 1)), np.full((1, 1, 1), 3.0)), (np.zeros((1, 1)),) * 2, (), (), ())
    >>> q_forward(one, np.array([[[1.0, 2.0], [1.0, -2.0]]]))[0].tolist()
    [[[9.0], [0.0]]]
    """
    memory, hidden = [], inputs
    n_hidden = len(network.weights) - 1
    for number in range(n_hidden):
        below, weights = hidden, network.weights[number]
        hidden = rows(weights, below) if below.dtype.kind == "i" else below @ weights
        hidden += network.biases[number][:, None]
        normal = spread = None
        if network.gains:
            hidden -= hidden.mean(axis=-1, keepdims=True)
            square = np.einsum("...i,...i->...", hidden, hidden)[..., None] / hidden.shape[-1]
            spread = np.sqrt(square + LEAST_VARIANCE)
            normal = np.divide(hidden, spread, out=hidden)
            hidden = normal * network.gains[number][:, None]
            hidden += network.shifts[number][:, None]
        np.maximum(hidden, 0, out=hidden)
        memory.append((below, normal, spread, hidden))
    outputs = hidden @ network.weights[-1]
    outputs += network.biases[-1][:, None]
    if network.value:
        weights, bias = network.value
        outputs -= outputs.mean(axis=-1, keepdims=True)
        outputs += hidden @ weights + bias[:, None]
    return outputs, (memory, hidden)


def q_backward(network, memory, output_gradient):
    """Return the gradient of J with respect to all parameters, a `QNetwork` of the same shapes.

    Args:
        network: the one that `q_forward` was asked.
        memory: what it kept.
        output_gradient: ∂J/∂Q, float (n_runs, n_samples, n_actions).
    """
    memory, hidden = memory
    delta, value, into_hidden = output_gradient, (), 0
    if network.value:
        summed = delta.sum(axis=-1, keepdims=True)
        value = hidden.swapaxes(1, 2) @ summed, summed.sum(axis=1)
        into_hidden = summed @ network.value[0].swapaxes(1, 2)
        delta = delta - summed / delta.shape[-1]
    weights, biases, gains, shifts = [_weights(network, -1, hidden, delta)], [delta.sum(axis=1)], [], []
    for number in reversed(range(len(memory))):
        below, normal, spread, above = memory[number]
        delta = delta @ network.weights[number + 1].swapaxes(1, 2) + into_hidden
        into_hidden = 0
        delta *= above > 0
        if network.gains:
            gains.append(np.einsum("rsi,rsi->ri", delta, normal))
            shifts.append(delta.sum(axis=1))
            delta *= network.gains[number][:, None]
            along = np.einsum("...i,...i->...", delta, normal)[..., None] / delta.shape[-1]
            delta -= delta.mean(axis=-1, keepdims=True)
            delta -= normal * along
            delta /= spread
        weights.append(_weights(network, number, below, delta))
        biases.append(delta.sum(axis=1))
    return QNetwork(*(tuple(reversed(each)) for each in (weights, biases, gains, shifts)), value)


def _weights(network, number, below, delta):
    if below.dtype.kind == "i":
        return add_to_rows(network.weights[number], below, delta)
    return below.swapaxes(1, 2) @ delta
