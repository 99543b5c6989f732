"""Right and wrong answers to `tells_enough`."""

from itertools import pairwise

from tests.answers.table import right, wrong


@right
def enough_by_memory(steps):
    seen = {}
    return all(seen.setdefault((now, action), later) == later for now, action, later in steps)


@right
def enough_by_two_loops(steps):
    for one in steps:
        for two in steps:
            if one[:2] == two[:2] and one[2] != two[2]:
                return False
    return True


@right
def enough_by_a_dictionary(steps):
    return len({step[:2]: step[2] for step in steps}.items() ^ {(s[:2], s[2]) for s in steps}) == 0


@wrong("the action is left out")
def enough_without_actions(steps):
    seen = {}
    return all(seen.setdefault(now, later) == later for now, _, later in steps)


@wrong("the observation is left out")
def enough_without_observations(steps):
    seen = {}
    return all(seen.setdefault(action, later) == later for _, action, later in steps)


@wrong("it looks back")
def enough_of_the_past(steps):
    seen = {}
    return all(seen.setdefault((action, later), now) == now for now, action, later in steps)


@wrong("a pair may come up again")
def enough_without_returning(steps):
    return len({step[:2] for step in steps}) == len(steps)


@wrong("the wrong way round")
def enough_reversed(steps):
    return len({step[:2] for step in steps}) != len(set(steps))


@wrong("only neighbours are compared")
def enough_of_neighbours(steps):
    return all(a[:2] != b[:2] or a[2] == b[2] for a, b in pairwise(steps))


@wrong("end it with `return`")
def enough_without_return(steps):
    len({step[:2] for step in steps}) == len(set(steps))  # noqa: B015
