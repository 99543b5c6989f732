"""Right and wrong answers to `rows_to_draw`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def rows_with_an_array(n_written, n_rows):
    return np.arange(max(0, n_written - n_rows), n_written - 1) % n_rows


@right
def rows_by_cases(n_written, n_rows):
    if n_written <= n_rows:
        return list(range(n_written - 1))
    begin = n_written % n_rows
    return [(begin + k) % n_rows for k in range(n_rows - 1)]


@wrong("the newest step is among them")
def rows_with_the_newest(n_written, n_rows):
    return [step % n_rows for step in range(max(0, n_written - n_rows), n_written)]


@wrong("one step too few")
def rows_without_two(n_written, n_rows):
    return [step % n_rows for step in range(max(0, n_written - n_rows), n_written - 2)]


@wrong("overwritten long ago")
def rows_of_all_steps(n_written, n_rows):
    return [step % n_rows for step in range(n_written - 1)]


@wrong("the oldest step is missing")
def rows_without_the_oldest(n_written, n_rows):
    return [step % n_rows for step in range(max(0, n_written - n_rows + 1), n_written - 1)]


@wrong("those are numbers of steps")
def rows_not_turned(n_written, n_rows):
    return list(range(max(0, n_written - n_rows), n_written - 1))


@wrong("the newest step is not in its last row")
def rows_but_the_last(n_written, n_rows):
    return list(range(min(n_written, n_rows)))[:-1]


@wrong("those are all rows")
def rows_all(n_written, n_rows):
    return list(range(min(n_written, n_rows)))


@wrong("the rows are right, the order is not")
def rows_sorted(n_written, n_rows):
    return sorted(rows_with_an_array(n_written, n_rows).tolist())


@wrong("the order is turned round")
def rows_backwards(n_written, n_rows):
    return rows_by_cases(n_written, n_rows)[::-1]


@wrong("that says how many they are")
def rows_counted(n_written, n_rows):
    return min(n_written, n_rows) - 1


@wrong("nothing is drawn yet")
def rows_drawn_by_chance(n_written, n_rows):
    return rng.choice(rows_by_cases(n_written, n_rows))


@wrong("prints its result but returns None")
def rows_printed(n_written, n_rows):
    print(rows_by_cases(n_written, n_rows))
