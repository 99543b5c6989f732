"""The state, built up in steps: eight state spaces, each with one idea more than the one before."""

from types import MappingProxyType

from rl_helpers.atari import StateSpace, bucket
from rl_helpers.breakout.states import LandsToTheRight

OFFSETS = (1, 3, 5, 7, 9, 12, 15, 18, 22, 26, 30, 36, 48, 72)
"""Pixels. A narrow paddle hits up to 6 and misses from 7 on, so an edge between the two matters most."""
BOTH_SIDES = (*(-edge for edge in reversed(OFFSETS)), *OFFSETS)
DISTANCES = (8, 16, 24, 36, 48, 64, 80)  # rows
REST_OFFSETS = (3.1, 6.2, 9, 12, 15, 17.6, 20.5, 23.4, 26.3, 32, 46)
"""Pixels. The paddle can rest at places some 6 pixels apart; buckets of half of that tell which to go to."""
TIMES = (2, 4, 6, 8, 10, 12, 16, 20, 28)  # frames: a decision is four
SPARE = 2  # pixels by which a wide paddle reaches further than a narrow one, on each side


def offset_only(moment):
    """Ball less paddle."""
    return (bucket(moment.offset, BOTH_SIDES),)


def with_distance(moment):
    """And how far up the ball is, or that it rises."""
    height = bucket(moment.distance, DISTANCES) if moment.falling else len(DISTANCES) + 1
    return bucket(moment.offset, BOTH_SIDES), height


def with_landing(moment):
    """The place where it will land in place of the place where it is."""
    height = bucket(moment.distance, DISTANCES) if moment.falling else len(DISTANCES) + 1
    return bucket(moment.landing_offset, BOTH_SIDES), height


def with_time(moment):
    """Time to landing in place of the height: the ball speeds up."""
    return bucket(moment.landing_offset, BOTH_SIDES), bucket(moment.landing_time, TIMES)


def with_last_action(moment):
    """And the last action: the paddle rolls on, and sticky actions repeat it."""
    return (*with_time(moment), moment.push + 1)


def with_bricks(moment):
    """Landing and time as seen through the bricks that still stand."""
    return (
        bucket(_reach(moment, moment.seen_offset), OFFSETS),
        bucket(moment.seen_time, TIMES),
        moment.push + 1,
    )


def with_rest(moment):
    """The place where the paddle will come to rest in place of the place where it is."""
    offset = bucket(_reach(moment, moment.rest_offset), REST_OFFSETS)
    return offset, bucket(moment.seen_time, TIMES), moment.push + 1


def _reach(moment, offset):
    """Return an offset to the right, less what a wide paddle reaches further: one table for both widths."""
    return offset if moment.narrow else max(0, offset - SPARE)


STEPS = MappingProxyType(
    {
        "offset": StateSpace(offset_only, (29,)),
        "+ distance": StateSpace(with_distance, (29, 9)),
        "+ landing point": StateSpace(with_landing, (29, 9)),
        "+ time": StateSpace(with_time, (29, 10)),
        "+ last action": StateSpace(with_last_action, (29, 10, 3)),
        "+ symmetry": StateSpace(with_last_action, (29, 10, 3), mirror=LandsToTheRight("landing_offset")),
        "+ bricks": StateSpace(with_bricks, (15, 10, 3), mirror=LandsToTheRight("seen_offset")),
        "+ rest": StateSpace(with_rest, (12, 10, 3), mirror=LandsToTheRight("rest_offset")),
    }
)
"""From the ball's offset alone to the state that the shipped table uses, in the order of the notebook."""

FINE_OFFSETS = (1.5, 3.1, 4.6, 6.2, 7.5, 9, 10.5, 12, 13.5, 15, 16.3, 17.6, 19, 20.5, 22, 23.4, 25, 26.3)
FINE_OFFSETS += (29.2, 32, 35, 41, 48, 60)
FINE_TIMES = (*range(1, 25), *range(28, 60, 4))


def with_fine_buckets(moment):
    """The same with a frame to each bucket of time and a quarter of a step of the paddle to each offset."""
    offset = bucket(_reach(moment, moment.rest_offset), FINE_OFFSETS)
    return offset, bucket(moment.seen_time, FINE_TIMES), moment.push + 1


BEST = STEPS["+ rest"]

FINE = StateSpace(
    with_fine_buckets, (len(FINE_OFFSETS) + 1, len(FINE_TIMES) + 1, 3), mirror=LandsToTheRight("rest_offset")
)
"""Seven times as many states: they take longer to learn, and then play better."""
