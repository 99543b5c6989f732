"""Exercise of notebook 04: the ε-greedy rule. An answer is a matter of chance, so it is asked many times."""

import numpy as np

from rl_helpers.exercises.checking.compare import as_number, describe, without_axes
from rl_helpers.exercises.checking.drawing.inputs import numbers
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def epsilon_greedy(q_values, epsilon, rng):
    """Return a random action with probability ε, else one of those with the largest value."""
    if rng.random() < epsilon:
        return int(rng.integers(len(q_values)))
    best = np.flatnonzero(q_values == np.max(q_values))
    return int(rng.choice(best))


N_CALLS = 2000
DEVIATIONS, RARE = 5.5, 4  # standard deviations, and calls on top: more than chance brings
SEED = 3


class Calls(list):
    """What a function of chance returned, one entry a call."""


def _many_calls(function, q_values, epsilon, rng):
    """Call a rule many times; once if no number comes, for then there is nothing to count."""
    first = function(q_values, epsilon, rng)
    if as_number(first) is None:
        return first
    return Calls([first, *(function(q_values, epsilon, rng) for _ in range(N_CALLS - 1))])


# With which probability each action is taken, by the rule and by what people write in its place.


def _best(q_values):
    return np.asarray(q_values) == np.max(q_values)


def _ties_at_random(q_values):
    return _best(q_values) / _best(q_values).sum()


def _only(action, q_values):
    return np.eye(len(q_values))[action]


def _any(q_values):
    return np.full(len(q_values), 1 / len(q_values))


def _first_best(q_values):
    return _only(np.argmax(q_values), q_values)


def _last_best(q_values):
    return _only(np.flatnonzero(_best(q_values))[-1], q_values)


def _others(q_values):
    others = ~_best(q_values)
    return others / others.sum() if others.any() else _any(q_values)


def _rule(greedy, explore):
    """Return the shares of a rule that explores with probability ε."""
    return lambda q_values, epsilon: (1 - epsilon) * greedy(q_values) + epsilon * explore(q_values)


RIGHT = _rule(_ties_at_random, _any)
WRONG = (
    (
        _rule(_first_best, _any),
        "of several best actions the first is always taken, as `argmax` does. Find all that share the "
        "largest value and draw one of them: at first all values are zero, and Bob knows no first post.",
    ),
    (
        _rule(_last_best, _any),
        "of several best actions the last is always taken. Find all that share the largest value and draw "
        "one of them.",
    ),
    (
        lambda q_values, epsilon: _ties_at_random(q_values),
        "it never explores: with probability ε any action is drawn, whatever the values say.",
    ),
    (
        lambda q_values, epsilon: _first_best(q_values),
        "it never explores: with probability ε any action is drawn, whatever the values say.",
    ),
    (
        lambda q_values, epsilon: _any(q_values),
        "it always explores: that is for the probability ε only; for the rest the best action is taken.",
    ),
    (
        lambda q_values, epsilon: RIGHT(q_values, 1 - epsilon),
        "the test is the wrong way round: explore if `rng.random() < epsilon`, which happens with "
        "probability ε.",
    ),
    (
        _rule(_ties_at_random, _others),
        "the random action leaves out the best one. It is drawn from all actions, the best one included.",
    ),
    (
        _rule(_ties_at_random, lambda q_values: np.array([*_any(q_values[:-1]), 0.0])),
        "the last action is never explored: `rng.integers(n)` already stops before n.",
    ),
    (
        _rule(_ties_at_random, lambda q_values: np.array([0.0, *_any(q_values[1:])])),
        "action 0 is never explored: actions are counted from 0.",
    ),
    (
        _rule(_ties_at_random, lambda q_values: _only(0, q_values)),
        "whoever explores always takes action 0: draw one of all actions.",
    ),
    (
        _rule(lambda q_values: _only(np.argmin(q_values), q_values), _any),
        "it is the action with the *smallest* value that is taken: greedy means the largest.",
    ),
)


def _drawn_from(shares):
    """Return a rule that takes each action with the given probability."""
    known = {}

    def rule(q_values, epsilon, rng):
        key = (q_values.tobytes(), epsilon)
        if key not in known:
            known[key] = np.cumsum(shares(q_values, epsilon))[:-1]
        return int(known[key].searchsorted(rng.random(), side="right"))

    return rule


def _observe_shares(result, q_values, epsilon, rng):
    """Return the share of each action: of a known rule if one is as near as chance allows, else as it is."""
    if not isinstance(result, Calls):
        if result is None or result is ...:
            return result
        raise Mistake(
            f"an action is one whole number, and {describe(result, 60)} came. If several actions are the "
            "best, draw one of them"
        )
    for action in map(without_axes, result):
        if isinstance(action, bool | np.bool_):
            raise Mistake(
                f"{describe(action, 40)} came, and an action is a number, 0 to {len(q_values) - 1}. A "
                "comparison says *whether*: use it to choose, and return what was chosen"
            )
        whole = isinstance(action, int | np.integer)
        if whole and 0 <= action < len(q_values):
            continue
        if not whole and action in q_values:
            raise Mistake(
                f"{describe(action, 40)} is the *value* of an action. Its number is asked for, 0 to "
                f"{len(q_values) - 1}"
            )
        raise Mistake(f"{describe(action, 40)} is no action: they are numbered 0 to {len(q_values) - 1}")
    counts = np.bincount(np.array(result, dtype=int), minlength=len(q_values))
    untouched = rng.bit_generator.state == np.random.default_rng(SEED).bit_generator.state
    if untouched and np.count_nonzero(counts) > 1:
        raise Mistake(
            "the random numbers come from elsewhere. Ask the generator that is handed over, `rng`: then the "
            "same seed gives the same choices again"
        )
    shares = counts / len(result)
    right, *wrong = [rule(q_values, epsilon) for rule in (RIGHT, *(wrong for wrong, _ in WRONG))]
    fitting = [rule for rule in wrong if _fits(rule, shares, q_values, len(result))]
    nearest = min(fitting, key=lambda rule: np.abs(rule - shares).max(), default=shares)
    return (right if _fits(right, shares, q_values, len(result)) else nearest).round(3).tolist()


def _fits(rule, shares, q_values, n_calls):
    """Return whether shares are what a rule may give by chance: of each action, and of all but the best."""
    best = _best(q_values)
    expected, got = (np.append(each, each[~best].sum()).clip(0, 1) for each in (rule, shares))
    # What has no probability must not come even once.
    bound = DEVIATIONS * np.sqrt(expected * (1 - expected) / n_calls) + (expected > 0) * RARE / n_calls
    return bool((np.abs(expected - got) <= bound + 1e-9).all())


def _draw(rng):
    for epsilon in (0.01, 0.04, 0.25, 0.5, 0.96):
        q_values = rng.permutation(6) / 2 - 1
        yield _chance(q_values, epsilon, RIGHT(q_values, epsilon).round(3).tolist())
    for epsilon in (0.0, 0.0, 0.0, 1.0):
        q_values = np.array(numbers(rng, int(rng.integers(2, 7))))
        yield _chance(q_values, epsilon, RIGHT(q_values, epsilon).round(3).tolist())


def _show_shares(expected, observed):
    """Return the rows of a report: how often each action is taken."""
    return [
        (f"Expected, shares in {N_CALLS:,} calls", describe(expected)),
        ("Got, about", describe(observed)),
    ]


def _chance(q_values, epsilon, expected):
    return Case(np.array(q_values), epsilon, np.random.default_rng(SEED), expected=expected)


exercise = Exercise(
    notebook="04",
    place=2,
    solution=epsilon_greedy,
    call=_many_calls,
    observe=_observe_shares,
    show=_show_shares,
    draw=_draw,
    cases=(
        _chance([0.0, 2.0, 0.5, -1.0], 0.0, [0.0, 1.0, 0.0, 0.0]),
        _chance([0.0, 2.0, 0.5, -1.0], 0.6, [0.15, 0.55, 0.15, 0.15]),
        _chance([1.5, 0.5, 1.0], 1.0, [0.333, 0.333, 0.333]),
        _chance([0.5, 3.0, 3.0, -1.0], 0.0, [0.0, 0.5, 0.5, 0.0]),
        _chance([-3.0, -1.5, -2.0, -1.5], 0.0, [0.0, 0.5, 0.0, 0.5]),
        _chance([0.0, 0.0, 0.0, 0.0], 0.0, [0.25, 0.25, 0.25, 0.25]),
    ),
    names={
        "random": "ask the generator that is handed over: `rng.random()` and `rng.integers(n)`.",
        **dict.fromkeys(
            ("n_actions", "k", "n_posts", "posts", "env"),
            "`len(q_values)` says how many actions there are.",
        ),
        **dict.fromkeys(("q_row", "Q", "values"), "the values are handed over as `q_values`."),
    },
    mistakes=tuple((_drawn_from(shares), sentence) for shares, sentence in WRONG),
    hint="with probability ε draw one of all actions, else one of those that share the largest value.",
)
