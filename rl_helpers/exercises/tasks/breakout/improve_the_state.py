"""Exercise of notebook 08: a state of one's own for Breakout."""

import math
import numbers

import numpy as np

from rl_helpers.breakout.states import Moment
from rl_helpers.exercises.checking.compare import describe
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def improve_the_state(moment):
    """Return where the ball will land, seen from where the paddle will rest, and how soon."""
    offset_edges = (-48, -24, -15, -9, -5, -2, 2, 5, 9, 15, 24, 48)
    offset = sum(moment.rest_offset > edge for edge in offset_edges)
    time = sum(moment.seen_time > edge for edge in (4, 8, 16))
    return offset, time


def _moments(n=3000):
    rng = np.random.default_rng(8)
    for _ in range(n):
        now, straight, seen = (rng.integers(-1200, 1201, size=3) / 10).tolist()
        rows, frames, later = rng.integers(150, size=3).tolist()
        push, falling, narrow = int(rng.integers(-1, 2)), bool(rng.random() < 0.5), bool(rng.random() < 0.5)
        rest = seen - 10.0 * push  # about as far as a pushed paddle rolls on
        yield Moment(now, rows, falling, straight, frames, seen, later, rest, push, narrow)


def _played(function, moments):
    """Call the learner's function with every moment, and with two more that differ in one thing each."""
    left = Moment(-40, 20, True, -40, 10, -40, 10, -40, 0, False)
    near = Moment(1, 20, True, 1, 10, 1, 10, 1, 0, False)
    states = [function(moment) for moment in (*moments, left, left.mirrored(), near)]
    return None if all(state is None for state in states) else states


def _observe(states, moments):
    if states is None:
        return None
    for state in states:
        if not isinstance(state, tuple | list):
            raise Mistake(
                f"{describe(state, 60)} came, and a tuple is expected, such as "
                "`(bucket(moment.landing_offset, edges),)`; mind the comma"
            )
        for value in state:
            if not isinstance(value, numbers.Real) or not math.isfinite(value) or value != int(value):
                raise Mistake(f"{value!r} in the state is no whole number: put it into a `bucket`")
    found = {tuple(state) for state in states}
    *_, left, right, near = map(tuple, states)
    if len(found) == 1:
        raise Mistake(
            "every moment has the same state: return what tells them apart, such as the landing offset"
        )
    if left == right:
        raise Mistake(
            "a ball that lands far to the left and one that lands far to the right have the same state, and "
            "need opposite actions: keep the sign of the offset"
        )
    if near in (left, right):
        raise Mistake(
            "a ball that lands on the paddle and one that lands far away have the same state: bucket an "
            "offset with edges on both sides of 0"
        )
    if len(found) > len(moments) / 2:
        raise Mistake(
            f"{len(moments):,} moments have {len(found):,} states: Bob never comes back to one, and learns "
            "nothing; take wider buckets, or fewer of them"
        )
    return "a state that can be learned"


exercise = Exercise(
    notebook="08",
    place=1,
    solution=improve_the_state,
    cases=(Case(list(_moments()), expected="a state that can be learned"),),
    call=_played,
    observe=_observe,
    mistakes=(),
    hint="return a tuple of buckets, such as `(bucket(moment.landing_offset, edges),)`.",
)
