"""Networks that say Q: gradients against differences and autograd, with and without each option."""

from itertools import product

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from rl_helpers.deep.q.networks import LEAST_VARIANCE, QNetwork, q_backward, q_forward, q_layers
from rl_helpers.deep.trees import arrays, tree_map
from tests.deep.differences import assert_alike, gradient_by_differences

SHAPES = [(3, 2), (3, 5, 2), (3, 4, 5, 3)]
OPTIONS = [
    {"has_layer_norm": norm, "is_dueling": dueling} for norm, dueling in product([False, True], repeat=2)
]


def drawn(sizes, n_runs=2, seed=0, **options):
    rng = np.random.default_rng(seed)
    network = q_layers(sizes, n_runs, rng, dtype=float, **options)
    return tree_map(lambda array: array + 0.1 * rng.standard_normal(array.shape), network)


def as_written(parameters, inputs):
    """Return Q as the equations at the top of the module say it, for autograd."""
    weights, biases, gains, shifts, value = parameters
    hidden = inputs
    for number in range(len(weights) - 1):
        hidden = anp.matmul(hidden, weights[number]) + biases[number][:, None]
        if len(gains):
            apart = hidden - anp.mean(hidden, axis=-1, keepdims=True)
            hidden = apart / anp.sqrt(anp.mean(apart**2, axis=-1, keepdims=True) + LEAST_VARIANCE)
            hidden = gains[number][:, None] * hidden + shifts[number][:, None]
        hidden = anp.maximum(hidden, 0)
    q = anp.matmul(hidden, weights[-1]) + biases[-1][:, None]
    if len(value):
        q = anp.matmul(hidden, value[0]) + value[1][:, None] + q - anp.mean(q, axis=-1, keepdims=True)
    return q


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("sizes", SHAPES)
def test_the_gradient_is_that_of_differences_and_of_autograd(sizes, options):
    rng = np.random.default_rng(1)
    network, inputs = drawn(sizes, **options), rng.standard_normal((2, 7, sizes[0]))
    weight = rng.standard_normal((2, 7, sizes[-1]))  # J = Σ weight × sin(Q), so ∂J/∂Q depends on it

    def objective(network):
        return (weight * np.sin(q_forward(network, inputs)[0])).sum()

    outputs, memory = q_forward(network, inputs)
    gradient = q_backward(network, memory, weight * np.cos(outputs))
    assert isinstance(gradient, QNetwork)
    assert_alike(gradient, gradient_by_differences(objective, network))
    np.testing.assert_allclose(outputs, as_written(network, inputs))
    by_autograd = autograd.grad(lambda parameters: anp.sum(weight * anp.sin(as_written(parameters, inputs))))
    assert_alike(gradient, by_autograd(tuple(network)), tolerance=1e-10)


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("sizes", SHAPES[1:])  # states need a hidden layer, as the agent says
def test_a_state_is_an_input_that_is_one_at_its_number(sizes, options):
    network, states = drawn(sizes, **options), np.array([[0, 2, 2, 1], [2, 2, 2, 0]])
    delta = np.random.default_rng(2).standard_normal((2, 4, sizes[-1]))
    by_number, by_row = q_forward(network, states), q_forward(network, np.eye(3)[states])
    np.testing.assert_allclose(by_number[0], by_row[0])
    assert_alike(
        q_backward(network, by_number[1], delta), q_backward(network, by_row[1], delta), tolerance=1e-12
    )


def test_runs_know_nothing_of_each_other():
    options = {"has_layer_norm": True, "is_dueling": True}
    rng = np.random.default_rng(3)
    network, inputs = drawn((3, 4, 5, 2), **options), rng.standard_normal((2, 5, 3))
    delta = rng.standard_normal((2, 5, 2))
    outputs, memory = q_forward(network, inputs)
    gradient = q_backward(network, memory, delta)
    for run in range(2):
        part = slice(run, run + 1)
        one = tree_map(lambda array, part=part: array[part], network)
        alone, memory_alone = q_forward(one, inputs[part])
        np.testing.assert_allclose(alone, outputs[part], rtol=1e-12)
        assert_alike(
            q_backward(one, memory_alone, delta[part]),
            tree_map(lambda array, part=part: array[part], gradient),
            tolerance=1e-12,
        )


def test_inputs_stay_as_they_were():
    network, inputs = drawn((3, 4, 5, 2), has_layer_norm=True, is_dueling=True), np.ones((2, 5, 3))
    outputs, memory = q_forward(network, inputs)
    delta = np.ones_like(outputs)
    q_backward(network, memory, delta)
    assert (inputs == 1).all()
    assert (delta == 1).all()


def test_a_dueling_head_splits_values_into_their_mean_and_the_rest():
    network, inputs = drawn((3, 4, 2), is_dueling=True), np.random.default_rng(4).standard_normal((2, 6, 3))
    outputs, (_, hidden) = q_forward(network, inputs)
    value = (hidden @ network.value[0] + network.value[1][:, None])[..., 0]
    np.testing.assert_allclose(outputs.mean(axis=-1), value)


def test_normalised_layers_do_not_care_how_large_their_inputs_are():
    network, inputs = (
        drawn((3, 8, 2), has_layer_norm=True),
        np.random.default_rng(5).standard_normal((2, 6, 3)),
    )
    without_bias = network._replace(biases=(0 * network.biases[0], network.biases[1]))
    one, hundred = (q_forward(without_bias, factor * inputs)[0] for factor in (1, 100))
    np.testing.assert_allclose(one, hundred, atol=1e-3)


def test_numbers_are_kept_as_32_bits():
    network = q_layers((3, 4, 2), 2, np.random.default_rng(0), has_layer_norm=True, is_dueling=True)
    outputs, memory = q_forward(network, np.ones((2, 5, 3), np.float32))
    gradient = q_backward(network, memory, outputs)
    assert {array.dtype for array in (*arrays(gradient), outputs)} == {np.dtype(np.float32)}
