"""What a search has found is said in words, and no more is said than it has found."""

import pytest

from rl_helpers.super_bob.search import is_possible, replay

FLAT = "B...F\n#####"
WALLED = "..#...\n" * 11 + "B.#..F\n######"


def gap(n_columns):
    return f"B...{'.' * n_columns}...F\n####{'.' * n_columns}####"


def test_a_way_is_a_proof_and_leads_to_the_flag():
    verdict = is_possible(gap(4))
    assert verdict.is_possible
    assert replay(verdict.games[0], verdict.solutions[0].actions).finished
    assert repr(verdict).startswith("Possible: the search found a way to the flag, in ")
    assert "beginnings" not in repr(verdict)


def test_the_longest_gap_is_six_columns_and_seven_are_too_many():
    assert is_possible(gap(6)).is_possible
    assert not is_possible(gap(7), max_decisions=60_000).is_possible


def test_where_something_moves_several_beginnings_are_tried():
    verdict = is_possible("B...w...F\n#########", n_phases=4)
    assert len({game.phases for game in verdict.games}) > 1
    assert len(verdict.solutions) == 4
    assert "from each of 4 beginnings" in repr(verdict)


def test_no_way_found_is_said_with_how_strong_that_is():
    verdict = is_possible(WALLED)
    assert not verdict.is_possible
    assert "no further than column 1 of 6" in repr(verdict)
    known = "strong evidence" if verdict.solutions[-1].is_exhausted else "may be a way that it has missed"
    assert known in repr(verdict)
    assert "It gave up then" in repr(is_possible(gap(9), max_decisions=500))


def test_a_text_that_is_no_level_is_refused_in_words():
    with pytest.raises(ValueError, match="the level has no F"):
        is_possible("B..\n###")
