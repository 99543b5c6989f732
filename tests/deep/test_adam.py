"""Adam by hand, and gradients no longer than allowed."""

import numpy as np
import pytest

from rl_helpers.deep.adam import adam, adam_start, ascend, clip_norm


def test_three_steps_by_hand():
    theta, state = (np.array([[1.0]]),), adam_start((np.array([[1.0]]),))
    m = v = 0.0
    expected = 1.0
    for step, g in enumerate([2.0, -1.0, 0.5], start=1):
        theta, state = adam(theta, (np.array([[g]]),), state, 0.1, decay=0.8, square_decay=0.9, epsilon=0.01)
        m, v = 0.8 * m + 0.2 * g, 0.9 * v + 0.1 * g**2
        expected += 0.1 * (m / (1 - 0.8**step)) / (np.sqrt(v / (1 - 0.9**step)) + 0.01)
        assert theta[0].item() == pytest.approx(expected, rel=1e-12)
    assert state.n_steps == 3


def test_it_climbs_and_leaves_the_old_parameters_alone():
    start = (np.zeros((2, 1)),)
    theta, state = start, adam_start(start)
    top = np.array([[3.0], [-1.0]])
    for _ in range(2000):
        theta, state = adam(theta, (top - theta[0],), state, 0.01)
    np.testing.assert_allclose(theta[0], top, atol=1e-3)
    assert (start[0] == 0).all()


def test_a_plain_step_follows_the_gradient():
    (theta,), state = ascend((np.array([[1.0]]),), (np.array([[-2.0]]),), "kept", 0.25)
    assert theta.tolist() == [[0.5]]
    assert state == "kept"


def test_the_norm_is_that_of_all_arrays_of_a_run_together():
    gradient = (np.array([[3.0], [0.3]]), np.array([[[4.0]], [[0.4]]]))
    (first, second), length = clip_norm(gradient, 2.5)
    np.testing.assert_allclose(length, [5.0, 0.5])
    np.testing.assert_allclose(first, [[1.5], [0.3]])
    np.testing.assert_allclose(second, [[[2.0]], [[0.4]]])


def test_no_limit_leaves_the_gradient_as_it_is():
    gradient = (np.array([[1e9]]),)
    assert clip_norm(gradient, np.inf)[0] is gradient


def test_float32_stays_float32():
    theta = (np.ones((2, 3), np.float32),)
    stepped, state = adam(theta, clip_norm(theta, 0.1)[0], adam_start(theta), 0.01)
    assert {array.dtype for array in (*stepped, *state.mean, *state.square)} == {np.dtype(np.float32)}
