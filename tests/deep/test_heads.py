"""Distributions over actions: what they say by other means, gradients against differences and autograd."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from rl_helpers.deep.heads import Categorical, Gaussian
from tests.deep.differences import assert_alike, gradient_by_differences

RNG = np.random.default_rng(0)
LOGITS = RNG.standard_normal((2, 6, 4)) * 2
CHOICES = RNG.integers(4, size=(2, 6))
MEAN, LOG_DEVIATION = RNG.standard_normal((2, 6, 3)), RNG.standard_normal((2, 3)) * 0.5
ACTIONS = RNG.standard_normal((2, 6, 3))
WEIGHT, ENTROPY_WEIGHT = RNG.standard_normal((2, 6)), RNG.standard_normal((2, 6))


def softmax(logits):
    return np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)


def test_categorical_says_what_the_softmax_says():
    head, probabilities = Categorical.of(LOGITS), softmax(LOGITS)
    taken = np.take_along_axis(probabilities, CHOICES[..., None], axis=-1)[..., 0]
    np.testing.assert_allclose(head.log_probability(CHOICES), np.log(taken))
    np.testing.assert_allclose(head.entropy(), -(probabilities * np.log(probabilities)).sum(axis=-1))
    assert (head.best() == LOGITS.argmax(axis=-1)).all()


def test_large_outputs_do_not_overflow():
    head = Categorical.of(np.array([[1000.0, 0.0]]))
    assert head.log_probabilities.tolist() == [[0.0, -1000.0]]
    assert head.entropy().tolist() == [0.0]


def test_categorical_actions_come_as_often_as_they_are_probable():
    logits = np.broadcast_to(np.log([0.1, 0.2, 0.0001, 0.6999]), (4, 25_000, 4))
    actions = Categorical.of(logits).sample(np.random.default_rng(1))
    share = np.bincount(actions.ravel(), minlength=4) / actions.size
    np.testing.assert_allclose(share, [0.1, 0.2, 0.0001, 0.6999], atol=0.007)
    assert share[2] > 0


def test_categorical_gradient_is_that_of_differences_and_of_autograd():
    def objective(logits):
        head = Categorical.of(logits)
        return (WEIGHT * head.log_probability(CHOICES) + ENTROPY_WEIGHT * head.entropy()).sum()

    found, nothing = Categorical.of(LOGITS).gradient(CHOICES, WEIGHT, ENTROPY_WEIGHT)
    assert nothing == ()
    assert_alike(found, gradient_by_differences(objective, LOGITS))

    def for_autograd(logits):
        log = logits - anp.log(anp.sum(anp.exp(logits), axis=-1, keepdims=True))
        chosen = np.eye(4)[CHOICES]
        entropy = -anp.sum(anp.exp(log) * log, axis=-1)
        return anp.sum(WEIGHT * anp.sum(chosen * log, axis=-1) + ENTROPY_WEIGHT * entropy)

    assert_alike(found, autograd.grad(for_autograd)(LOGITS), tolerance=1e-12)


def test_gaussian_says_what_the_density_says():
    head = Gaussian(MEAN, LOG_DEVIATION)
    deviation = np.exp(LOG_DEVIATION)[:, None]
    density = np.exp(-((ACTIONS - MEAN) ** 2) / (2 * deviation**2)) / (deviation * np.sqrt(2 * np.pi))
    np.testing.assert_allclose(head.log_probability(ACTIONS), np.log(density.prod(axis=-1)))
    assert (head.best() == MEAN).all()


def test_gaussian_entropy_is_the_mean_surprise():
    head = Gaussian(np.zeros((1, 200_000, 2)), np.log([[0.5, 3.0]]))
    surprise = -head.log_probability(head.sample(np.random.default_rng(2)))
    assert surprise.mean() == pytest.approx(head.entropy()[0, 0], abs=0.01)
    assert head.entropy().shape == (1, 200_000)


def test_gaussian_actions_have_mean_and_deviation():
    head = Gaussian(np.full((2, 50_000, 2), 3.0), np.log([[0.5, 2.0], [1.0, 0.1]]))
    actions = head.sample(np.random.default_rng(3))
    np.testing.assert_allclose(actions.mean(axis=1), 3.0, atol=0.05)
    np.testing.assert_allclose(actions.std(axis=1), [[0.5, 2.0], [1.0, 0.1]], rtol=0.02)


def test_gaussian_gradient_is_that_of_differences_and_of_autograd():
    def objective(tree):
        head = Gaussian(*tree)
        return (WEIGHT * head.log_probability(ACTIONS) + ENTROPY_WEIGHT * head.entropy()).sum()

    found = Gaussian(MEAN, LOG_DEVIATION).gradient(ACTIONS, WEIGHT, ENTROPY_WEIGHT)
    assert_alike(found, gradient_by_differences(objective, (MEAN, LOG_DEVIATION)))

    def for_autograd(tree):
        mean, log_deviation = tree[0], tree[1][:, None]
        squared = ((ACTIONS - mean) * anp.exp(-log_deviation)) ** 2
        density = anp.sum(-0.5 * squared - log_deviation - 0.5 * np.log(2 * np.pi), axis=-1)
        entropy = anp.sum(log_deviation + 0.5 * np.log(2 * np.pi * np.e), axis=-1)
        return anp.sum(WEIGHT * density + ENTROPY_WEIGHT * entropy)

    assert_alike(found, autograd.grad(for_autograd)((MEAN, LOG_DEVIATION)), tolerance=1e-12)


def test_sampling_keeps_the_dtype():
    assert Gaussian(MEAN.astype(np.float32), LOG_DEVIATION.astype(np.float32)).sample(RNG).dtype == np.float32
