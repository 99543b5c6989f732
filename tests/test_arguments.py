import math

import numpy as np
import pytest

from rl_helpers.arguments import count, number_in


@pytest.mark.parametrize("value", [0, 1, 0.5, np.float32(0.5), np.int64(1)])
def test_numbers_within_their_range_come_back_as_floats(value):
    assert type(number_in("x", value, 0, 1)) is float
    assert number_in("x", value, 0, 1) == value


@pytest.mark.parametrize("value", [-1e-9, 1 + 1e-9, math.nan, math.inf])
def test_numbers_outside_are_refused_with_the_range(value):
    with pytest.raises(ValueError, match="expected 0 ≤ x ≤ 1"):
        number_in("x", value, 0, 1)


def test_an_open_bound_does_not_belong():
    assert number_in("x", 0, 0, 1) == 0
    with pytest.raises(ValueError, match="0 < x"):
        number_in("x", 0, 0, 1, low_open=True)


@pytest.mark.parametrize("value", ["1", None, [1]])
def test_what_is_no_number_is_a_type_error(value):
    with pytest.raises(TypeError, match="x is"):
        number_in("x", value, 0, 1)
    with pytest.raises(TypeError, match="x is"):
        count("x", value)


@pytest.mark.parametrize("value", [1, 7, np.int32(7), 3.0])
def test_counts_come_back_as_ints(value):
    assert type(count("x", value)) is int


@pytest.mark.parametrize("value", [0, -1, 1.5, math.inf, math.nan])
def test_what_cannot_be_counted_is_refused(value):
    with pytest.raises(ValueError, match="at least 1"):
        count("x", value)
