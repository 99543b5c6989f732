"""Networks: gradients against differences and autograd, runs apart from each other, the orthogonal start."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from rl_helpers.deep.networks import Network, backward, forward, layers, table
from rl_helpers.deep.trees import arrays, tree_map
from tests.deep.differences import assert_alike, gradient_by_differences

SHAPES = [(3, 2), (3, 5, 2), (3, 4, 5, 2)]


def drawn(sizes, n_runs=2, seed=0):
    rng = np.random.default_rng(seed)
    network = layers(sizes, n_runs, rng, dtype=float)
    return tree_map(lambda array: array + 0.1 * rng.standard_normal(array.shape), network)


@pytest.mark.parametrize("sizes", SHAPES)
def test_the_gradient_is_that_of_differences_and_of_autograd(sizes):
    rng = np.random.default_rng(1)
    network, inputs = drawn(sizes), rng.standard_normal((2, 7, sizes[0]))
    weight = rng.standard_normal((2, 7, 2))  # J = Σ weight × sin(output), so ∂J/∂output depends on it

    def objective(network):
        return (weight * np.sin(forward(network, inputs)[0])).sum()

    outputs, memory = forward(network, inputs)
    gradient = backward(network, memory, weight * np.cos(outputs))
    assert isinstance(gradient, Network)
    assert_alike(gradient, gradient_by_differences(objective, network))

    def for_autograd(parameters):
        weights, biases = parameters
        hidden = inputs
        for number in range(len(weights)):
            hidden = anp.matmul(anp.tanh(hidden) if number else hidden, weights[number])
            hidden = hidden + biases[number][:, None]
        return anp.sum(weight * anp.sin(hidden))

    assert_alike(gradient, autograd.grad(for_autograd)(tuple(network)), tolerance=1e-12)


def test_a_table_is_a_layer_whose_input_is_one_at_the_state():
    rng = np.random.default_rng(2)
    rows = Network((rng.standard_normal((2, 4, 3)),), ())
    states = np.array([[0, 3, 3, 1], [2, 2, 2, 0]])
    outputs, memory = forward(rows, states)
    one_hot = np.eye(4)[states]
    assert_alike(outputs, one_hot @ rows.weights[0])
    delta = rng.standard_normal(outputs.shape)
    assert_alike(backward(rows, memory, delta).weights[0], one_hot.swapaxes(1, 2) @ delta)


@pytest.mark.parametrize("sizes", SHAPES)
def test_runs_know_nothing_of_each_other(sizes):
    rng = np.random.default_rng(3)
    inputs, delta = rng.standard_normal((2, 5, 3)), rng.standard_normal((2, 5, 2))
    network = drawn(sizes)
    outputs, memory = forward(network, inputs)
    gradient = backward(network, memory, delta)
    for run in range(2):
        alone = tree_map(lambda array, run=run: array[run : run + 1], network)
        one, memory_of_one = forward(alone, inputs[run : run + 1])
        assert_alike(one, outputs[run : run + 1], tolerance=1e-12)
        expected = tree_map(lambda array, run=run: array[run : run + 1], gradient)
        assert_alike(backward(alone, memory_of_one, delta[run : run + 1]), expected, tolerance=1e-12)


def test_inputs_are_left_alone():
    inputs = np.ones((1, 2, 3))
    forward(drawn((3, 4, 2), 1), inputs)
    assert (inputs == 1).all()


@pytest.mark.parametrize(("n", "m"), [(4, 32), (32, 4), (5, 5)])
def test_layers_begin_orthogonal(n, m):
    network = layers((n, m, 1), 3, np.random.default_rng(0), last_gain=0.01, dtype=float)
    weights = network.weights[0] / np.sqrt(2)
    product = weights @ weights.swapaxes(1, 2) if n < m else weights.swapaxes(1, 2) @ weights
    np.testing.assert_allclose(product, np.broadcast_to(np.eye(min(n, m)), product.shape), atol=1e-12)
    np.testing.assert_allclose(np.linalg.norm(network.weights[1], axis=1), 0.01)
    assert all((bias == 0).all() for bias in network.biases)
    assert not np.allclose(weights[0], weights[1])


def test_a_start_that_is_not_orthogonal_keeps_the_variance():
    weights = layers((100, 50, 1), 2, np.random.default_rng(0), is_orthogonal=False, dtype=float).weights[0]
    assert weights.var() == pytest.approx(2 / 100, rel=0.1)


def test_numbers_have_the_dtype_that_was_asked_for():
    network = layers((3, 4, 2), 2, np.random.default_rng(0), dtype=np.float32)
    outputs, memory = forward(network, np.ones((2, 5, 3), np.float32))
    gradient = backward(network, memory, outputs)
    assert {array.dtype for array in [*arrays(network), outputs, *arrays(gradient)]} == {np.dtype(np.float32)}
    states = np.zeros((1, 3), dtype=int)
    rows, memory = forward(table(2, 3, 1), states)
    assert backward(table(2, 3, 1), memory, rows).weights[0].dtype == np.float32
