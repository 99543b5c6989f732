"""Further cases: many, the smallest first, of all kinds, the same each time."""

import numpy as np
import pytest

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking import drawn_cases as module
from rl_helpers.exercises.checking.drawing.scripts import LONGER_THAN_ANY_LOOP
from rl_helpers.exercises.checking.drawn_cases import drawn_cases
from rl_helpers.exercises.checking.exercise import OPEN, attempt

DRAWN = [name for name in EXERCISES if name not in ("repair_the_reward", "improve_the_state", "fool_bob")]


def cases(name):
    return list(drawn_cases(EXERCISES[name]))


@pytest.mark.parametrize("name", DRAWN)
def test_further_cases_come_by_size_and_are_the_same_each_time(name):
    drawn = cases(name)
    assert len(drawn) >= 9
    assert [case.size for case in drawn] == sorted(case.size for case in drawn)
    assert [repr(case.expected) for case in cases(name)] == [repr(case.expected) for case in drawn]
    assert all(case.expected is not OPEN for case in drawn)


@pytest.mark.parametrize("name", DRAWN)
def test_solution_passes_every_further_case(name):
    exercise = EXERCISES[name]
    assert all(attempt(exercise, exercise.solution, case).passed for case in cases(name))


def test_numbers_are_of_every_kind():
    drawn = [case.arguments for case in cases("td_target")]
    rewards = [reward for reward, *_ in drawn]
    assert min(rewards) < 0 < max(rewards)
    assert 0.0 in rewards
    assert any(reward != int(reward) for reward in rewards)
    assert {terminated for *_, terminated, _ in drawn} == {True, False}
    assert {0.0, 1.0} <= {discount for *_, discount in drawn}
    rows = [row for _, row, *_ in drawn]
    assert {len(row) for row in rows} == set(range(1, 9))
    assert any(len(set(row.tolist())) < len(row) for row in rows)


def test_rewards_are_lists_and_arrays_and_some_are_hundreds():
    drawn = [case.arguments[0] for case in cases("discounted_return")]
    assert {type(rewards) for rewards in drawn} == {list, np.ndarray}
    assert max(map(len, drawn)) == 400


@pytest.mark.parametrize("name", ["interaction_loop", "training_loop"])
def test_one_episode_is_longer_than_any_fixed_number_of_turns(name):
    longest = cases(name)[-1]
    assert longest.size >= LONGER_THAN_ANY_LOOP
    assert longest.deep


def test_no_further_case_begins_when_the_time_is_up(monkeypatch):
    monkeypatch.setattr(module, "MOST_SECONDS", -1.0)
    assert len(cases("td_error")) == 1
