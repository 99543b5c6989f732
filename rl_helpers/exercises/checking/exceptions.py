"""Says in one sentence where an exception in a learner's function comes from."""

import difflib
import re

from rl_helpers.exercises.checking.scripted_world import FIVE_VALUES, TWO_VALUES

PACK = (
    "pack them into one `Transition(...)`: "
    "`agent.update(Transition(state, action, reward, next_state, terminated))`."
)
ARRAY = "an array stands where one number is needed: take its maximum, or one entry of it."

# Exception, what its message says, what the line says, the hint. The first row that fits counts.
RULES = (
    (ValueError, r"values to unpack", r"\.step\(", f"{FIVE_VALUES}."),
    (ValueError, r"values to unpack", r"\.reset\(", f"{TWO_VALUES}."),
    (
        ValueError,
        r"values to unpack \(expected (\d+)",
        "",
        r"the left side of `=` has \1 names, and the right side another number of values.",
    ),
    (TypeError, r"cannot unpack", "", "the right side of `=` is one value: write one name on the left side."),
    (TypeError, r"ScriptedAgent\.act\(\)", "", "tell it the state: `agent.act(state)`."),
    (TypeError, r"ScriptedAgent\.update\(\)", "", PACK),
    (
        TypeError,
        r"Transition\.__new__\(\)",
        "",
        "`Transition` takes five values: state, action, reward, next_state, terminated.",
    ),
    (TypeError, r"ScriptedWorld\.step\(\)", "", "tell it one action: `env.step(action)`."),
    (TypeError, r"ScriptedWorld\.reset\(\)", "", "the seed has to be named: `env.reset(seed=seed)`."),
    (
        TypeError,
        r"'(builtin_function_or_)?(method|function)' object is not subscriptable",
        "",
        "a function is called with round brackets: `( )` in the place of `[ ]`.",
    ),
    (
        TypeError,
        r"'(builtin_function_or_method|method|function)'",
        r"\.([a-z_]+)\b(?![\w(\[.])",
        r"add the brackets: `.\1()`.",
    ),
    (
        TypeError,
        r"'numpy\.ndarray' object is not callable",
        "",
        "an array is read with square brackets: `[ ]` in the place of `( )`.",
    ),
    (
        TypeError,
        r"'NoneType'",
        "",
        "one of the values in this line is None: it was never set, or came from a function without `return`.",
    ),
    (TypeError, r"only .* arrays can be converted", "", ARRAY),
    (ValueError, r"truth value of an array", "", ARRAY),
    (
        OverflowError,
        r"math range error",
        "",
        "exp(1000) is more than a float can hold: make the exponents small, by taking the same number away "
        "from all of them.",
    ),
    (ValueError, r"axis \d+ is out of bounds", "", "the array has one axis only: leave `axis` out."),
    (IndexError, r"too many indices", "", "the array has one axis only: it takes one index."),
    (
        KeyError,
        "",
        r"model\[",
        "a pair was looked up that is not in the model: only what was tried is known. Draw the state from "
        "`list(model)`, then the action from `list(model[state])`, and look up `model[state][action]`.",
    ),
    (
        IndexError,
        r"",
        "",
        "the index lies beyond the end: counting begins at 0, the last one is the length minus 1.",
    ),
    (
        AttributeError,
        r"'ScriptedAgent'",
        "",
        "the agent has two methods: `agent.act(state)` and `agent.update(transition)`.",
    ),
    (
        AttributeError,
        r"'ScriptedWorld'",
        "",
        "the environment has `env.reset()`, `env.step(action)`, `env.render()` and `env.action_space`.",
    ),
    (AttributeError, r"'tuple'", r"\.step\(", f"{FIVE_VALUES}."),
)

# What formulas and other courses call the parameters.
IN_CODE = {
    "γ": "discount",
    "gamma": "discount",
    "α": "learning_rate",
    "alpha": "learning_rate",
    "lr": "learning_rate",
    "δ": "td_error",
    "Q": "q_values",
    "r": "reward",
    "s": "state",
    "a": "action",
}
IMPORTS = {"np": "import numpy as np", "Transition": "from rl_helpers.training import Transition"}


def exception_hint(exercise, function, error, line):
    """Return the sentence for an exception.

    Args:
        exercise: an `Exercise`.
        function: the learner's answer.
        error: the exception that ended it.
        line: text of the learner's line in which it came up.

    >>> error = ValueError("too many values to unpack (expected 4)")
    >>> exception_hint(None, None, error, "a, b, c, d = env.step(action)")
    '`env.step` returns five values: next_state, reward, terminated, truncated, info.'
    """
    if isinstance(error, RecursionError):
        return "the function calls itself without end: there must be a case in which it does not."
    if isinstance(error, NameError):
        return _name_hint(exercise, function, error)
    for kind, message, place, hint in RULES:
        found, here = re.search(message, str(error)), re.search(place, line)
        if isinstance(error, kind) and found and here:
            return (here if place else found).expand(hint)
    return "the error came up in your function; the line is shown above."


def _name_hint(exercise, function, error):
    name = (re.findall(r"'(\w+)'", str(error)) or [""])[0]
    if isinstance(error, UnboundLocalError):
        if name in ("terminated", "truncated"):
            return "set both to False before the loop: `terminated = truncated = False`."
        return f"`{name}` has no value yet when this line runs: set it before the loop."
    if name in exercise.names:
        return exercise.names[name]
    if IN_CODE.get(name) in exercise.parameters:
        return f"`{name}` belongs to the formula, in code it is `{IN_CODE[name]}`."
    if name in IMPORTS:
        return f"run `{IMPORTS[name]}` in a cell above."
    code = getattr(function, "__code__", None)
    known = [*exercise.parameters, *(code.co_varnames if code else ())]
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"there is no `{name}`: did you mean `{close[0]}`?"
    parameters = ", ".join(exercise.parameters)
    return f"there is no `{name}`: the function knows its parameters ({parameters}) and what you set in it."


def without_class_names(text):
    """Return the text of an exception with the learner's names for the scripted agent and world.

    >>> without_class_names("ScriptedAgent.act() missing 1 required positional argument: 'state'")
    "agent.act() missing 1 required positional argument: 'state'"
    """
    return text.replace("ScriptedAgent", "agent").replace("ScriptedWorld", "env")
