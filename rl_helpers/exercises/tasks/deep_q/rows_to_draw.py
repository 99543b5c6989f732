"""Exercise of notebook 11: which rows of the ring of a replay memory can be learned from."""

import numpy as np

from rl_helpers.exercises.checking.exercise import Case, Exercise


def rows_to_draw(n_written, n_rows):
    """Return the rows of the ring that hold a step and whose next state is there, the oldest step first."""
    oldest = max(0, n_written - n_rows)
    return [step % n_rows for step in range(oldest, n_written - 1)]


def _rows(first=lambda written, rows: max(0, written - rows), last=1, place=lambda step, rows: step % rows):
    """Return rows that begin, end or lie elsewhere."""

    def rows_drawn(n_written, n_rows):
        return [place(step, n_rows) for step in range(first(n_written, n_rows), n_written - last)]

    return rows_drawn


def _draw(rng):
    for _ in range(300):
        n_rows = int(rng.integers(2, 9))
        yield Case(int(rng.integers(1, 4 * n_rows)), n_rows)


exercise = Exercise(
    notebook="11",
    place=1,
    solution=rows_to_draw,
    cases=(
        Case(3, 5, expected=[0, 1]),
        Case(7, 5, expected=[2, 3, 4, 0]),
        Case(5, 5, expected=[0, 1, 2, 3]),
        Case(6, 5, expected=[1, 2, 3, 4]),
        Case(1, 5, expected=[]),
        Case(13, 4, expected=[1, 2, 3]),
        Case(12, 4, expected=[0, 1, 2]),
    ),
    draw=_draw,
    observe=lambda result, *arguments: np.asarray(result).tolist() if np.size(result) else [],
    names={
        **dict.fromkeys(("memory", "states"), "no row is looked at: the two numbers are enough."),
        "rng": "nothing is drawn yet: this says what there is to draw from.",
    },
    mistakes=(
        (
            _rows(last=0),
            "the newest step is among them. What followed it is not written yet: the row after it holds the "
            "*oldest* state.",
        ),
        (
            _rows(last=2),
            "one step too few: only the newest one lacks its next state.",
        ),
        (
            _rows(first=lambda written, rows: 0),
            "steps are among them that were overwritten long ago: the ring holds the last `n_rows`.",
        ),
        (
            _rows(first=lambda written, rows: max(0, written - rows + 1)),
            "the oldest step is missing. It is overwritten by the *next* step, and not before.",
        ),
        (
            _rows(place=lambda step, rows: step),
            "those are numbers of steps, counted from the beginning. Step 5 of a ring with 5 rows lies in "
            "row 0: take the rest of a division, `%`.",
        ),
        (
            lambda n_written, n_rows: list(range(min(n_written, n_rows) - 1)),
            "when the ring is full, the newest step is not in its last row. It lies in row (n_written − 1) % "
            "n_rows.",
        ),
        (
            lambda n_written, n_rows: list(range(min(n_written, n_rows))),
            "those are all rows. What followed the newest step is not written yet, so that one cannot be "
            "learned from.",
        ),
        (
            lambda n_written, n_rows: list(range(n_written - 1)),
            "there are only `n_rows` rows: a step that is newer lies where an old one was.",
        ),
        (
            lambda n_written, n_rows: sorted(rows_to_draw(n_written, n_rows)),
            "the rows are right, the order is not: the oldest step comes first, and in a full ring it need "
            "not lie in row 0.",
        ),
        (
            lambda n_written, n_rows: rows_to_draw(n_written, n_rows)[::-1],
            "the order is turned round: the oldest step comes first.",
        ),
        (
            lambda n_written, n_rows: len(rows_to_draw(n_written, n_rows)),
            "that says how many they are. Return a list with the row of each.",
        ),
    ),
    hint="steps from max(0, n_written − n_rows) to n_written − 2 can be used; step k lies in row k % n_rows.",
)
