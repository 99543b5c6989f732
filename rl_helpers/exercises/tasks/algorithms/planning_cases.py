"""Cases for the planning loop of notebook 06: models to imagine with, and what may come of it.

What planning does is a matter of chance, so most cases made by hand have one outcome only: a model with one
pair, or so many imagined steps with α = 1 that every order of them ends in the same table. Where few steps
are taken in a model with many pairs, what counts is how many entries have changed. Of the cases that are
drawn all outcomes are known: so few steps are taken that they can be tried in every order.
"""

import numpy as np

from rl_helpers.exercises.checking.compare import entries, expected_and_got, same
from rl_helpers.exercises.checking.drawing import inputs
from rl_helpers.exercises.checking.exercise import Case, Mistake

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
ENOUGH = 90  # steps after which chance has left out one pair of so many, or two


def corridor(planning_steps, learning_rate, expected):
    """Return a case in the corridor."""
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


def one_pair(q_values, model, planning_steps, learning_rate, discount, expected):
    """Return a case in a model with one pair."""
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


def stars(planning_steps):
    """Return a case in a model of many pairs that all end."""
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


DRAWN_ROWS = 7  # more than the tables made by hand have
IN_THE_END = "a table that so many imagined steps can lead to"


def _start(n_states, n_actions):
    """Return the table that a drawn case begins with, so that it is known again afterwards."""
    return np.random.default_rng(n_actions).integers(-8, 9, size=(n_states, n_actions)) / 2


def draw(rng):
    """Yield cases with a few imagined steps in a model of a few pairs."""
    for _ in range(60):
        n_actions = int(rng.integers(1, 5))
        model = {}
        for state in rng.permutation(DRAWN_ROWS)[: rng.integers(1, 5)].tolist():
            tried = rng.permutation(n_actions)[: rng.integers(1, 3)].tolist()
            model[state] = {
                action: (inputs.number(rng), int(rng.integers(DRAWN_ROWS)), bool(rng.random() < 0.25))
                for action in tried
            }
        yield Case(
            _start(DRAWN_ROWS, n_actions),
            model,
            int(rng.integers(4)),
            inputs.share(rng),
            inputs.share(rng),
            np.random.default_rng(int(rng.integers(1000))),
            expected=IN_THE_END,
            world=f"model = {model}",
        )


def _can_come_out(table, wanted, model, planning_steps, learning_rate, discount):
    """Return whether some pairs of a model, imagined one by one, turn a table into the wanted one."""
    if planning_steps == 0:
        return same(table, wanted)
    for state, action in pairs_of(model):
        reward, next_state, terminated = model[state][action]
        target = reward if terminated else reward + discount * max(table[next_state])
        after = table.copy()
        after[state, action] = (1 - learning_rate) * after[state, action] + learning_rate * target
        if _can_come_out(after, wanted, model, planning_steps - 1, learning_rate, discount):
            return True
    return False


def outcome(result, q_values, model, planning_steps, learning_rate, discount, rng):
    """Return the table, or where chance decides what it holds, whether as many entries changed as can."""
    if len(q_values) == DRAWN_ROWS:
        facts = model, planning_steps, learning_rate, discount
        return IN_THE_END if _can_come_out(_start(*q_values.shape), q_values, *facts) else q_values
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
    if planning_steps >= ENOUGH and changed.size < N_STARS // 2:
        return f"{changed.size} entries changed"
    # The same pair may be drawn twice.
    return planning_steps if 1 <= changed.size <= planning_steps else f"{changed.size} entries changed"


def pairs_of(model):
    """Return all (state, action) pairs of a model."""
    return [(state, action) for state in model for action in model[state]]


def show(expected, observed):
    """Return the rows that tell apart what was expected and what came."""
    if isinstance(expected, np.ndarray):
        return entries(expected, observed)
    if expected == IN_THE_END:
        return expected_and_got(expected, observed)
    return [("Expected", f"at least 1 entry changed, and at most {expected}"), ("Got", str(observed))]
