"""Exercise of notebook 02: whether observations tell enough, judged by steps of a world without chance."""

from itertools import pairwise

from rl_helpers.exercises.checking.exercise import Case, Exercise


def tells_enough(steps):
    """Return whether the same observation and action were always followed by the same observation."""
    return len({(now, action) for now, action, _ in steps}) == len(set(steps))


def _draw(rng):
    for _ in range(300):
        n_steps, n_values = int(rng.integers(8)), int(rng.integers(2, 5))
        names = "abcd" if rng.random() < 0.5 else range(4)  # an observation need not be a number
        yield Case([tuple(names[value] for value in rng.integers(n_values, size=3)) for _ in range(n_steps)])


def _remembering(key, value=lambda step: step[2]):
    """Return an answer that asks whether a part of a step is always followed by the same other part."""

    def answer(steps):
        seen = {}
        return all(seen.setdefault(key(step), value(step)) == value(step) for step in steps)

    return answer


exercise = Exercise(
    notebook="02",
    place=3,
    solution=tells_enough,
    cases=(
        Case([(2, 4, 2), (2, 4, 2), (2, 1, 3)], expected=True),
        Case([(2, 4, 2), (2, 1, 3), (2, 4, 3)], expected=False),
        Case([(0, 1, 1), (0, 0, 0)], expected=True),
        Case([(0, 1, 1), (3, 1, 1)], expected=True),
        Case([], expected=True),
        Case([(7, 0, 7)], expected=True),
        Case([(1, 1, 2), (5, 0, 5), (5, 0, 5), (1, 1, 3)], expected=False),
    ),
    draw=_draw,
    mistakes=(
        (
            _remembering(lambda step: step[0]),
            "the action is left out. From one place Bob may go left or right: what follows must be the same "
            "for the same observation *and* the same action.",
        ),
        (
            _remembering(lambda step: step[1]),
            "the observation is left out: the same action does different things in different places.",
        ),
        (
            _remembering(lambda step: step[1:], lambda step: step[0]),
            "it looks back: two ways may lead to the same place. Ask what *follows* an observation and an "
            "action.",
        ),
        (
            lambda steps: len({step[:2] for step in steps}) == len(steps),
            "a pair may come up again, as long as the same thing follows.",
        ),
        (
            lambda steps: not tells_enough(steps),
            "it is the wrong way round: True where nothing was followed by two different things.",
        ),
        (
            lambda steps: all(one[:2] != two[:2] or one == two for one, two in pairwise(steps)),
            "only neighbours are compared. The two steps that disagree may lie far apart.",
        ),
        (
            lambda steps: len(set(steps)) == len(steps),
            "the same step may come twice: that shows nothing bad.",
        ),
    ),
    hint="Was an observation with an action followed by two different observations? Then it is False.",
)
