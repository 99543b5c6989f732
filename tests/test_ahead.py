"""Chance drawn ahead for many runs is the same chance as drawn at every step."""

import numpy as np
import pytest

from rl_helpers.exploration import EpsilonGreedy, ahead
from rl_helpers.exploration.ahead import EpsilonGreedyAhead, drawn_ahead

N_RUNS, N_ACTIONS, N_STEPS = 50, 4, 2000


def choices(epsilon, q_values, n_steps=N_STEPS, n_runs=N_RUNS, seed=0):
    """Return what all runs choose with the same values, (n_steps, n_runs)."""
    chooser = EpsilonGreedyAhead(EpsilonGreedy(epsilon), n_runs, len(q_values), np.random.default_rng(seed))
    rows = np.tile(np.array(q_values, dtype=float), (n_runs, 1))
    return np.array([chooser.choose(rows) for _ in range(n_steps)])


def shares(chosen, n_actions=N_ACTIONS):
    return np.bincount(chosen.ravel(), minlength=n_actions) / chosen.size


# 100,000 choices: the standard error of a share is at most 0.0016; four of them.
@pytest.mark.parametrize(
    ("epsilon", "q_values", "expected"),
    [
        (0.0, [1, 0, 1, 1], [1 / 3, 0, 1 / 3, 1 / 3]),
        (0.2, [0, 5, 0, 0], [0.05, 0.85, 0.05, 0.05]),
        (1.0, [0, 5, 0, 0], [0.25, 0.25, 0.25, 0.25]),
        (0.3, [-7, -7, -9, -8], [0.425, 0.425, 0.075, 0.075]),
    ],
)
def test_actions_have_the_probabilities_of_the_policy(epsilon, q_values, expected):
    assert shares(choices(epsilon, q_values)) == pytest.approx(expected, abs=0.0065)
    assert EpsilonGreedy(epsilon).probabilities(q_values) == pytest.approx(expected)


def test_a_schedule_counts_every_choice_as_a_time_step_also_beyond_what_is_drawn_at_a_time(monkeypatch):
    monkeypatch.setattr(ahead, "MOST_ROWS", 7)
    explored = choices(lambda step: float(step % 3 == 1), [0, 5, 0, 0], n_steps=30) != 1
    assert explored[1::3].mean() == pytest.approx(0.75, abs=0.08)  # 500 choices
    assert not explored[0::3].any()
    assert not explored[2::3].any()


def test_runs_and_time_steps_are_independent():
    chosen = choices(1.0, [0, 0, 0, 0]).astype(float)
    between_runs = np.corrcoef(chosen.T)[np.triu_indices(N_RUNS, 1)]
    between_steps = [np.corrcoef(run[:-1], run[1:])[0, 1] for run in chosen.T]
    # Of 2,000 steps: by chance a correlation has a standard deviation of 0.022; 1,225 stay below 5 of it.
    assert np.abs(between_runs).max() < 0.11
    assert np.abs(between_steps).max() < 0.11


def test_numbers_are_not_drawn_twice(monkeypatch):
    monkeypatch.setattr(ahead, "BYTES", 3 * 8 * 5)
    rng = np.random.default_rng(0)
    rows = drawn_ahead(lambda n_rows: rng.random((n_rows, 5)), n_numbers=5)
    numbers = np.array([next(rows) for _ in range(10)])
    assert (numbers.ravel() == np.random.default_rng(0).random(50)).all()


def test_at_least_one_row_is_drawn_however_wide():
    rows = drawn_ahead(lambda n_rows: np.zeros((n_rows, 1)), n_numbers=10**9)
    assert next(rows).shape == (1,)


def test_fewer_runs_may_choose_later():
    chooser = EpsilonGreedyAhead(EpsilonGreedy(0.5), 10, 3, np.random.default_rng(0))
    assert chooser.choose(np.eye(10, 3)).shape == (10,)
    assert chooser.choose(np.eye(4, 3)).shape == (4,)


def test_values_of_each_run_are_its_own():
    chooser = EpsilonGreedyAhead(EpsilonGreedy(0.0), 3, 3, np.random.default_rng(0))
    assert chooser.choose(np.array([[9.0, 0, 0], [0, 0, 9], [0, 9, 0]])).tolist() == [0, 2, 1]
