"""Budgets of time."""

import pytest

from rl_helpers.atari import decisions_in

BUDGETS = {"a minute": 10, "an hour": 600}


def test_a_budget_is_a_number_of_decisions():
    assert [decisions_in(budget, BUDGETS) for budget in BUDGETS] == [10, 600]


def test_an_environment_variable_says_another_number_to_whom_it_is_named(monkeypatch):
    monkeypatch.setenv("MY_DECISIONS", "123")
    assert decisions_in("an hour", BUDGETS, variable="MY_DECISIONS") == 123
    assert decisions_in("an hour", BUDGETS) == 600
    monkeypatch.delenv("MY_DECISIONS")
    assert decisions_in("an hour", BUDGETS, variable="MY_DECISIONS") == 600


def test_an_unknown_budget_is_refused_in_words():
    with pytest.raises(ValueError, match="budget is 'a day', expected one of 'a minute', 'an hour'"):
        decisions_in("a day", BUDGETS)
