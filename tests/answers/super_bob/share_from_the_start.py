"""Right and wrong answers to `share_from_the_start`."""

import numpy as np

from tests.answers.table import right, wrong


@right
def share_with_numpy(starts, finished):
    chosen = np.array(finished, dtype=float)[np.array(starts, dtype=int) == 1]
    return chosen.mean() if len(chosen) else None


@right
def share_with_a_loop(starts, finished):
    n_games = n_finished = 0
    for start, end in zip(starts, finished, strict=True):
        if start == 1:
            n_games += 1
            n_finished += end
    if n_games > 0:
        return n_finished / n_games


@wrong("share of all games")
def share_of_all(starts, finished):
    return sum(finished) / len(finished) if len(finished) else None


@wrong("divided by the number of *all* games")
def share_over_all(starts, finished):
    if not starts:
        return None
    return sum(end for start, end in zip(starts, finished, strict=True) if start == 1) / len(starts)


@wrong("did *not* begin in column 1")
def share_of_the_others(starts, finished):
    others = [end for start, end in zip(starts, finished, strict=True) if start != 1]
    return sum(others) / len(others) if others else None


@wrong("how many games were finished")
def share_that_is_a_number(starts, finished):
    if 1 not in starts:
        return None
    return sum(end for start, end in zip(starts, finished, strict=True) if start == 1)


@wrong("*not* finished")
def share_of_failures(starts, finished):
    chosen = [not end for start, end in zip(starts, finished, strict=True) if start == 1]
    return sum(chosen) / len(chosen) if chosen else None


@wrong("nothing is known")
def share_that_is_zero_without_games(starts, finished):
    chosen = [end for start, end in zip(starts, finished, strict=True) if start == 1]
    return sum(chosen) / max(1, len(chosen))


@wrong("in this case the function returns None: look which way it goes")
def share_of_none_where_all_failed(starts, finished):
    games = [end for start, end in zip(starts, finished, strict=True) if start == 1]
    return sum(games) / len(games) if any(games) else None


@wrong("keep the entries of `finished` whose start is 1")
def share_of_the_first_game(starts, finished):
    return finished[starts.index(1)] if 1 in starts else None
