"""What the files say, and how far means of a few runs may be off."""

import numpy as np
import pytest

from rl_helpers.breakout import STEPS
from rl_helpers.breakout.results import last_scores, last_waiting, mean_and_range, rows_of


def planted(step="a", seed=1, penalty=-1.0, initial_value=1.0, scores=(), waits=()):
    about = {"step": step, "training_seed": str(seed), "penalty": str(penalty)}
    about["initial_value"] = str(initial_value)
    pairs = zip(scores or [0] * len(waits), waits or [0] * len(scores), strict=True)
    return [
        about | {"decisions": str(10 * at), "score": str(score), "waiting": str(waiting)}
        for at, (score, waiting) in enumerate(pairs, start=1)
    ]


def test_scores_are_means_of_the_second_half_a_seed_each():
    rows = planted(seed=1, scores=(9, 9, 1, 3)) + planted(seed=2, scores=(9, 9, 5, 7))
    assert last_scores(rows, "a") == [2.0, 6.0]


def test_waiting_is_a_mean_of_the_last_third():
    rows = planted(seed=3, waits=(0.9, 0.9, 0.9, 0.9, 0.1, 0.3))
    assert last_waiting(rows, "a") == [pytest.approx(0.2)]


def test_other_steps_and_other_rewards_are_left_out():
    rows = planted(scores=(1, 1))
    rows += planted(step="b", scores=(2, 2)) + planted(penalty=0.0, scores=(3, 3))
    rows += planted(initial_value=0.0, scores=(4, 4)) + planted(penalty=0.0, initial_value=0.0, scores=(5, 5))
    assert last_scores(rows, "a") == [1]
    assert last_scores(rows, "b") == [2]
    assert last_scores(rows, "a", 0.0) == [3]
    assert last_scores(rows, "a", initial_value=0.0) == [4]
    assert last_scores(rows, "a", 0.0, 0.0) == [5]


def test_a_point_without_a_finished_game_is_left_out_of_the_mean():
    assert last_scores(planted(scores=(1, 1, "nan", 4)), "a") == [4]


def test_interval_of_a_mean_is_students():
    mean, words = mean_and_range([10.0, 20.0, 30.0])
    half = 4.303 * 10 / 3**0.5
    assert mean == 20.0
    low, high = (float(word.replace("−", "-")) for word in words.split(" to "))
    assert (low, high) == (pytest.approx(20 - half, abs=0.06), pytest.approx(20 + half, abs=0.06))
    assert "-" not in words


@pytest.mark.parametrize("name", ["scores", "results", "games", "training", "steps", "trials"])
def test_every_file_has_rows(name):
    assert len(rows_of(name)) > 1


def test_the_file_of_steps_has_three_seeds_of_each():
    rows = rows_of("steps")
    assert all(len(last_scores(rows, step)) == 3 for step in STEPS)
    assert np.isfinite([last_scores(rows, step) for step in STEPS]).all()
