"""Policies choose with the probabilities that they give."""

import re

import numpy as np
import pytest

from rl_helpers.exploration import (
    UCB,
    Boltzmann,
    EpsilonGreedy,
    softmax,
)
from tests.exploration.draws import MARGIN, draw, frequencies

POLICIES = {
    "ε-greedy": (EpsilonGreedy(0.3), None),
    "Boltzmann": (Boltzmann(0.7), None),
    "UCB": (UCB(1.0), [3, 1, 9]),
    "UCB with ties": (UCB(1.0), [0, 1, 0]),
}


@pytest.mark.parametrize("as_array", [False, True])
@pytest.mark.parametrize("name", POLICIES)
def test_policies_choose_with_the_probabilities_they_give(name, as_array):
    policy, counts = POLICIES[name]
    values = [1.0, 0.5, 1.0]

    def rule(q_values, rng):
        shared = counts
        if as_array and counts is not None:
            shared = np.tile(counts, (len(q_values), 1))
        return policy.choose(q_values, rng, counts=shared)

    expected = policy.probabilities(values, counts=counts)
    assert expected.sum() == pytest.approx(1)
    assert frequencies(draw(rule, as_array, values), 3) == pytest.approx(expected, abs=MARGIN)


def test_probabilities_by_hand():
    # Two best actions share 1 − 0.3, all three share 0.3.
    assert EpsilonGreedy(0.3).probabilities([[1.0, 0.5, 1.0]])[0] == pytest.approx([0.45, 0.1, 0.45])
    assert UCB(1.0).probabilities([1.0, 0.5, 1.0], counts=[0, 1, 0]).tolist() == [0.5, 0.0, 0.5]
    assert Boltzmann(1.0).probabilities([np.log(3), 0.0]) == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize(
    ("make", "early", "late"),
    [
        (lambda: EpsilonGreedy(lambda step: 0.0 if step < 5 else 1.0), [0.0, 1.0], [0.5, 0.5]),
        (lambda: Boltzmann(lambda step: 1e-9 if step < 5 else 1e9), [0.0, 1.0], [0.5, 0.5]),
    ],
)
def test_schedules_of_policies_are_asked_with_the_step(make, early, late):
    policy, rng = make(), np.random.default_rng(0)
    for step, expected in ((4, early), (5, late)):
        assert policy.probabilities([0.0, 1.0], step) == pytest.approx(expected)
        chosen = frequencies([policy.choose([0.0, 1.0], rng, step) for _ in range(400)], 2)
        assert chosen == pytest.approx(expected, abs=0.125)  # five standard deviations


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: EpsilonGreedy(1.1), "epsilon is 1.1, expected 0 ≤ epsilon ≤ 1"),
        (lambda: EpsilonGreedy(-0.1), "epsilon is -0.1, expected 0 ≤ epsilon ≤ 1"),
        (lambda: UCB(-1), "bonus is -1, expected 0 ≤ bonus < ∞"),
        (lambda: UCB(float("inf")), "bonus is inf, expected 0 ≤ bonus < ∞"),
        (lambda: Boltzmann(0), "temperature is 0, expected 0 < temperature < ∞"),
        (lambda: Boltzmann(float("inf")), "temperature is inf, expected 0 < temperature < ∞"),
        (lambda: softmax([0.0, 1.0], 0.0), "temperature is 0.0, expected 0 < temperature < ∞"),
    ],
)
def test_impossible_policies_are_refused(make, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        make()


def test_a_schedule_of_a_policy_begins_at_step_0():
    asked = []

    def schedule(step):
        asked.append(step)
        return 0.5

    for policy in (EpsilonGreedy(schedule), Boltzmann(schedule)):
        policy.choose([0.0, 1.0], np.random.default_rng(0))
        policy.probabilities([0.0, 1.0])
    assert asked == [0] * 4


def test_policies_say_what_they_are():
    assert [repr(policy) for policy in (EpsilonGreedy(0.1), Boltzmann(0.5), UCB(2))] == [
        "EpsilonGreedy(0.1)",
        "Boltzmann(0.5)",
        "UCB(2)",
    ]
