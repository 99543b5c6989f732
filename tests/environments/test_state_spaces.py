"""State numbers from moments."""

import numpy as np
import pytest

from rl_helpers.environments import OpenStateSpace, StateSpace, bucket


def two_numbers(offset):
    return bucket(offset, (0, 9)), offset % 2


def looks_up(offset):
    return -offset if offset < 0 else None


def test_states_are_counted_like_the_cells_of_a_table():
    space = StateSpace(two_numbers, (3, 2))
    for offset in range(-20, 20):
        assert space.state(offset) == (1 + np.ravel_multi_index(two_numbers(offset), (3, 2)), False)
    assert space.n_states == 7


@pytest.mark.parametrize("space", [StateSpace(two_numbers, (3, 2)), OpenStateSpace(two_numbers)])
def test_no_moment_is_state_0_and_no_other_is(space):
    assert space.state(None) == (0, False)
    assert min(space.state(offset)[0] for offset in range(-20, 20)) == 1


@pytest.mark.parametrize("kind", [StateSpace, OpenStateSpace])
def test_what_is_to_be_mirrored_has_the_state_of_its_mirror_image(kind):
    space = kind(two_numbers, *([(3, 2)] if kind is StateSpace else []), mirror=looks_up)
    for offset in range(1, 20):
        state, mirrored = space.state(offset)
        assert not mirrored
        assert space.state(-offset) == (state, True)
    assert space.state(0)[1] is False


@pytest.mark.parametrize(
    ("values", "words"), [((3,), "does not fit"), ((-1,), "does not fit"), ((0, 0), "2 numbers")]
)
def test_a_state_that_does_not_fit_is_refused_in_words(values, words):
    with pytest.raises(ValueError, match=words):
        StateSpace(lambda moment: values, (3,)).state(0)


def test_open_states_are_numbered_as_they_come_and_there_is_an_end_to_them():
    space = OpenStateSpace(lambda offset: [offset], most=4)
    assert [space.state(offset)[0] for offset in (70, 8, 70, 9)] == [1, 2, 1, 3]
    assert space.n_states == 4
    with pytest.raises(ValueError, match="more than 4 states: take wider buckets"):
        space.state(10)


def test_buckets_are_counted_between_edges_and_numbers_may_be_left_out():
    space = StateSpace.of_buckets([(-1, 1), None, (0,)])
    assert (space.sizes, space.n_states) == ((3, 2), 7)
    for first in (-2.0, -1.0, 0.0, 1.0):
        for third in (-0.5, 0.0):
            row = 1 + np.ravel_multi_index((bucket(first, (-1, 1)), bucket(third, (0,))), (3, 2))
            moment = np.array([first, 99.0, third], dtype=np.float32)
            assert space.state(moment) == space.state(tuple(moment)) == (row, False)


def test_buckets_have_a_mirror_too():
    space = StateSpace.of_buckets([(1,)], mirror=lambda moment: -moment if moment[0] < 0 else None)
    assert [space.state(np.array([value])) for value in (-2.0, -0.5, 0.5, 2.0)] == [
        *((2, True), (1, True), (1, False), (2, False))
    ]


def test_buckets_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match=r"edges of number 1 are \(2, 2\), expected rising"):
        StateSpace.of_buckets([(0,), (2, 2)])
    with pytest.raises(ValueError, match="keeps no number"):
        StateSpace.of_buckets([None, None])
    with pytest.raises(ValueError, match="the moment has 3 numbers, and edges are given for 2"):
        StateSpace.of_buckets([(0,), None]).state((1, 2, 3))
