"""Every one-place change of a solution is refused, or it is listed with the reason why it is right."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from rl_helpers.exercises import EXERCISES
from rl_helpers.exercises.checking import guard
from rl_helpers.exercises.checking.judge import Trial
from rl_helpers.exercises.tasks.agent_and_environment import interaction_loop
from rl_helpers.exercises.tasks.exploration import epsilon_greedy
from rl_helpers.exercises.tasks.q_learning import training_loop
from rl_helpers.training import Transition
from tests.exercises.tasks.mutants import Mutant, mutants

SHARES = 8  # tests, so that they can run side by side

WHOLE = "these are whole numbers, which `round` and `int` leave as they are"
WHOLE_NUMBERS = (
    *("state", "next_state", "size", "value", "action", "next_action", "seed", "episode", "offset", "time"),
    *(
        "n_steps",
        "n_episodes",
        "n_updates",
        "planning_steps",
        "n",
        "t",
        "steps_since_tried",
        "np.argmax(next_q_values)",
        "state * size + value",
        "state * size",
        "len(q_values)",
        "len({(now, action) for now, action, _ in steps})",
        "len(set(steps))",
        "-1",
        "charge",
        "charge - 1",
        "charge + 1",
        "capacity",
        "row",
        "row * (len(cuts) + 1)",
        "row * (len(cuts) + 1) + sum((value >= cut for cut in cuts))",
        "sum((value >= cut for cut in cuts))",
        "len(cuts)",
        "(len(cuts) + 1)",
        "n_written",
        "n_rows",
        "n_written - n_rows",
        "n_written - 1",
        "max(0, n_written - n_rows)",
        "oldest",
        "step",
        "step % n_rows",
    ),
    *("agent.act(state)", "rng.choice(list(model))", "rng.choice(list(model[state]))", "rng.choice(best)"),
    *("rng.integers(len(q_values))", "int(rng.choice(best))", "int(rng.integers(len(q_values)))"),
    *("rng.integers(env.action_space.n)", "int(rng.integers(env.action_space.n))"),
)
TRUE = "a number that is not zero is as good as True"
TRUTHS = (
    "len({(now, action) for now, action, _ in steps}) == len(set(steps))",
    "n == 0",
    "terminated",
    "truncated",
    "terminated or truncated",
    "rng.random() < epsilon",
    "episode == 0",
    "action == 0",
    "charge > 0",
    "action == 0 and charge > 0",
    "action == 2",
    "charge < capacity",
    "action == 2 and charge < capacity",
    "value >= cut",
)

PAIRS, STEPS = "len({(now, action) for now, action, _ in steps})", "len(set(steps))"
ORDER = "a + b is b + a, and a · b is b · a"
ZERO = "0, 0.0 and −0.0 are the same number"
IGNORED = "what the method returns is not used"
NUMPY = "NumPy's whole numbers are as good as Python's, here where none is negative"
EITHER = "only `terminated or truncated` is asked for, whichever is which"
SMALL = "any reward for the cushion that is small enough repairs it"
THREE = "there are three actions, 0 to 2"
NEVER_BELOW = "no episode has a number below 0"
STEP = "next_state, reward, terminated, truncated, _ = env.step(action)"
ENTRY = "{'frame': frame, 'state': state, 'action': action, 'reward': reward}"
UPDATE = "agent.update(Transition(state, action, reward, next_state, terminated))"

NO_GAMES = "whether there are games is true or false either way"
ZIP = "zip(starts, finished, strict=True)"
COUNTS = "numbers of games are whole, and a truth value is 0 or 1"

EQUIVALENT = {
    "smallest_flag": {"return wage * discount / (1 - discount)": ORDER},
    "share_from_the_start": {
        **{
            f"games = [{kind}(end) for start, end in {ZIP} if start == 1]": COUNTS
            for kind in ("round", "int")
        },
        **{f"if {kind}(not games):": NO_GAMES for kind in ("round", "int", "-")},
        **{f"return {kind}(sum(games)) / len(games)": COUNTS for kind in ("round", "int")},
        **{f"return sum(games) / {kind}(len(games))": COUNTS for kind in ("round", "int")},
    },
    "tells_enough": {
        f"return {PAIRS} >= {STEPS}": "there are never more pairs than steps",
        f"return len({{(action, now) for now, action, _ in steps}}) == {STEPS}": "a pair either way",
    },
    "interaction_loop": {
        "n_steps, episode_return = (0.0, 0)": ZERO,
        "episode_return, n_steps = (0, 0.0)": ZERO,
        "episode_return, n_steps = (-0.0, 0)": ZERO,
        "episode_return, n_steps = (0, 0)": ZERO,
        "episode_return, n_steps = (0.0, 0.0)": ZERO,
        "state, reward, truncated, terminated, _ = env.step(action)": EITHER,
    },
    "encode_state": {
        "for value, size in zip(values, sizes):": "both lists have the same length",
        "for value, size in zip(values, sizes, strict=False):": "both lists have the same length",
        "state = value + state * size": ORDER,
        "state = size * state + value": ORDER,
    },
    "decode_state": {"not values.append(value)": IGNORED},
    "discounted_return": {
        "total = 0": ZERO,
        "total = -0.0": ZERO,
        "total = discount * total + reward": ORDER,
        "total = reward + total * discount": ORDER,
    },
    "bootstrap_factor": {
        "return 0 if terminated else discount": ZERO,
        "return -0.0 if terminated else discount": ZERO,
    },
    "repair_the_reward": {
        "return {'cushion': (1 - discount) * 0.1}": ORDER,
        "return {'cushion': 0.1 % (1 - discount)}": SMALL,
        "return {'cushion': 1 - discount}": SMALL,
        "return {'cushion': 1.1 * (1 - discount)}": SMALL,
        "return {'cushion': 0.2 * (1 - discount)}": SMALL,
        "return {'cushion': 0.05 * (1 - discount)}": SMALL,
        "return {'cushion': 0.1 * (1 % discount)}": SMALL,
    },
    "epsilon_greedy": {
        "if rng.random() <= epsilon:": "a random number is almost never 0, nor just ε",
        "best = np.flatnonzero(q_values >= np.max(q_values))": "no value is larger than the largest",
        "return rng.choice(best)": NUMPY,
        "return round(rng.choice(best))": WHOLE,
        "return round(rng.integers(len(q_values)))": WHOLE,
        "return abs(rng.choice(best))": NUMPY,
        "return rng.integers(len(q_values))": NUMPY,
        "return abs(rng.integers(len(q_values)))": NUMPY,
        "return int(rng.integers(len(-q_values)))": "the values change their signs, not their number",
    },
    "softmax": {
        "weights = -np.exp((q_values - np.max(q_values)) / temperature)": "the sign falls out again",
        "weights = np.exp((q_values - round(np.max(q_values))) / temperature)": (
            "any number near the largest keeps the exponents small"
        ),
        "weights = np.exp((q_values - int(np.max(q_values))) / temperature)": (
            "any number near the largest keeps the exponents small"
        ),
    },
    "new_mean": {"return (reward - old_mean) / n + old_mean": ORDER},
    "ucb_bonus": {
        "return np.inf if n == 0.0 else c * np.sqrt(np.log(t) / n)": ZERO,
        "return np.inf if -n == 0 else c * np.sqrt(np.log(t) / n)": ZERO,
        "return np.inf if n <= 0 else c * np.sqrt(np.log(t) / n)": "nothing is done less than 0 times",
        "return np.inf if n == 0 else np.sqrt(np.log(t) / n) * c": ORDER,
    },
    "double_q_target": {
        "return discount * other_next_q_values[np.argmax(next_q_values)] + reward": ORDER,
        "return reward + other_next_q_values[np.argmax(next_q_values)] * discount": ORDER,
    },
    "dyna_q_plus_bonus": {"return np.sqrt(steps_since_tried) * bonus_weight": ORDER},
    "sarsa_target": {
        "return discount * next_q_values[next_action] + reward": ORDER,
        "return reward + next_q_values[next_action] * discount": ORDER,
    },
    "planning_loop": {
        "target = reward if terminated else discount * q_values[next_state].max() + reward": ORDER,
        "target = reward if terminated else reward + q_values[next_state].max() * discount": ORDER,
        "q_values[state, action] += (target - q_values[state, action]) * learning_rate": ORDER,
    },
    "td_target": {
        "return discount * max(next_q_values) + reward": ORDER,
        "return reward + max(next_q_values) * discount": ORDER,
    },
    "q_update": {"q_values[state, action] += td_error * learning_rate": ORDER},
    "training_loop": {
        "state, _ = env.reset(seed=seed if episode <= 0 else None)": NEVER_BELOW,
        "state, _ = env.reset(seed=seed if -episode == 0 else None)": ZERO,
        "state, _ = env.reset(seed=seed if episode == 0.0 else None)": ZERO,
        "episode_return = 0": ZERO,
        "episode_return = -0.0": ZERO,
        "not returns.append(episode_return)": IGNORED,
        **{f"{ignored}{UPDATE}": IGNORED for ignored in ("-", "not ")},
        f"round({UPDATE})": IGNORED,
        f"int({UPDATE})": IGNORED,
        UPDATE.replace("terminated)", "-terminated)"): TRUE,
    },
    "trade": {
        "if action <= 0 and charge > 0:": THREE,
        "if -action == 0 and charge > 0:": ZERO,
        "if action == 0.0 and charge > 0:": ZERO,
        "if action == 0 and charge != 0:": "no charge is below 0",
        "if action == 0 and charge > 0.0:": ZERO,
        "if action >= 2 and charge < capacity:": THREE,
        "if action == 2 and charge != capacity:": "no charge is above the capacity",
        "return (charge - 1, price * 0.9)": ORDER,
        "return (1 + charge, -price)": ORDER,
        "return (charge, -0.0)": ZERO,
        "return (charge, 0)": ZERO,
    },
    "bucket_row": {
        "for value, cuts in zip(observation, edges):": "both have the same length",
        "for value, cuts in zip(observation, edges, strict=False):": "both have the same length",
        "row = sum((value >= cut for cut in cuts)) + row * (len(cuts) + 1)": ORDER,
        "row = (len(cuts) + 1) * row + sum((value >= cut for cut in cuts))": ORDER,
        "row = row * (1 + len(cuts)) + sum((value >= cut for cut in cuts))": ORDER,
    },
    "collect_frames": {
        STEP.replace("terminated, truncated", "truncated, terminated"): EITHER,
        "action = rng.integers(env.action_space.n)": NUMPY,
        "action = round(rng.integers(env.action_space.n))": WHOLE,
        "action = abs(rng.integers(env.action_space.n))": NUMPY,
        f"not frames.append({ENTRY})": IGNORED,
    },
    "rows_to_draw": {"oldest = max(n_written - n_rows, 0)": "the larger one, whichever comes first"},
    "held_target": {
        "return discount * held_next_q.max(axis=1) * (1 - terminated) + rewards": ORDER,
        "return rewards + (1 - terminated) * (discount * held_next_q.max(axis=1))": ORDER,
        "return rewards + held_next_q.max(axis=1) * discount * (1 - terminated)": ORDER,
        "return rewards + discount * held_next_q.max(axis=-1) * (1 - terminated)": "axis 1 is the last one",
    },
    "n_step_return": {
        "total = -0.0 if terminated else last_value": ZERO,
        "total = 0 if terminated else last_value": ZERO,
        "total = discount * total + reward": ORDER,
        "total = reward + total * discount": ORDER,
    },
    "log_probability_gradient": {
        "gradient[action] %= 1": "−π is above −1 and below 0, where the remainder is 1 more",
    },
    "returns_above_baseline": {
        "later, above = (-0.0, [])": ZERO,
        "later, above = (0, [])": ZERO,
        "for reward, value in zip(reversed(rewards), reversed(values)):": "both lists have the same length",
        "for reward, value in zip(reversed(rewards), reversed(values), strict=False):": (
            "both lists have the same length"
        ),
        "later = discount * later + reward": ORDER,
        "later = reward + later * discount": ORDER,
        "not above.append(later - value)": IGNORED,
    },
    "gae": {
        "later, advantages = (-0.0, [])": ZERO,
        "later, advantages = (0, [])": ZERO,
        "for td_error, is_last in zip(reversed(td_errors), reversed(ended)):": (
            "both lists have the same length"
        ),
        "for td_error, is_last in zip(reversed(td_errors), reversed(ended), strict=False):": (
            "both lists have the same length"
        ),
        **{
            f"later = td_error if {truth} else td_error + discount * trace_decay * later": TRUE
            for truth in ("round(is_last)", "int(is_last)", "-is_last")
        },
        "later = td_error if is_last else discount * trace_decay * later + td_error": ORDER,
        "later = td_error if is_last else td_error + later * (discount * trace_decay)": ORDER,
        "later = td_error if is_last else td_error + trace_decay * discount * later": ORDER,
        "not advantages.append(later)": IGNORED,
    },
    "clipped_objective": {
        "clipped_ratio = np.clip(ratio, 1 - clip, clip + 1)": ORDER,
        "return np.minimum(clipped_ratio * advantage, ratio * advantage)": (
            "the smaller one, whichever comes first"
        ),
        "return np.minimum(advantage * ratio, clipped_ratio * advantage)": ORDER,
        "return np.minimum(ratio * advantage, advantage * clipped_ratio)": ORDER,
    },
}
"""By exercise: what the changed line reads, and why it is as right as before."""

OPEN = {"improve_the_state", "fool_bob"}
"""Here any state that can be learned is right, and any level that fools the agent: no line says which."""


def reason(name, mutant):
    """Return why a mutant is right, None if it is not listed."""
    kinds = (WHOLE, WHOLE_NUMBERS, ("round", "int")), (TRUE, TRUTHS, ("round", "int", "-"))
    for words, expressions, wrappers in kinds:
        for inner in expressions:
            for wrapped in (f"{wrapper}{text}" for wrapper in wrappers for text in (f"({inner})", inner)):
                if mutant.after in _one_by_one(mutant.before, inner, wrapped):
                    return words
    return EQUIVALENT.get(name, {}).get(mutant.after)


def _one_by_one(text, inner, wrapped):
    """Return the texts in which one occurrence of an expression is wrapped."""
    parts = text.split(inner)
    return [
        inner.join(parts[:number]) + wrapped + inner.join(parts[number:]) for number in range(1, len(parts))
    ]


def passes(name, mutant):
    """Return whether the check lets a mutant through."""
    namespace = {"np": np, "Transition": Transition}
    try:
        exec(mutant.code, namespace)
    except SyntaxError:
        return False
    # Which mistake it is does not matter here, and looking for it takes most of the time.
    trial = Trial(dataclasses.replace(EXERCISES[name], mistakes=()), namespace[name])
    attempts = []
    # What is right has all the time it needs, what is not may never end.
    seconds = 60.0 if reason(name, mutant) else 1.0
    with np.errstate(all="ignore"):
        outcome = guard.run(lambda: attempts.extend(trial.attempts()), seconds=seconds)
    return outcome.error is None and attempts[-1].passed


@pytest.fixture(autouse=True)
def _shorter(monkeypatch):
    monkeypatch.setattr(epsilon_greedy, "N_CALLS", 600)
    monkeypatch.setattr(interaction_loop, "LONGER_THAN_ANY_LOOP", 1200)
    monkeypatch.setattr(training_loop, "LONGER_THAN_ANY_LOOP", 1200)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("name", sorted(EXERCISES.keys() - OPEN))
def test_every_mutant_of_a_solution_is_refused_or_listed_with_its_reason(name, share):
    tried = mutants(EXERCISES[name].code)[share::SHARES]
    passed = [mutant for mutant in tried if passes(name, mutant)]
    assert [mutant.name for mutant in passed if reason(name, mutant) is None] == []
    listed = [mutant for mutant in tried if mutant.after in EQUIVALENT.get(name, {})]
    assert [mutant.name for mutant in listed if mutant not in passed] == []


@pytest.mark.parametrize("name", EQUIVALENT)
def test_everything_that_is_listed_is_a_mutant(name):
    lines = {mutant.after for mutant in mutants(EXERCISES[name].code)}
    assert EQUIVALENT[name].keys() - lines == set()


def test_mutants_of_a_solution_are_many_and_of_every_kind():
    lines = ("if x < y:", "    return [x + 1, y][::-1]", "total = max(x, y)", "return total")
    code = "\n    ".join(("def f(x, y):", *lines))
    after = Counter(mutant.after for mutant in mutants(code))
    for line in (
        *("if x <= y:", "if y < y:", "if not x < y:", "if True:", "pass", "return [x - 1, y][::-1]"),
        *("return [x + 2, y][::-1]", "return [x + 1, y]", "return [y, x + 1][::-1]", "return [x + 1][::-1]"),
        *(
            "total = min(x, y)",
            "total = max(x)",
            "total = int(max(x, y))",
            "x = max(x, y)",
            "return round(total)",
        ),
    ):
        assert after[line], line
    assert mutants(code)[0] == Mutant("if x < y:", "pass", mutants(code)[0].code)
