"""Exercise of notebook 08: a state of one's own for Breakout."""

import numpy as np

from rl_helpers.breakout.states import Moment
from rl_helpers.exercises.checking.compare import as_number, describe
from rl_helpers.exercises.checking.exceptions import Rule
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake, OneByOne
from rl_helpers.exercises.checking.hints import never_runs


def improve_the_state(moment):
    """Return where the ball will land, seen from where the paddle will rest, and how soon."""
    offset_edges = (-48, -24, -15, -9, -5, -2, 2, 5, 9, 15, 24, 48)
    offset = sum(moment.rest_offset > edge for edge in offset_edges)
    time = sum(moment.seen_time > edge for edge in (4, 8, 16))
    return offset, time


LEARNABLE = "a state that can be learned"
LEFT = Moment(-40, 20, True, -40, 10, -40, 10, -40, 0, False)
NEAR = Moment(1, 20, True, 1, 10, 1, 10, 1, 0, False)
N_MOMENTS = 3000


def _moments():
    rng = np.random.default_rng(8)
    for _ in range(N_MOMENTS):
        now, straight, seen = (rng.integers(-1200, 1201, size=3) / 10).tolist()
        rows, frames, later = rng.integers(150, size=3).tolist()
        push, falling, narrow = int(rng.integers(-1, 2)), bool(rng.random() < 0.5), bool(rng.random() < 0.5)
        rest = seen - 10.0 * push  # about as far as a pushed paddle rolls on
        yield Moment(now, rows, falling, straight, frames, seen, later, rest, push, narrow)
    yield from (LEFT, LEFT.mirrored(), NEAR)  # they differ in one thing each


MOMENTS = tuple(_moments())
N_AGAIN = 20  # so many come once more in the end


def _played(function, moments):
    """Call the learner's function with every moment."""
    states = []
    for moment in moments:
        moments.now = moment
        states.append(function(moment))
    return states[0] if all(state is None for state in states) or never_runs(function, states[0]) else states


def _observe(states, moments):
    if not isinstance(states, list):
        return states
    states = [_whole(state, moments.now) for state, moments.now in zip(states, moments, strict=True)]
    moments.now = None
    left, right, near = states[N_MOMENTS : N_MOMENTS + 3]
    found = set(states)
    if states[:N_AGAIN] != states[-N_AGAIN:]:
        raise Mistake("the same moment has one state now and another one later: no chance, and no memory")
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
    if len(found) > N_MOMENTS / 2:
        raise Mistake(
            f"{N_MOMENTS:,} moments have {len(found):,} states: Bob never comes back to one, and learns "
            "nothing; take wider buckets, or fewer of them"
        )
    return LEARNABLE


def _whole(state, moment):
    """Return the state of a moment as a tuple of whole numbers; raise `Mistake` if it is none."""
    if isinstance(state, np.ndarray) and state.ndim == 1:
        state = state.tolist()
    if not isinstance(state, tuple | list):
        raise Mistake(
            f"{describe(state, 60)} came, and a tuple is expected, such as "
            "`(bucket(moment.landing_offset, edges),)`; mind the comma"
        )
    numbers = [as_number(value) for value in state]
    for value, number in zip(state, numbers, strict=True):
        if number is None or not number.is_integer():
            raise Mistake(f"{describe(value, 60)} in the state is no whole number: put it into a `bucket`")
    return tuple(map(int, numbers))


exercise = Exercise(
    notebook="08",
    place=1,
    solution=improve_the_state,
    cases=(
        Case(OneByOne([*MOMENTS, *MOMENTS[:N_AGAIN]]), expected=LEARNABLE, world="a moment of play", size=1),
    ),
    call=_played,
    observe=_observe,
    errors=(Rule(AttributeError, f"a moment has {', '.join(Moment._fields)}.", message=r"'Moment' object"),),
    mistakes=(),
    hint="return a tuple of buckets, such as `(bucket(moment.landing_offset, edges),)`.",
)
