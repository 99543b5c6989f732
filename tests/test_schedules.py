import re

import numpy as np
import pytest

from rl_helpers.schedules import ExponentialDecay, InTurn, LinearDecay, PowerDecay, SampleAverage, share_at


def test_linear_decay_reaches_its_end_and_stays():
    epsilon = LinearDecay(0.8, 0.2, n_steps=10)
    assert [epsilon(step) for step in (0, 5, 10, 11, 10**9)] == pytest.approx([0.8, 0.5, 0.2, 0.2, 0.2])


def test_schedules_in_turn_begin_where_the_one_before_ends():
    rate = InTurn(*(LinearDecay(start, 0.1, n_steps=10) for start in (0.9, 0.5, 0.3)))
    assert [rate(step) for step in (0, 5, 10, 15, 20, 25, 30, 99)] == pytest.approx(
        [0.9, 0.5, 0.5, 0.3, 0.3, 0.2, 0.1, 0.1]
    )
    with pytest.raises(ValueError, match="one or more"):
        InTurn()


def test_exponential_decay_halves_the_distance_to_its_end():
    epsilon = ExponentialDecay(0.9, 0.1, half_life=4)
    assert [epsilon(step) for step in (0, 4, 8)] == pytest.approx([0.9, 0.5, 0.3])


def test_power_decay_falls_with_visits_to_its_floor():
    learning_rate = PowerDecay(0.5, floor=0.2)
    assert [learning_rate(visits) for visits in (1, 4, 16, 25, 10**6)] == pytest.approx(
        [1, 0.5, 0.25, 0.2, 0.2]
    )
    assert learning_rate(np.array([[1, 4], [16, 100]])).tolist() == [[1.0, 0.5], [0.25, 0.2]]


def test_sample_average_is_the_plain_mean():
    """A value moved by 1/n each time is the mean of all numbers seen."""
    numbers, value = [3.0, 8.0, -2.0, 7.0], 100.0
    for visits, number in enumerate(numbers, start=1):
        value += SampleAverage()(visits) * (number - value)
    assert value == pytest.approx(4.0)
    assert SampleAverage()(np.array([1, 4])).tolist() == [1.0, 0.25]


@pytest.mark.parametrize(
    ("schedule", "text"),
    [
        (LinearDecay(1, 0.05, n_steps=20), "LinearDecay(1, 0.05, n_steps=20)"),
        (InTurn(LinearDecay(1, 0, n_steps=2)), "InTurn(LinearDecay(1, 0, n_steps=2))"),
        (ExponentialDecay(1, 0.1, half_life=30), "ExponentialDecay(1, 0.1, half_life=30)"),
        (PowerDecay(0.5, floor=0.01), "PowerDecay(0.5, floor=0.01)"),
        (SampleAverage(), "SampleAverage()"),
    ],
)
def test_schedules_say_what_they_are(schedule, text):
    assert repr(schedule) == text


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: LinearDecay(1.1, 0.1, n_steps=10), "start is 1.1, expected 0 ≤ start ≤ 1"),
        (lambda: LinearDecay(-0.1, 0.1, n_steps=10), "start is -0.1, expected 0 ≤ start ≤ 1"),
        (lambda: LinearDecay(1.0, -0.1, n_steps=10), "end is -0.1, expected 0 ≤ end ≤ 1"),
        (lambda: LinearDecay(1.0, 1.1, n_steps=10), "end is 1.1, expected 0 ≤ end ≤ 1"),
        (lambda: LinearDecay(1.0, 0.1, n_steps=0), "n_steps is 0, expected a whole number of at least 1"),
        (lambda: ExponentialDecay(2.0, 0.1, half_life=1), "start is 2.0, expected 0 ≤ start ≤ 1"),
        (lambda: ExponentialDecay(1.0, 1.1, half_life=1), "end is 1.1, expected 0 ≤ end ≤ 1"),
        (lambda: ExponentialDecay(1.0, float("nan"), half_life=1), "end is nan, expected 0 ≤ end ≤ 1"),
        (lambda: ExponentialDecay(1.0, 0.1, half_life=0), "half_life is 0, expected 0 < half_life"),
        (lambda: PowerDecay(0.0), "power is 0.0, expected 0 < power ≤ 1"),
        (lambda: PowerDecay(1.1), "power is 1.1, expected 0 < power ≤ 1"),
        (lambda: PowerDecay(0.5, floor=-0.1), "floor is -0.1, expected 0 ≤ floor ≤ 1"),
        (lambda: PowerDecay(0.5, floor=1.1), "floor is 1.1, expected 0 ≤ floor ≤ 1"),
    ],
)
def test_impossible_schedules_are_refused(make, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        make()


def test_the_ends_of_the_ranges_are_allowed():
    assert LinearDecay(0, 1, n_steps=1)(1) == 1.0
    assert ExponentialDecay(0, 1, half_life=1)(1) == 0.5
    assert PowerDecay(1, floor=1)(9) == 1.0


@pytest.mark.parametrize("share", [0, 1, 0.5, np.float32(0.5), np.array(0.25), True])
def test_a_share_is_handed_on(share):
    assert share_at("epsilon", lambda step: share, 3) is share


@pytest.mark.parametrize(
    "wrong", [-0.1, 1.1, 7, float("nan"), float("inf"), None, "0.5", [0.5], np.array([0.5, 0.5]), 1j]
)
def test_what_is_no_share_is_refused(wrong):
    words = f"epsilon is a schedule that gives {wrong!r} for 3, expected a number from 0 to 1: "
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        share_at("epsilon", lambda step: wrong, 3)
