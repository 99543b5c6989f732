"""Objectives of policy gradients: by hand on literal numbers, their gradients against differences."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rl_helpers import updates

LITTLE = st.floats(-2, 2)


def derivative(function, at, width=1e-6):
    return (function(at + width) - function(at - width)) / (2 * width)


@given(LITTLE, LITTLE, LITTLE)
def test_reinforce_weighs_the_log_probability_by_what_was_above_the_baseline(log_probability, g, b):
    objective, gradient = updates.reinforce(log_probability, g, b)
    assert objective == pytest.approx((g - b) * log_probability)
    assert gradient == pytest.approx(
        derivative(lambda x: updates.reinforce(x, g, b)[0], log_probability), abs=1e-6
    )


def test_reinforce_without_a_baseline_weighs_by_the_return():
    objective, gradient = updates.reinforce(np.array([[-1.0, -2.0]]), np.array([[3.0, -1.0]]))
    assert objective.tolist() == [[-3.0, 2.0]]
    assert gradient.tolist() == [[3.0, -1.0]]


def advantages(**changed):
    settings = {
        "reward": np.array([1.0, 2.0, 4.0]),
        "value": np.array([10.0, 20.0, 40.0]),
        "next_value": np.array([20.0, 40.0, 80.0]),
        "terminated": np.array([False, False, False]),
        "ended": np.array([False, False, False]),
        "discount": 0.5,
        "trace_decay": 0.5,
    }
    return updates.generalized_advantage(**settings | changed)


def test_advantages_are_what_the_equation_says():
    # δ = 1 + 10 − 10, 2 + 20 − 20, 4 + 40 − 40; A = 4, 2 + 4/4, 1 + 3/4, by hand.
    assert advantages().tolist() == [1.75, 3.0, 4.0]


def test_nothing_follows_a_terminal_state():
    # The second step is the last of its episode: δ = 2 − 20, and nothing of the third reaches it.
    over = np.array([False, True, False])
    assert advantages(terminated=over, ended=over).tolist() == [1 - 18 / 4, -18.0, 4.0]


def test_what_a_time_limit_cut_off_still_counts_and_nothing_of_the_next_episode_does():
    assert advantages(ended=np.array([False, True, False])).tolist() == [1.5, 2.0, 4.0]


def test_with_all_traces_an_advantage_is_the_return_less_the_value():
    reward = np.array([[1.0, -1.0, 3.0], [2.0, 0.0, 0.5]])
    value = np.array([[0.3, 0.2, 0.1], [5.0, 6.0, 7.0]])
    next_value = np.concatenate([value[:, 1:], [[9.0], [8.0]]], axis=1)
    never = np.zeros((2, 3), dtype=bool)
    found = updates.generalized_advantage(
        reward, value, next_value, never, never, discount=0.9, trace_decay=1.0
    )
    expected = updates.monte_carlo_returns(reward, np.array([9.0, 8.0]), 0.9) - value
    np.testing.assert_allclose(found, expected)


def test_no_trace_leaves_the_td_error():
    assert advantages(trace_decay=0.0).tolist() == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    ("ratio", "advantage", "objective", "gradient"),
    [
        (1.0, 2.0, 2.0, 2.0),
        (1.1, 2.0, 2.2, 2.2),  # within the clip
        (1.5, 2.0, 2.4, 0.0),  # far enough: 1.2 × 2
        (0.5, 2.0, 1.0, 1.0),  # the wrong way: it leads back
        (1.5, -2.0, -3.0, -3.0),
        (0.5, -2.0, -1.6, 0.0),
    ],
)
def test_the_clip_stops_on_the_side_to_which_the_advantage_pushes(ratio, advantage, objective, gradient):
    found = updates.clipped_surrogate(np.log(ratio) - 1.0, -1.0, advantage, clip=0.2)
    assert found == pytest.approx((objective, gradient))


def test_no_clip_is_an_infinite_one():
    assert updates.clipped_surrogate(np.log(9.0), 0.0, 1.0, clip=np.inf) == pytest.approx((9.0, 9.0))


SAMPLES = st.tuples(LITTLE, LITTLE, LITTLE, st.floats(0, 2), LITTLE, LITTLE)
WEIGHTS = {"clip": 0.3, "entropy_weight": 0.05, "value_weight": 0.7}


@given(SAMPLES)
def test_ppo_has_the_gradient_that_autograd_finds(sample):
    log_probability, old, advantage, entropy, value, target = sample

    def objective(x):
        ratio = anp.exp(x[0] - old)
        surrogate = anp.minimum(ratio * advantage, anp.clip(ratio, 0.7, 1.3) * advantage)
        return surrogate + 0.05 * x[1] - 0.35 * (target - x[2]) ** 2

    at = np.array([log_probability, entropy, value])
    found, gradient = updates.ppo(log_probability, old, advantage, entropy, value, target, **WEIGHTS)
    assert found == pytest.approx(objective(at))
    near_a_kink = (
        min(abs(np.exp(log_probability - old) - np.array([0.7, 1.3]))) < 1e-6 or abs(advantage) < 1e-9
    )
    if not near_a_kink:
        assert [*map(float, gradient)] == pytest.approx(autograd.grad(objective)(at).tolist(), abs=1e-9)


def test_ppo_takes_batches_of_any_shape():
    rng = np.random.default_rng(0)
    arrays = rng.standard_normal((6, 2, 3, 4))
    objective, gradient = updates.ppo(*arrays, **WEIGHTS)
    assert objective.shape == (2, 3, 4)
    assert {each.shape for each in gradient} == {(2, 3, 4)}
    one = updates.ppo(*arrays[:, 1, 2, 3], **WEIGHTS)
    assert one[0] == pytest.approx(objective[1, 2, 3])
    assert one[1].value == pytest.approx(gradient.value[1, 2, 3])
