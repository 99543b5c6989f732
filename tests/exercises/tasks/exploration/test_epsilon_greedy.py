"""The rule that notebook 04 asks for is the package's, and its check judges chance fairly."""

import numpy as np
import pytest

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking.judge import judge
from rl_helpers.exercises.tasks.exploration import epsilon_greedy as task
from rl_helpers.exploration import EpsilonGreedy


def shares(q_values, epsilon, n_calls=20_000):
    rng = np.random.default_rng(0)
    actions = [task.epsilon_greedy(q_values, epsilon, rng) for _ in range(n_calls)]
    return np.bincount(actions, minlength=len(q_values)) / n_calls


@pytest.mark.parametrize("epsilon", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("q_values", [[0.0, 2.0, 1.0], [1.0, 1.0, 0.0], [-1.0, -1.0, -1.0]])
def test_solution_explores_as_the_policy_of_the_package(q_values, epsilon):
    """20,000 calls: a share has a standard deviation of at most 0.0035."""
    expected = EpsilonGreedy(epsilon).probabilities(q_values)
    assert shares(np.array(q_values), epsilon) == pytest.approx(expected, abs=0.015)


@pytest.mark.parametrize("case", EXERCISES["epsilon_greedy"].cases)
def test_right_answer_is_not_refused_by_bad_luck(case):
    """Whoever asks the generator in another order gets other random numbers: twenty of them."""
    q_values, epsilon, _ = case.arguments
    for seed in range(20):
        rng = np.random.default_rng(seed)
        choices = (task.epsilon_greedy(q_values, epsilon, rng) for _ in range(task.N_CALLS))
        observed = task._observe_shares(task.Calls(choices), q_values, epsilon, rng)
        assert observed == case.expected


def test_other_shares_than_those_of_a_known_rule_are_reported_as_they_came():
    def half_and_half(q_values, epsilon, rng):
        return 0 if rng.random() < 0.5 else len(q_values) - 1

    report = judge(EXERCISES["epsilon_greedy"], half_and_half)
    assert report.status == "wrong"
    assert dict(report.rows)["Expected, shares in 2,000 calls"] == "[0.0, 1.0, 0.0, 0.0]"
    got = [float(share) for share in dict(report.rows)["Got, about"].strip("[]").split(",")]
    assert got == pytest.approx([0.5, 0, 0, 0.5], abs=0.05)
    assert got != [0.5, 0, 0, 0.5]


def test_without_epsilon_not_one_call_in_two_thousand_may_explore():
    def once(q_values, epsilon, rng):
        rare = rng.random() < 0.002
        return task.epsilon_greedy(q_values, 1.0 if rare else epsilon, rng)

    report = judge(EXERCISES["epsilon_greedy"], once)
    assert dict(report.rows)["Expected, shares in 2,000 calls"] == "[0.0, 1.0, 0.0, 0.0]"
