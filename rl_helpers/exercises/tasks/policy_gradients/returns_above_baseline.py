"""Exercise of notebook 10: discounted returns of an episode, less what was expected."""

from rl_helpers.exercises.checking.drawing.inputs import number, numbers, share
from rl_helpers.exercises.checking.exercise import Case, Exercise


def returns_above_baseline(rewards, values, discount):
    """Return Gₜ − V(sₜ) of every step of an episode, in a list."""
    later, above = 0.0, []
    for reward, value in zip(reversed(rewards), reversed(values), strict=True):
        later = reward + discount * later
        above.append(later - value)
    return above[::-1]


def _later(rewards, discount, weigh=lambda reward, later, discount: reward + discount * later):
    """Return the discounted return from every step on."""
    later, found = 0.0, []
    for reward in reversed(rewards):
        later = weigh(reward, later, discount)
        found.insert(0, later)
    return found


def _less(returns, combine=lambda later, value: later - value):
    """Return a function that takes the values from other returns, or combines them in another way."""
    return lambda rewards, values, discount: [
        combine(later, value) for later, value in zip(returns(rewards, discount), values, strict=True)
    ]


def _baseline_inside(rewards, values, discount):
    later, found = 0.0, []
    for reward, value in zip(reversed(rewards), reversed(values), strict=True):
        later = reward - value + discount * later
        found.insert(0, later)
    return found


def _forwards(rewards, discount):
    return _later(rewards[::-1], discount)[::-1]


def _of_next_state(rewards, values, discount):
    following = [*values[1:], 0.0]
    return _less(_later)(rewards, following, discount)


def _td_errors(rewards, values, discount):
    following = [*values[1:], 0.0]
    return [r + discount * n - v for r, n, v in zip(rewards, following, values, strict=True)]


def _draw(rng):
    for _ in range(300):
        n_steps = int(rng.integers(1, 9))
        rewards, values = numbers(rng, n_steps), [number(rng) for _ in range(n_steps)]
        yield Case(rewards, values, share(rng), size=n_steps)


exercise = Exercise(
    notebook="10",
    place=2,
    solution=returns_above_baseline,
    cases=(
        Case([0.0, 4.0], [1.0, 3.0], 0.5, expected=[1.0, 1.0]),
        Case([1.0, 0.0, 2.0], [0.0, 0.0, 0.0], 0.5, expected=[1.5, 1.0, 2.0]),
        Case([-1.0, -1.0, 5.0], [2.0, 3.0, 4.0], 1.0, expected=[1.0, 1.0, 1.0]),
        Case([2.0, 8.0, 4.0], [1.0, -1.0, 0.5], 0.25, expected=[3.25, 10.0, 3.5]),
        Case([3.0], [5.0], 0.9, expected=[-2.0]),
        Case([7.0, 1.0, 1.0], [0.5, 0.25, 2.0], 0.0, expected=[6.5, 0.75, -1.0]),
    ),
    draw=_draw,
    names={
        **dict.fromkeys(("baseline", "V", "value"), "the baseline of every step is given: `values`."),
        **dict.fromkeys(("gamma", "γ"), "`γ` belongs to the formula, in code it is `discount`."),
    },
    mistakes=(
        (
            _less(_later, lambda later, value: later),
            "the baseline is missing: take from each return the value of its state.",
        ),
        (
            _less(_later, lambda later, value: value - later),
            "the sign is turned round: a return above the baseline must give a positive number.",
        ),
        (
            _less(_later, lambda later, value: later + value),
            "the values are added: take them from the returns.",
        ),
        (
            _baseline_inside,
            "the value is taken from the reward, and is carried on to the steps before. Add up the return "
            "first, and take V(s) from that.",
        ),
        (
            _less(lambda rewards, discount: rewards),
            "those are the rewards less the values. What counts is all that comes from that step on: the "
            "return.",
        ),
        (
            _less(lambda rewards, discount: [_later(rewards, discount)[0]] * len(rewards)),
            "that is the return of the whole episode at every step. What came before an action was not "
            "brought by it: begin to add up at the step itself.",
        ),
        (
            _less(_forwards),
            "the rewards are added up from the wrong end: Gₜ holds what comes *after* step t.",
        ),
        (
            _less(lambda rewards, discount: _later(rewards, 1.0)),
            "γ is missing: what comes a step later counts `discount` times.",
        ),
        (
            _less(lambda rewards, discount: _later(rewards, discount, lambda r, later, g: g * (r + later))),
            "γ multiplies the reward as well. The reward of this step comes at once and counts in full.",
        ),
        (
            _td_errors,
            "that is the TD error, r + γ V(s′) − V(s), which trusts the next value. Asked for is the return "
            "that really came, to the end of the episode.",
        ),
        (
            _of_next_state,
            "the value of the *next* state is taken off: take V of the state in which the action was taken.",
        ),
        (
            lambda rewards, values, discount: returns_above_baseline(rewards, values, discount)[::-1],
            "the order is turned round: a loop that runs backwards finds the last step first.",
        ),
        (
            lambda rewards, values, discount: returns_above_baseline(rewards, values, discount)[0],
            "one number came: return a list, an entry for every step.",
        ),
        (
            lambda rewards, values, discount: sum(returns_above_baseline(rewards, values, discount)),
            "one number came: return a list, an entry for every step.",
        ),
    ),
    hint="go backwards: later = reward + discount * later, and note later − value at every step.",
)
