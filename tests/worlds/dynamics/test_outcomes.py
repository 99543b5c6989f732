"""A table `P` is read as it is meant, or refused with the place where it makes no sense."""

import re
from collections import defaultdict

import numpy as np
import pytest

from rl_helpers.worlds.dynamics import outcomes as outcomes_module
from rl_helpers.worlds.dynamics.outcomes import read_outcomes

STAY = [(1.0, 0, 0.0, False)]


def two_states(outcomes):
    """Return a world whose state 1 ends, with these outcomes of action 1 in state 0."""
    return {0: {0: STAY, 1: outcomes}, 1: {0: [(1.0, 1, 0.0, True)], 1: [(1.0, 1, 0.0, True)]}}


@pytest.mark.parametrize(
    "table",
    [
        {0: {0: [(1.0, 1, 5.0, True)]}, 1: {0: []}},
        {0: {0: [(1.0, 1, 5.0, True)]}, 1: {}},
        {0: {0: [(1.0, 1, 5.0, True)]}, 1: None},
        {0: {0: [(1.0, 1, 5.0, True)]}, 1: {0: None}},
        {0: {0: [(1.0, 1, 5.0, True)]}},
        [[[(1.0, 1, 5.0, True)]], [[]]],
        [[[(1.0, 1, 5.0, True)]]],
        {np.int64(0): {np.int8(0): [[np.float32(1), np.int64(1), np.float64(5), np.bool_(True)]]}, 1: [()]},
        {0: {0: np.array([[1.0, 1, 5.0, 1]])}, 1: {}},
        {0: {0: ((1.0, 1, 5.0, True), (0.0, 1, 3.0, False))}, 1: {}},
        defaultdict(dict, {0: defaultdict(list, {0: [(1.0, 1, 5.0, True)]})}),
    ],
)
def test_an_end_may_have_no_outcomes(table):
    outcomes, is_end = read_outcomes("P", table, n_states=2, n_actions=1)
    assert outcomes[0, 0, 0].tolist() == [1.0, 1.0, 5.0, 1.0]
    assert outcomes[1, 0, 0].tolist() == [1.0, 1.0, 0.0, 1.0]
    assert outcomes[..., 0].sum(axis=-1).tolist() == [[1.0], [1.0]]
    assert is_end.tolist() == [False, True]


def test_reading_adds_nothing_to_a_table_that_makes_entries_when_asked():
    table = defaultdict(dict, {0: defaultdict(list, {0: [(1.0, 1, 5.0, True)]})})
    read_outcomes("P", table, 3, 1)
    assert dict(table) == {0: {0: [(1.0, 1, 5.0, True)]}}


def test_sizes_are_those_of_the_table_where_nothing_else_is_said():
    outcomes, _ = read_outcomes("P", two_states(STAY))
    assert outcomes.shape == (2, 2, 1, 4)


def test_an_end_with_several_outcomes_elsewhere_is_padded():
    table = {0: {0: [(0.5, 0, 1.0, False), (0.5, 2, 2.0, True)]}, 1: {0: STAY}, 2: {}}
    outcomes, _ = read_outcomes("P", table)
    assert outcomes[2, 0].tolist() == [[1.0, 2.0, 0.0, 1.0], [0.0, 2.0, 0.0, 1.0]]
    assert outcomes[1, 0].tolist() == [[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]]


def test_rewards_are_changed_in_order():
    outcomes, _ = read_outcomes("P", [[[(1, 0, 3, True)]]], rewards=[lambda r: r + 1, lambda r: 2 * r])
    assert outcomes[0, 0, 0, 2] == 8.0


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({1: {0: STAY}, 2: {0: STAY}}, "P has the state 2, expected numbers from 0 to 1"),
        ({"a": {0: STAY}}, "P has the state 'a', expected numbers from 0 to 0"),
        ({(0, 0): {0: STAY}}, "P has the state (0, 0), expected numbers"),
        ({0.5: {0: STAY}}, "P has the state 0.5, expected numbers"),
        ({0: {1: STAY, 2: STAY}}, "P[0] has the action 2, expected numbers from 0 to 1"),
        ({0: {"up": STAY}}, "P[0] has the action 'up', expected"),
        ({0: {0: STAY, 1: STAY}, 1: {0: STAY}}, "P[1][1] has no outcomes, and other actions in state 1 have"),
        ({0: {0: STAY, 1: []}}, "P[0][1] has no outcomes"),
        ({0: 3.0}, "P[0] is 3.0, expected a dictionary or list"),
        ({0: "up"}, "P[0] is 'up', expected a dictionary or list"),
        ({0: {0: 1.0}}, "P[0][0] is 1.0, expected a list of (probability, next state, reward, terminated)"),
        ({0: {0: (1.0, 0, 0.0, True)}}, "P[0][0] has the outcome 1.0, expected (probability, next state,"),
        ({0: {0: {0: (1.0, 0.0)}}}, "P[0][0] is {0: (1.0, 0.0)}, expected a list of"),
        ({0: {}}, "P has 1 states and 0 actions"),
        (len, "P is <built-in function len>, expected a dictionary or list with one entry a state"),
        (
            np.float64(3.0),
            "P is np.float64(3.0), expected a dictionary or list with one entry a state: `P` of a world is "
            "read as its transition model, so give anything else another name",
        ),
        ({}, "P has 0 states"),
        ([], "P has 0 states"),
    ],
)
def test_what_is_no_table_is_refused(table, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        read_outcomes("P", table)


@pytest.mark.parametrize(
    ("outcomes", "words"),
    [
        ([(1.0, 1, 0.0)], "has the outcome (1.0, 1, 0.0), expected (probability, next state, reward, term"),
        ([(1.0, 1, 0.0, True, 7)], "has the outcome (1.0, 1, 0.0, True, 7), expected"),
        ([(1.0, (0, 1), 0.0, True)], "has the outcome (1.0, (0, 1), 0.0, True), expected"),
        ([(1.0, 1, "much", True)], "has the outcome (1.0, 1, 'much', True), expected"),
        ([(1.0, 1, np.array([0.0, 1.0]), True)], "has the outcome (1.0, 1, array([0., 1.]), True), expected"),
        ([None], "has the outcome None, expected"),
        ([(1.0, 1, float("inf"), True)], "has the reward inf, expected a finite number"),
        ([(1.0, 1, float("nan"), True)], "has the reward nan, expected a finite number"),
        ([(1.0, 1, 1.0, True), (0.0, 1, float("-inf"), True)], "has the reward -inf, expected"),
        ([(1.0, 1, None, True)], "has the reward nan, expected"),
        ([(0.5, 1, 0.0, True)], "has probabilities that sum to 0.5, expected 1"),
        ([(0.5, 1, 0.0, True), (0.51, 0, 0.0, False)], "has probabilities that sum to 1.01, expected 1"),
        ([(1.5, 1, 0.0, True), (-0.5, 0, 0.0, True)], "has an outcome of probability 1.5, expected 0 to 1"),
        (
            [(-0.5, 1, 0.0, True), (0.7, 0, 0.0, True), (0.8, 0, 0.0, True)],
            "has an outcome of probability -0.5",
        ),
        ([(float("nan"), 1, 0.0, True)], "has an outcome of probability nan"),
        ([(1.0, 2, 0.0, True)], "leads to state 2, expected a whole number from 0 to 1"),
        ([(1.0, -1, 0.0, True)], "leads to state -1, expected"),
        ([(1.0, 0.5, 0.0, True)], "leads to state 0.5, expected"),
        ([(1.0, None, 0.0, True)], "leads to state nan, expected"),
        ([(1.0, 1, 0.0, None)], "says that terminated is nan, expected True or False"),
        ([(1.0, 1, 0.0, 2)], "says that terminated is 2, expected True or False"),
        ([(1.0, 1, 0.0, 0.5)], "says that terminated is 0.5, expected True or False"),
        ([(1.0, 1, 0.0, -1)], "says that terminated is -1, expected True or False"),
    ],
)
def test_an_outcome_that_makes_no_sense_is_named_with_state_and_action(outcomes, words):
    with pytest.raises(ValueError, match=rf"^P\[0\]\[1\] {re.escape(words)}"):
        read_outcomes("P", two_states(outcomes))


@pytest.mark.parametrize("largest", [np.finfo(float).max, -np.finfo(float).max])
def test_any_finite_reward_will_do(largest):
    outcomes, _ = read_outcomes("P", two_states([(1.0, 1, largest, True)]))
    assert outcomes[0, 1, 0, 2] == largest


def test_a_table_that_makes_sense_is_checked_at_once(monkeypatch):
    monkeypatch.setattr(outcomes_module, "np", SlowerCheck())
    for outcomes in (STAY, [(0.5, 1, -3.0, True), (0.5 + 9e-7, 0, 2.0, False)]):
        read_outcomes("P", two_states(outcomes))
    with pytest.raises(AssertionError, match="one by one"):
        read_outcomes("P", two_states([(0.5, 1, -3.0, True)]))


class SlowerCheck:
    """NumPy, but for what only the search for the first mistake uses."""

    def __getattr__(self, name):
        assert name != "repeat", "looks at outcomes one by one"
        return getattr(np, name)


def test_the_place_is_counted_over_pairs_of_unequal_length():
    table = {
        0: {0: [(0.5, 0, 0.0, False), (0.5, 1, 0.0, False)], 1: STAY},
        1: {0: [(0.25, 0, 0.0, False)] * 4, 1: [(0.5, 0, 0.0, False), (0.5, 7, 0.0, False)]},
    }
    with pytest.raises(ValueError, match=r"^P\[1\]\[1\] leads to state 7"):
        read_outcomes("P", table)


def test_the_sum_that_is_named_is_that_of_the_pair():
    table = {0: {0: STAY, 1: [(0.9, 0, 0.0, False)]}, 1: {0: [(0.8, 0, 0.0, False)], 1: STAY}}
    with pytest.raises(ValueError, match=r"^P\[0\]\[1\] has probabilities that sum to 0.9,"):
        read_outcomes("P", table)


def test_a_state_without_outcomes_that_the_world_goes_on_in_is_named():
    words = "P[0][0] leads to state 1, which has no outcomes, and is not terminated: say True there if the"
    with pytest.raises(ValueError, match=f"^{re.escape(words)}"):
        read_outcomes("P", {0: {0: [(1.0, 1, 0.0, False)]}, 1: {}})
    # What has no chance to happen leads nowhere.
    read_outcomes("P", {0: {0: [(0.0, 1, 0.0, False), (1.0, 1, 0.0, True)]}, 1: {}})


@pytest.mark.parametrize("third", [1 / 3, np.float32(1 / 3), 0.3333333])
def test_rounding_of_probabilities_is_no_mistake(third):
    read_outcomes("P", {0: {0: [(third, 0, 0.0, False)] * 3}})


def test_long_mistakes_are_shortened():
    with pytest.raises(ValueError, match=r"^P\[0\]\[0\] has the outcome \[0, 1, .{40,60}…, expected"):
        read_outcomes("P", {0: {0: [list(range(100))]}})


def test_more_states_than_the_space_has_are_refused():
    with pytest.raises(ValueError, match=r"^P has 2 states, and the world's space has 1: let them agree"):
        read_outcomes("P", [[STAY], [STAY]], n_states=1)
