import numpy as np
import pytest

from rl_helpers import updates


def test_target_is_reward_plus_discounted_largest_value():
    # 1 + 0.5 × max(2, 6, 4) = 4, by hand.
    assert updates.q_learning_target(1.0, [2.0, 6.0, 4.0], False, 0.5) == 4.0


def test_terminal_step_counts_the_reward_alone():
    assert updates.q_learning_target(5.0, [2.0, 6.0, 4.0], True, 0.5) == 5.0


def test_target_takes_any_leading_shape():
    reward = np.array([[1.0, -1.0], [0.0, 2.0]])
    next_q_values = np.array([[[0.0, 4.0], [1.0, 3.0]], [[-2.0, -1.0], [9.0, 8.0]]])
    terminated = np.array([[False, False], [False, True]])
    target = updates.q_learning_target(reward, next_q_values, terminated, 0.5)
    assert target.tolist() == [[3.0, 0.5], [-0.5, 2.0]]


@pytest.mark.parametrize("terminated", [True, False])
def test_list_and_array_agree(terminated):
    row = [0.25, -1.5, 3.0]
    from_list = updates.q_learning_target(-1.0, row, terminated, 0.9)
    from_array = updates.q_learning_target(-1.0, np.array(row), terminated, 0.9)
    assert from_list == from_array


def test_inputs_are_left_alone():
    next_q_values = np.array([1.0, 2.0])
    updates.q_learning_target(1.0, next_q_values, False, 0.5)
    assert next_q_values.tolist() == [1.0, 2.0]
