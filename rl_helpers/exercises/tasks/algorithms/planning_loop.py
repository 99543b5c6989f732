"""Exercise of notebook 05: Dyna-Q's planning loop.

What it does is a matter of chance, so most cases have one outcome only: a model with one pair, or so many
imagined steps with α = 1 that every order of them ends in the same table. Where few steps are taken in a
model with many pairs, what counts is how many entries have changed.
"""

import numpy as np

from rl_helpers.exercises.checking.compare import entries
from rl_helpers.exercises.checking.exceptions import Rule
from rl_helpers.exercises.checking.exercise import Case, Exercise, Mistake


def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
    """Learn from imagined steps as Q-learning does, in the table itself."""
    for _ in range(planning_steps):
        state = rng.choice(list(model))
        action = rng.choice(list(model[state]))
        reward, next_state, terminated = model[state][action]
        target = reward if terminated else reward + discount * q_values[next_state].max()
        q_values[state, action] += learning_rate * (target - q_values[state, action])


SEED = 4  # the first pair drawn is neither the oldest nor the newest

# A corridor of three cells and the goal, action 1 to the right, action 0 to the left; and one cell apart.
CORRIDOR = {
    0: {1: (0.0, 1, False)},
    1: {0: (0.0, 0, False), 1: (0.5, 2, False)},
    2: {0: (0.0, 1, False), 1: (4.0, 3, True)},
    4: {1: (1.0, 2, False)},
}
CORRIDOR_PAIRS = [(state, action) for state in CORRIDOR for action in CORRIDOR[state]]
CORRIDOR_VALUES = np.array([[0.0, 1.25], [0.625, 2.5], [1.25, 4.0], [8.0, 8.0], [0.0, 3.0]])
GOAL_ROW = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [8.0, 8.0], [0.0, 0.0]])
"""A row that nobody should look at: the goal is terminal, so what stands there must not count."""

LONELY = {1: {0: (1.0, 0, False)}}
ENDING = {0: {2: (3.0, 1, True)}}
LOOP = {0: {1: (2.0, 0, False)}}
STARS = {state: dict.fromkeys(range(3), (1.0, 5, True)) for state in range(5)}
N_STARS = 15


def _corridor(planning_steps, learning_rate, expected):
    world = (
        "0 → 1 → 2 → goal, action 1 to the right, action 0 to the left; reward 0.5 for the second step to "
        "the right, 4 for the one that ends; and cell 4, from where action 1 leads to 2 with reward 1"
    )
    return Case(
        GOAL_ROW,
        CORRIDOR,
        planning_steps,
        learning_rate,
        0.5,
        np.random.default_rng(SEED),
        expected=expected,
        world=f"model: {world}",
    )


def _one_pair(q_values, model, planning_steps, learning_rate, discount, expected):
    return Case(
        np.array(q_values),
        model,
        planning_steps,
        learning_rate,
        discount,
        np.random.default_rng(SEED),
        expected=np.array(expected),
        world=f"model = {model}",
    )


def _stars(planning_steps):
    return Case(
        np.zeros((6, 3)),
        STARS,
        planning_steps,
        0.5,
        0.5,
        np.random.default_rng(SEED),
        expected=planning_steps,
        world=f"a model of {N_STARS} pairs, each with reward 1 and then the end",
    )


def _outcome(result, q_values, model, planning_steps, learning_rate, discount, rng):
    """Return the table, or where chance decides what it holds, whether as many entries changed as can."""
    if model not in (LONELY, ENDING, LOOP, CORRIDOR, STARS):
        raise Mistake("the model is another one afterwards: planning reads it, and only real steps change it")
    n_pairs = sum(map(len, model.values()))
    untouched = rng.bit_generator.state == np.random.default_rng(SEED).bit_generator.state
    if n_pairs == len(CORRIDOR_PAIRS) and untouched and np.count_nonzero(q_values != GOAL_ROW) > 1:
        raise Mistake(
            "`rng` was not used: draw with it (`rng.integers(n)`, `rng.choice(list)`), or nobody can repeat "
            "your run"
        )
    if n_pairs < N_STARS:
        return q_values
    changed = q_values[q_values != 0]
    if planning_steps > N_STARS and changed.size == N_STARS and (changed == 0.5).all():
        raise Mistake(
            "every pair is imagined once. Draw anew for each step: a pair may come again, and has to"
        )
    # The same pair may be drawn twice.
    return planning_steps if 1 <= changed.size <= planning_steps else f"{changed.size} entries changed"


def _show(expected, observed):
    if isinstance(expected, np.ndarray):
        return entries(expected, observed)
    return [("Expected", f"at least 1 entry changed, and at most {expected}"), ("Got", str(observed))]


def _loop(learn=None, draw=None, repeat=range):
    """Return a planning loop with another way to learn, to draw or to repeat."""
    learn, draw = learn or _learn(), draw or _draw

    def loop(q_values, model, planning_steps, learning_rate, discount, rng):
        for number in repeat(planning_steps):
            state, action = draw(model, rng, number)
            learn(q_values, state, action, *model[state][action], learning_rate, discount)

    return loop


def _draw(model, rng, number):
    state = list(model)[rng.integers(len(model))]
    return state, list(model[state])[rng.integers(len(model[state]))]


def _pairs(model):
    return [(state, action) for state in model for action in model[state]]


def _learn(value=lambda row, q_values, state: max(row), *, mask=True, assign=None):
    """Return a way to learn from one imagined step; `assign(old, target, α)` gives the new value."""
    assign = assign or (lambda old, target, rate: old + rate * (target - old))

    def learn(q_values, state, action, reward, next_state, terminated, learning_rate, discount):
        later = discount * value(q_values[next_state], q_values, state)
        target = reward if mask and terminated else reward + later
        q_values[state, action] = assign(q_values[state, action], target, learning_rate)

    return learn


def _no_discount(q_values, state, action, reward, next_state, terminated, learning_rate, discount):
    target = reward if terminated else reward + max(q_values[next_state])
    q_values[state, action] += learning_rate * (target - q_values[state, action])


def _in_a_copy(q_values, model, planning_steps, learning_rate, discount, rng):
    planning_loop(q_values.copy(), model, planning_steps, learning_rate, discount, rng)


def _whole_model(q_values, model, planning_steps, learning_rate, discount, rng):
    for _ in range(planning_steps):
        for state, action in _pairs(model):
            _learn()(q_values, state, action, *model[state][action], learning_rate, discount)


def _drawn_once(q_values, model, planning_steps, learning_rate, discount, rng):
    state, action = _draw(model, rng, 0)
    for _ in range(planning_steps):
        _learn()(q_values, state, action, *model[state][action], learning_rate, discount)


ALWAYS_SAME = "the same pair is imagined every time: draw state and action inside the loop."
NOT_ALL = "one pair is never imagined: `rng.integers(n)` already stops before n, so no − 1."

exercise = Exercise(
    notebook="05",
    place=2,
    solution=planning_loop,
    cases=(
        _stars(60),
        _one_pair([[4.0, 2.0], [0.0, 8.0]], LONELY, 1, 0.5, 0.5, [[4.0, 2.0], [1.5, 8.0]]),
        _one_pair([[0.0, 0.0, 1.0], [6.0, 6.0, 6.0]], ENDING, 3, 0.5, 0.9, [[0.0, 0.0, 2.75], [6.0] * 3]),
        _one_pair([[1.0, 0.0]], LOOP, 2, 0.5, 0.5, [[1.0, 1.9375]]),
        _one_pair([[1.0, 0.0]], LOOP, 0, 0.5, 0.5, [[1.0, 0.0]]),
        _corridor(600, 1.0, CORRIDOR_VALUES),
        _stars(1),
        _stars(3),
    ),
    observe=_outcome,
    changes=("q_values",),
    show=_show,
    names={
        **dict.fromkeys(("n_planning", "n", "N"), "the parameter is called `planning_steps`."),
        **dict.fromkeys(
            ("env", "agent"), "nothing is played here: what would happen is in `model[state][action]`."
        ),
        **dict.fromkeys(
            ("state", "action"),
            "nobody says which pair to imagine: draw a state of `model`, then one of its actions.",
        ),
    },
    errors=(
        Rule(
            KeyError,
            "a pair was looked up that is not in the model: only what was tried is known. Draw the state "
            "from `list(model)`, then the action from `list(model[state])`, and look up "
            "`model[state][action]`.",
            line=r"model\[",
        ),
    ),
    mistakes=(
        (
            _loop(_learn(mask=False)),
            "an imagined terminal step still adds γ·max Q(s′, ·). There is no next state, not even one "
            "to imagine: the target is the reward alone.",
        ),
        (
            _loop(repeat=lambda n: range(min(n, 1))),
            "one step is imagined, whatever `planning_steps` says: is `return` indented too far, or the loop "
            "missing?",
        ),
        (
            _loop(repeat=lambda n: range(n + 1)),
            "there is one step too many: `range(planning_steps)`.",
        ),
        (
            _loop(repeat=lambda n: range(1, n)),
            "there is one step too few: `range(planning_steps)` counts right by itself.",
        ),
        (
            _whole_model,
            "each turn goes through the whole model. One imagined step is *one* pair, drawn at random: "
            "so its price is the same in a large world.",
        ),
        (_drawn_once, ALWAYS_SAME),
        (_loop(draw=lambda model, rng, number: _pairs(model)[0]), ALWAYS_SAME),
        (
            _loop(draw=lambda model, rng, number: _pairs(model)[-1]),
            "the newest pair is imagined every time. The point of a model is that old experience counts "
            "again: draw from all of it.",
        ),
        (
            _loop(draw=lambda model, rng, number: _pairs(model)[rng.integers(len(_pairs(model)[1:]) or 1)]),
            NOT_ALL,
        ),
        (
            _in_a_copy,
            "the table is as it was. Change the table that the function is given: `q_values[state, action] "
            "+= …`.",
        ),
        (
            _loop(_learn(assign=lambda old, target, rate: rate * (target - old))),
            "the old value is lost: the step is *added* to Q(s, a), so use `+=`.",
        ),
        (
            _loop(_learn(assign=lambda old, target, rate: old + rate * target)),
            "the target is added. Add α times the *error*: the target minus the present value.",
        ),
        (
            _loop(_learn(assign=lambda old, target, rate: target)),
            "α is missing: go `learning_rate` times the error, not all the way.",
        ),
        (
            _loop(_learn(assign=lambda old, target, rate: old - rate * (target - old))),
            "the value moves away from the target: add the step, do not take it away.",
        ),
        (_loop(_no_discount), "γ is missing: what comes next counts `discount` times."),
        (
            _loop(_learn(lambda row, q_values, state: max(q_values[state]))),
            "that is the best value of the state itself. What counts is the *next* state's: "
            "`q_values[next_state].max()`.",
        ),
        (
            _loop(_learn(lambda row, q_values, state: np.mean(row))),
            "that is the mean over the next actions. As in Q-learning, the best one counts: max.",
        ),
        (
            _loop(_learn(lambda row, q_values, state: np.argmax(row))),
            "`argmax` is the *number* of the best action. The target needs its *value*: max.",
        ),
        (
            _loop(_learn(lambda row, q_values, state: 0)),
            "the next state is missing: r + γ · max Q(s′, ·), unless the step is terminal.",
        ),
    ),
    hint="`planning_steps` times: draw a state of the model, draw one of its actions, look up what followed, "
    "and learn from it as Q-learning does.",
)
