"""Exercise of notebook 10: generalized advantages from TD errors."""

from rl_helpers.exercises.checking.drawing.inputs import number, share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def gae(td_errors, ended, discount, trace_decay):
    """Return Aₜ = δₜ + γ λ Aₜ₊₁ of every step, in a list; nothing is carried over an end."""
    later, advantages = 0.0, []
    for td_error, is_last in zip(reversed(td_errors), reversed(ended), strict=True):
        later = td_error if is_last else td_error + discount * trace_decay * later
        advantages.append(later)
    return advantages[::-1]


def _gae(weight=lambda g, t: g * t, *, carry=lambda td_error, is_last, weighted: not is_last):
    """Return advantages with another factor, or carried over other steps."""

    def advantages(td_errors, ended, discount, trace_decay):
        later, found = 0.0, []
        for td_error, is_last in zip(reversed(td_errors), reversed(ended), strict=True):
            weighted = weight(discount, trace_decay) * later
            later = td_error + weighted * carry(td_error, is_last, weighted)
            found.insert(0, later)
        return found

    return advantages


def _loses_the_last(td_errors, ended, discount, trace_decay):
    kept = [0.0 if is_last else each for each, is_last in zip(td_errors, ended, strict=True)]
    return gae(kept, ended, discount, trace_decay)


def _carried_one_step_late(td_errors, ended, discount, trace_decay):
    return gae(td_errors, [False, *ended[:-1]], discount, trace_decay)


def _forwards(td_errors, ended, discount, trace_decay):
    return gae(td_errors[::-1], ended[::-1], discount, trace_decay)[::-1]


def _draw(rng):
    for _ in range(300):
        n_steps = int(rng.integers(1, 9))
        td_errors = [number(rng) for _ in range(n_steps)]
        ended = (rng.random(n_steps) < 0.25).tolist()
        yield Case(td_errors, ended, share(rng), share(rng), size=n_steps)


exercise = Exercise(
    notebook="10",
    place=3,
    solution=gae,
    cases=(
        Case([1.0, 4.0], [False, False], 0.5, 0.5, expected=[2.0, 4.0]),
        Case([1.0, 4.0, 8.0], [False, True, False], 1.0, 0.5, expected=[3.0, 4.0, 8.0]),
        Case([1.0, 2.0, 3.0], [False, False, True], 1.0, 1.0, expected=[6.0, 5.0, 3.0]),
        Case([1.0, 2.0, 3.0], [False, False, False], 0.9, 0.0, expected=[1.0, 2.0, 3.0]),
        Case([-1.0, 0.0, 2.0], [True, False, False], 0.5, 1.0, expected=[-1.0, 1.0, 2.0]),
        Case(
            [2.0, -4.0, 8.0, 16.0], [False, False, False, True], 0.5, 0.5, expected=[1.75, -1.0, 12.0, 16.0]
        ),
        Case([5.0], [True], 0.9, 0.9, expected=[5.0]),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(
            ("rewards", "values", "next_values"), "rewards and values are in the TD errors already."
        ),
        **dict.fromkeys(
            ("terminated", "truncated"),
            "whether an end was terminal or not is in the TD errors already: here counts that it is an end, "
            "`ended`.",
        ),
        **dict.fromkeys(("lam", "lambda_", "λ"), "`λ` belongs to the formula, in code it is `trace_decay`."),
        **dict.fromkeys(("gamma", "γ"), "`γ` belongs to the formula, in code it is `discount`."),
    },
    mistakes=(
        (
            _gae(carry=lambda td_error, is_last, weighted: True),
            "something is carried over the end of an episode: the steps after it belong to the next one.",
        ),
        (
            _gae(lambda g, t: t),
            "γ is missing: what is carried back is multiplied by `discount` *and* `trace_decay`.",
        ),
        (
            _gae(lambda g, t: g),
            "λ is missing: what is carried back is multiplied by `discount` *and* `trace_decay`.",
        ),
        (_gae(lambda g, t: 1), "γ and λ are missing: multiply what is carried back by both."),
        (_gae(lambda g, t: g + t), "γ and λ are multiplied, not added."),
        (_gae(lambda g, t: -g * t), "what is carried back is added, not taken away."),
        (
            _gae(carry=lambda td_error, is_last, weighted: is_last),
            "the test is the wrong way round: where the episode *ended* nothing is carried back.",
        ),
        (
            _gae(carry=lambda td_error, is_last, weighted: False),
            "those are the TD errors as they are: add γ λ times the advantage of the next step.",
        ),
        (
            _loses_the_last,
            "the TD error of the step that ended the episode is lost. Only what comes after it falls away.",
        ),
        (
            _carried_one_step_late,
            "the carrying stops one step too late: `ended[t]` says that step t was the last one of its "
            "episode.",
        ),
        (
            _forwards,
            "that runs from the first step to the last. An advantage looks at what comes *after*: begin at "
            "the end.",
        ),
        (
            lambda *arguments: gae(*arguments)[::-1],
            "the order is turned round: a loop that runs backwards finds the last step first.",
        ),
        (
            lambda *arguments: sum(gae(*arguments)),
            "one number came: return a list, an entry for every step.",
        ),
        (
            lambda *arguments: gae(*arguments)[0],
            "one number came: return a list, an entry for every step.",
        ),
    ),
    hint="go backwards: later = δ + discount · trace_decay · later, and δ alone where the episode ended.",
)
