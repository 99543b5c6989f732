"""Exercise of notebook 12: what the curve of a curriculum says, and what it does not."""

from rl_helpers.exercises.checking.exercise import Case, Exercise


def share_from_the_start(starts, finished):
    """Return the share of finished games among those that began in column 1; None if none did."""
    games = [end for start, end in zip(starts, finished, strict=True) if start == 1]
    if not games:
        return None
    return sum(games) / len(games)


def _all(starts, finished):
    return sum(finished) / len(finished) if finished else None


def _draw(rng):
    for _ in range(200):
        n = int(rng.choice([0, 1, 2, 3, 5, 9, 30]))
        starts = rng.choice([0, 1, 1, 2, 11, 21, 101], size=n).tolist()
        yield Case(starts, (rng.random(n) < rng.random()).tolist())


exercise = Exercise(
    notebook="12",
    place=2,
    solution=share_from_the_start,
    cases=(
        Case([1, 60, 1, 60, 60], [False, True, True, True, True], expected=0.5),
        Case([1, 1, 1, 1, 40], [False, False, False, True, True], expected=0.25),
        Case([90, 90, 1], [True, True, False], expected=0.0),
        Case([90, 90], [True, True], expected=None),
        Case([11, 1, 1, 10], [False, True, True, True], expected=1.0),
        Case([], [], expected=None),
    ),
    draw=_draw,
    mistakes=(
        (
            _all,
            "that is the share of all games. Those that began close to the flag say nothing about the way "
            "there: count the games that began in column 1 alone.",
        ),
        (
            lambda starts, finished: (
                sum(end for start, end in zip(starts, finished, strict=True) if start == 1) / len(finished)
                if finished
                else None
            ),
            "the games that began in column 1 are counted, and then divided by the number of *all* games: "
            "divide by the number of those that began there.",
        ),
        (
            lambda starts, finished: (
                sum(end for start, end in zip(starts, finished, strict=True) if start != 1)
                / sum(start != 1 for start in starts)
                if any(start != 1 for start in starts)
                else None
            ),
            "these are the games that did *not* begin in column 1.",
        ),
        (
            lambda starts, finished: (
                sum(end for start, end in zip(starts, finished, strict=True) if start == 1)
                if 1 in starts
                else None
            ),
            "that is how many games were finished. A share is that number divided by the number of games "
            "that began in column 1.",
        ),
        (
            lambda starts, finished: (
                1
                - sum(end for start, end in zip(starts, finished, strict=True) if start == 1)
                / starts.count(1)
                if 1 in starts
                else None
            ),
            "that is the share of games that were *not* finished.",
        ),
        (
            lambda starts, finished: (
                sum(end for start, end in zip(starts, finished, strict=True) if start == 1) / starts.count(1)
                if 1 in starts
                else 0.0
            ),
            "where no game began in column 1 nothing is known, and 0 would say that all of them failed: "
            "return None.",
        ),
    ),
    hint="keep the entries of `finished` whose start is 1, add them up, and divide by how many they are.",
)
