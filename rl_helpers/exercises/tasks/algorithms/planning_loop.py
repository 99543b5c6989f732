"""Exercise of notebook 06: Dyna-Q's planning loop."""

import numpy as np

from rl_helpers.exercises.checking.exceptions import Rule
from rl_helpers.exercises.checking.exercise import Exercise
from rl_helpers.exercises.tasks.algorithms.planning_cases import (
    CORRIDOR_VALUES,
    ENDING,
    ENOUGH,
    LONELY,
    LOOP,
    corridor,
    draw,
    one_pair,
    outcome,
    pairs_of,
    show,
    stars,
)


def planning_loop(q_values, model, planning_steps, learning_rate, discount, rng):
    """Learn from imagined steps as Q-learning does, in the table itself."""
    for _ in range(planning_steps):
        state = rng.choice(list(model))
        action = rng.choice(list(model[state]))
        reward, next_state, terminated = model[state][action]
        target = reward if terminated else reward + discount * q_values[next_state].max()
        q_values[state, action] += learning_rate * (target - q_values[state, action])


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


def _first_action(model, rng, number):
    state, _ = _draw(model, rng, number)
    return state, next(iter(model[state]))


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
        for state, action in pairs_of(model):
            _learn()(q_values, state, action, *model[state][action], learning_rate, discount)


def _drawn_once(q_values, model, planning_steps, learning_rate, discount, rng):
    state, action = _draw(model, rng, 0)
    for _ in range(planning_steps):
        _learn()(q_values, state, action, *model[state][action], learning_rate, discount)


ALWAYS_SAME = "the same pair is imagined every time: draw state and action inside the loop."
NOT_ALL = "one pair is never imagined: `rng.integers(n)` already stops before n, so no − 1."

exercise = Exercise(
    notebook="06",
    place=3,
    solution=planning_loop,
    cases=(
        stars(60),
        one_pair([[4.0, 2.0], [0.0, 8.0]], LONELY, 1, 0.5, 0.5, [[4.0, 2.0], [1.5, 8.0]]),
        one_pair([[0.0, 0.0, 1.0], [6.0, 6.0, 6.0]], ENDING, 3, 0.5, 0.9, [[0.0, 0.0, 2.75], [6.0] * 3]),
        one_pair([[1.0, 0.0]], LOOP, 2, 0.5, 0.5, [[1.0, 1.9375]]),
        one_pair([[1.0, 0.0]], LOOP, 0, 0.5, 0.5, [[1.0, 0.0]]),
        corridor(600, 1.0, CORRIDOR_VALUES),
        stars(1),
        stars(3),
        stars(ENOUGH),
    ),
    observe=outcome,
    draw=draw,
    changes=("q_values",),
    show=show,
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
            IndexError,
            "a number with a fraction stands where a state should be. `env.step` returns the next state "
            "first, the model keeps it second: `reward, next_state, terminated = model[state][action]`.",
            message=r"only integers",
        ),
        Rule(
            ValueError,
            "True or False stands where a state should be: `reward, next_state, terminated = "
            "model[state][action]`, in this order.",
            message=r"zero-size array",
        ),
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
        (_loop(draw=lambda model, rng, number: pairs_of(model)[0]), ALWAYS_SAME),
        (
            _loop(draw=_first_action),
            "it is always the first action of a state that is imagined: draw one of all that were tried "
            "there.",
        ),
        (
            _loop(draw=lambda model, rng, number: pairs_of(model)[-1]),
            "the newest pair is imagined every time. The point of a model is that old experience counts "
            "again: draw from all of it.",
        ),
        (
            _loop(
                draw=lambda model, rng, number: pairs_of(model)[rng.integers(len(pairs_of(model)[1:]) or 1)]
            ),
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
