"""Right and wrong answers to `improve_the_state`."""

import numpy as np

from rl_helpers.breakout import bucket
from tests.answers.table import right, wrong


@right
def state_of_landing_and_push(moment):
    return bucket(moment.landing_offset, (-20, -7, 7, 20)), moment.push


@right
def state_as_a_list_of_numpy_integers(moment):
    return [int(np.digitize(moment.seen_offset, [-30, -8, 8, 30])), np.int64(min(moment.seen_time // 8, 3))]


@right
def state_of_rounded_offset(moment):
    return (round(moment.rest_offset / 6), moment.narrow)


@wrong("a tuple is expected")
def state_without_its_comma(moment):
    return bucket(moment.landing_offset, (-7, 7))


@wrong("is no whole number")
def state_of_pixels_as_they_are(moment):
    return (moment.landing_offset, moment.landing_time)


@wrong("every moment has the same state")
def state_that_is_always_the_same(moment):
    return (0, 0)


@wrong("keep the sign of the offset")
def state_without_the_side(moment):
    return bucket(abs(moment.landing_offset), (3, 9, 20)), moment.push


@wrong("edges on both sides of 0")
def state_of_the_side_alone(moment):
    return (int(moment.landing_offset > 0),)


@wrong("Bob never comes back to one")
def state_that_is_far_too_fine(moment):
    return (int(10 * moment.landing_offset), moment.landing_time, int(10 * moment.offset))


@wrong("keep the sign of the offset")
def state_of_the_time_alone(moment):
    return (bucket(moment.landing_time, (4, 8, 16)),)


@right
def state_of_numpys_truth_values(moment):
    offset = np.float64(moment.rest_offset)
    return offset > -7, offset > 7, np.array(round(moment.seen_time / 9))


@wrong("the same moment has one state now and another one later")
def state_of_chance(moment):
    return moment.landing_offset > -7, moment.landing_offset > 7, int(np.random.default_rng().integers(3))


@wrong("a moment has offset, distance, falling")
def state_of_a_misspelt_field(moment):
    return (bucket(moment.landing_ofset, (-7, 7)),)
