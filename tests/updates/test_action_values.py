"""Every rule by hand on literal numbers: a list, one row as an array, and a batch of two leading axes."""

import inspect

import numpy as np
import pytest

from rl_helpers import updates

# Two by two transitions with two actions each; the last one ends in a terminal state.
REWARD = np.array([[1.0, -1.0], [0.0, 2.0]])
NEXT = np.array([[[0.0, 4.0], [1.0, 3.0]], [[-2.0, -1.0], [9.0, 8.0]]])
TERMINATED = np.array([[False, False], [False, True]])


def test_q_learning_counts_the_largest_next_value():
    # 1 + 0.5 × max(2, 6, 4) = 4, by hand.
    assert updates.q_learning_target(1.0, [2.0, 6.0, 4.0], False, 0.5) == 4.0
    # 1 + 2, −1 + 1.5, 0 − 0.5, 2 alone.
    assert updates.q_learning_target(REWARD, NEXT, TERMINATED, 0.5).tolist() == [[3.0, 0.5], [-0.5, 2.0]]


def test_sarsa_counts_the_action_that_follows():
    # 1 + 0.5 × 2, by hand: the third action follows, not the best.
    assert updates.sarsa_target(1.0, [4.0, 6.0, 2.0], 2, False, 0.5) == 2.0
    next_action = np.array([[0, 1], [1, 0]])
    # 1 + 0, −1 + 1.5, 0 − 0.5, 2 alone.
    target = updates.sarsa_target(REWARD, NEXT, next_action, TERMINATED, 0.5)
    assert target.tolist() == [[1.0, 0.5], [-0.5, 2.0]]
    flat = updates.sarsa_target(REWARD[0], NEXT[0], next_action[0], TERMINATED[0], 0.5)
    assert flat.tolist() == [1.0, 0.5]


def test_expected_sarsa_counts_the_mean_over_the_policy():
    # 1 + 0.5 × (0.2 × 4 + 0.3 × 6 + 0.5 × 2) = 1 + 0.5 × 3.6, by hand.
    probabilities = np.array([0.2, 0.3, 0.5])
    assert updates.expected_sarsa_target(1.0, [4.0, 6.0, 2.0], probabilities, False, 0.5) == pytest.approx(
        2.8
    )
    quarter = np.full((2, 2, 2), [0.25, 0.75])
    # 1 + 0.5 × 3, −1 + 0.5 × 2.5, 0 − 0.5 × 1.25, 2 alone.
    target = updates.expected_sarsa_target(REWARD, NEXT, quarter, TERMINATED, 0.5)
    assert target.tolist() == [[2.5, 0.25], [-0.625, 2.0]]


def test_double_q_learning_asks_the_other_table_what_the_best_action_is_worth():
    # The second action is best in the first table; the other one says 10: 1 + 0.5 × 10, by hand.
    assert updates.double_q_learning_target(1.0, [2.0, 6.0, 4.0], [20.0, 10.0, 30.0], False, 0.5) == 6.0
    other = np.array([[[10.0, 20.0], [30.0, 40.0]], [[50.0, 60.0], [70.0, 80.0]]])
    # The best actions are 1, 1, 1, 0: 1 + 10, −1 + 20, 0 + 30, 2 alone.
    target = updates.double_q_learning_target(REWARD, NEXT, other, TERMINATED, 0.5)
    assert target.tolist() == [[11.0, 19.0], [30.0, 2.0]]


def test_returns_count_every_later_reward_discounted():
    # From the back: 4; 0 + 0.5 × 4 = 2; 1 + 0.5 × 2 = 2, by hand.
    assert updates.monte_carlo_returns([1.0, 0.0, 4.0], 0.0, 0.5).tolist() == [2.0, 2.0, 4.0]
    # And 8 still to come: 4 + 4 = 8; 4; 3.
    assert updates.monte_carlo_returns((1, 0, 4), 8.0, 0.5).tolist() == [3.0, 4.0, 8.0]
    batch = updates.monte_carlo_returns(np.array([[1, 2], [3, 4]]), np.array([10.0, 0.0]), 0.5)
    # 2 + 5 = 7, 1 + 3.5; 4, 3 + 2.
    assert batch.tolist() == [[4.5, 7.0], [5.0, 4.0]]


def test_bonus_grows_with_the_root_of_the_time():
    assert updates.dyna_bonus(np.array([[0, 1], [4, 100]]), 0.5).tolist() == [[0.0, 0.5], [1.0, 5.0]]


ROW, OTHER = [0.25, 3.0, -1.5], [4.0, -2.0, 1.0]
RULES = {
    "Q-learning": lambda row, other, ended: updates.q_learning_target(-1.0, row, ended, 0.9),
    "SARSA": lambda row, other, ended: updates.sarsa_target(-1.0, row, 2, ended, 0.9),
    "expected SARSA": lambda row, other, ended: updates.expected_sarsa_target(
        -1.0, row, np.array([0.2, 0.2, 0.6]), ended, 0.9
    ),
    "double Q-learning": lambda row, other, ended: updates.double_q_learning_target(
        -1.0, row, other, ended, 0.9
    ),
}


@pytest.mark.parametrize("name", RULES)
def test_terminal_step_counts_the_reward_alone(name):
    assert RULES[name](ROW, OTHER, True) == -1.0
    assert RULES[name](np.array(ROW), np.array(OTHER), True) == -1.0
    assert RULES[name](ROW, OTHER, False) != -1.0


@pytest.mark.parametrize("kind", [bool, int, float])
def test_terminated_may_be_any_kind_of_number(kind):
    target = updates.q_learning_target(REWARD, NEXT, TERMINATED.astype(kind), 0.5)
    assert target.tolist() == [[3.0, 0.5], [-0.5, 2.0]]


@pytest.mark.parametrize("name", RULES)
def test_list_and_array_agree(name):
    assert RULES[name](ROW, OTHER, False) == RULES[name](np.array(ROW), np.array(OTHER), False)


@pytest.mark.parametrize("name", RULES)
def test_inputs_are_left_alone(name):
    row, other = np.array(ROW), np.array(OTHER)
    RULES[name](row, other, False)
    assert row.tolist() == ROW
    assert other.tolist() == OTHER


def test_batches_of_any_size_follow_each_other():
    for n in (3, 1, 3, 2):
        values = np.arange(2.0 * n).reshape(n, 2)
        target = updates.sarsa_target(np.zeros(n), values, np.arange(n) % 2, np.zeros(n, dtype=bool), 1.0)
        assert target.tolist() == [values[row, row % 2] for row in range(n)]


def test_integer_rewards_are_not_cut():
    assert updates.monte_carlo_returns(np.array([1, 1]), 0, 0.5).tolist() == [1.5, 1.0]


def test_the_lines_that_the_notebook_prints_are_the_ones_that_compute():
    """Notebook 06 takes the last line with a product of each rule."""
    computing = {
        updates.q_learning_target: "reward + discount * best * (1 - terminated)",
        updates.sarsa_target: "reward + discount * _entry(next_q_values, next_action) * (1 - terminated)",
        updates.monte_carlo_returns: "later = rewards[..., step] + discount * later",
        updates.dyna_bonus: "bonus_weight * np.sqrt(steps_since_tried)",
    }
    for rule, line in computing.items():
        products = [each.strip() for each in inspect.getsource(rule).splitlines() if " * " in each]
        assert products[-1].removeprefix("return ") == line
