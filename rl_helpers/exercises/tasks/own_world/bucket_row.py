"""Exercise of notebook 09: an observation of several numbers as the row of a table."""

import numpy as np

from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def bucket_row(observation, edges):
    """Return the number of the row: the buckets of all numbers in one, the last changing fastest."""
    row = 0
    for value, cuts in zip(observation, edges, strict=True):
        row = row * (len(cuts) + 1) + sum(value >= cut for cut in cuts)
    return row


def _whole_number(row, observation, edges):
    if isinstance(row, float | np.floating):
        raise Mistake(
            "the row is a float, and only whole numbers can number the rows of a table: divide with `//`, "
            "never with `/`"
        )
    return row


def _joined(size=lambda cuts: len(cuts) + 1, bucket=lambda value, cuts: sum(value >= cut for cut in cuts)):
    """Return an answer with another number of buckets, or another bucket."""

    def answer(observation, edges):
        row = 0
        for value, cuts in zip(observation, edges, strict=True):
            row = row * size(cuts) + bucket(value, cuts)
        return int(row)

    return answer


def _buckets(observation, edges):
    return [sum(value >= cut for cut in cuts) for value, cuts in zip(observation, edges, strict=True)]


def _size_of_the_one_before(observation, edges):
    row, before = 0, 1
    for bucket, cuts in zip(_buckets(observation, edges), edges, strict=True):
        row, before = row * before + bucket, len(cuts) + 1
    return row


def _draw(rng):
    for _ in range(300):
        n = int(rng.integers(1, 5))
        edges = tuple(
            tuple(sorted(rng.choice(np.arange(-20, 20), size=rng.integers(1, 6), replace=False) / 4))
            for _ in range(n)
        )
        edges = tuple(tuple(float(cut) for cut in cuts) for cuts in edges)
        yield Case(tuple(float(value) for value in rng.integers(-24, 24, size=n) / 4), edges)


exercise = Exercise(
    notebook="09",
    place=3,
    solution=bucket_row,
    cases=(
        Case((0.3, -2.0), ((0.0,), (-1.0, 1.0)), expected=3),
        Case((-0.1, 0.0), ((0.0,), (-1.0, 1.0)), expected=1),
        Case((0.3, 2.0), ((0.0,), (-1.0, 1.0)), expected=5),
        Case((-0.3, -2.0), ((0.0,), (-1.0, 1.0)), expected=0),
        Case((0.0, 1.0), ((0.0,), (-1.0, 1.0)), expected=5),
        Case((5.0,), ((0.0, 1.0, 2.0),), expected=3),
        Case((0.5, 0.5, 0.5), ((0.0, 1.0), (0.0,), (0.0, 0.25, 1.0)), expected=14),
        Case((9.0, -9.0, 0.1, 3.0), ((0.0,), (0.0, 5.0), (0.0,), (1.0, 2.0)), expected=23),
    ),
    observe=_whole_number,
    draw=_draw,
    mistakes=(
        (
            _joined(size=len),
            "n edges make n + 1 buckets, one more than there are edges: multiply by `len(cuts) + 1`.",
        ),
        (
            lambda observation, edges: bucket_row(observation[::-1], edges[::-1]),
            "the buckets are joined from the wrong end: it is the *last* one that changes from one row to "
            "the next.",
        ),
        (
            _joined(bucket=lambda value, cuts: sum(value > cut for cut in cuts)),
            "a value that lies on an edge belongs to the bucket above it: `>=`.",
        ),
        (
            _joined(bucket=lambda value, cuts: sum(value <= cut for cut in cuts)),
            "the buckets are counted from above: bucket 0 lies below the first edge.",
        ),
        (
            _joined(bucket=lambda value, cuts: sum(value < cut for cut in cuts)),
            "the buckets are counted from above: bucket 0 lies below the first edge, so count the edges that "
            "are not above the value.",
        ),
        (
            lambda observation, edges: bucket_row(observation, edges) + 1,
            "the row is one too high: rows are counted from 0.",
        ),
        (
            lambda observation, edges: sum(_buckets(observation, edges)),
            "that is the sum of the buckets: (1, 2) and (2, 1) would get the same row.",
        ),
        (
            lambda observation, edges: _buckets(observation, edges),
            "those are the buckets, a list; a table has one number a row. Join them as in notebook 02.",
        ),
        (
            _size_of_the_one_before,
            "the row is multiplied by the number of buckets of the value *before*: multiply by that of the "
            "value you add next.",
        ),
        (
            _joined(size=lambda cuts: 10),
            "the buckets are written behind each other as digits. That leaves gaps, unless there are ten "
            "of each: multiply by the number of buckets.",
        ),
        (
            _joined(size=lambda cuts: 0),
            "only the last bucket is left: each step must keep what is there.",
        ),
        (
            lambda observation, edges: _buckets(observation, edges)[0],
            "only the first number counts: is `return` indented too far?",
        ),
        (
            lambda observation, edges: bucket_row(observation[:-1], edges[:-1]),
            "the last number is missing.",
        ),
        (
            _joined(bucket=lambda value, cuts: int(value >= cuts[0])),
            "only the first edge of each number is looked at: count all edges that are not above the value.",
        ),
        (
            lambda observation, edges: int(np.prod([len(cuts) + 1 for cuts in edges])),
            "that is how many rows there are. Which of them is meant depends on the observation.",
        ),
    ),
    hint="begin with 0; for each number multiply by its number of buckets, then add its bucket.",
)
