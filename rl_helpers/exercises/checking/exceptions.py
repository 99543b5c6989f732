"""Says in one sentence where an exception in a learner's function comes from."""

import builtins
import difflib
import inspect
import re
from typing import NamedTuple

from rl_helpers.exercises.checking import bytecode
from rl_helpers.exercises.checking.scripted_world import FIVE_VALUES, TWO_VALUES

PACK = (
    "pack them into one `Transition(...)`: "
    "`agent.update(Transition(state, action, reward, next_state, terminated))`."
)
READ_ONLY = (
    "this table belongs to the course, and nobody can change it: take a copy, `dict(…)`, and change that."
)
ARRAY = "an array stands where one number is needed: take its maximum, or one entry of it."


class Rule(NamedTuple):
    r"""Which exceptions a hint is for; the first rule that fits counts.

    Attributes:
        kind: class of the exception.
        hint: the sentence; \1 stands for the first group of `line`, or of `message` where there is no `line`.
        message: pattern that is found in what the exception says.
        line: pattern that is found in the learner's line in which it came up.
    """

    kind: type
    hint: str
    message: str = ""
    line: str = ""

    def apply(self, error, line):
        r"""Return the hint for an exception, None if it is another kind of exception.

        >>> Rule(TypeError, r"call \1", message=r"'(\w+)' is").apply(TypeError("'max' is no number"), "")
        'call max'
        """
        found, here = re.search(self.message, str(error)), re.search(self.line, line)
        if isinstance(error, self.kind) and found and here:
            return (here if self.line else found).expand(self.hint)
        return None


RULES = (
    Rule(ValueError, f"{FIVE_VALUES}.", message=r"values to unpack", line=r"\.step\("),
    Rule(ValueError, f"{TWO_VALUES}.", message=r"values to unpack", line=r"\.reset\("),
    Rule(
        ValueError,
        r"the left side of `=` has \1 names, and the right side another number of values.",
        message=r"values to unpack \(expected (\d+)",
    ),
    Rule(
        TypeError,
        "the right side of `=` is one value: write one name on the left side.",
        message=r"cannot unpack",
    ),
    Rule(TypeError, "tell it the state: `agent.act(state)`.", message=r"ScriptedAgent\.act\(\)"),
    Rule(TypeError, PACK, message=r"ScriptedAgent\.update\(\)"),
    Rule(
        TypeError,
        "`Transition` takes five values: state, action, reward, next_state, terminated.",
        message=r"Transition\.__new__\(\)",
    ),
    Rule(TypeError, "tell it one action: `env.step(action)`.", message=r"ScriptedWorld\.step\(\)"),
    Rule(TypeError, "the seed has to be named: `env.reset(seed=seed)`.", message=r"ScriptedWorld\.reset\(\)"),
    Rule(
        TypeError,
        "a function is called with round brackets: `( )` in the place of `[ ]`.",
        message=r"'(builtin_function_or_)?(method|function)' object is not subscriptable",
    ),
    Rule(
        TypeError,
        r"add the brackets: `.\1()`.",
        message=r"'(builtin_function_or_method|method|function)'",
        line=r"\.([a-z_]+)\b(?![\w(\[.])",
    ),
    Rule(
        TypeError,
        "an array is read with square brackets: `[ ]` in the place of `( )`.",
        message=r"'numpy\.ndarray' object is not callable",
    ),
    Rule(
        TypeError,
        "one of the values in this line is None: it was never set, or came from a function without `return`.",
        message=r"'NoneType'",
    ),
    Rule(TypeError, ARRAY, message=r"only .* arrays can be converted"),
    Rule(ValueError, ARRAY, message=r"truth value of an array"),
    Rule(
        OverflowError,
        "exp(1000) is more than a float can hold: make the exponents small, by taking the same number "
        "away from all of them.",
        message=r"math range error",
    ),
    Rule(
        ValueError,
        "`rng.choice` draws from a list, and a dictionary is none: `rng.choice(list(…))`.",
        message=r"must be a sequence or an integer, not <class 'dict",
    ),
    Rule(ValueError, "the array has one axis only: leave `axis` out.", message=r"axis \d+ is out of bounds"),
    Rule(IndexError, "the array has one axis only: it takes one index.", message=r"too many indices"),
    Rule(
        IndexError, "the index lies beyond the end: counting begins at 0, the last one is the length minus 1."
    ),
    Rule(
        AttributeError,
        "the agent has two methods: `agent.act(state)` and `agent.update(transition)`.",
        message=r"'ScriptedAgent'",
    ),
    Rule(
        AttributeError,
        "the environment has `env.reset()`, `env.step(action)`, `env.render()` and `env.action_space`.",
        message=r"'ScriptedWorld'",
    ),
    Rule(TypeError, READ_ONLY, message=r"'mappingproxy'"),
    Rule(AttributeError, READ_ONLY, message=r"'mappingproxy'"),
    Rule(
        AttributeError,
        r"the values came as an array, and an array has no `.\1`.",
        message=r"'numpy\.ndarray' object has no attribute '(\w+)'",
    ),
    Rule(AttributeError, f"{FIVE_VALUES}.", message=r"'tuple'", line=r"\.step\("),
)
"""What exceptions mean in any exercise."""

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

    Returns:
        The hint of the first rule that fits, the exercise's own rules first.
    """
    if isinstance(error, RecursionError):
        return "the function calls itself without end: there must be a case in which it does not."
    if isinstance(error, NameError):
        return _name_hint(exercise, function, error)
    if isinstance(error, TypeError) and "not callable" in str(error):
        for name in re.findall(r"\b(\w+)\(", line):
            if hasattr(builtins, name) and name in getattr(inspect.unwrap(function), "__globals__", {}):
                return (
                    f"a cell has set `{name}` to something else, and it is no function any more: run "
                    f"`del {name}` in a cell of its own, and give that variable another name."
                )
    for rule in (*exercise.errors, *RULES):
        sentence = rule.apply(error, line)
        if sentence:
            return sentence
    return "the error came up in your function; the line is shown above."


def _name_hint(exercise, function, error):
    name = (re.findall(r"'(\w+)'", str(error)) or [""])[0]
    if isinstance(error, UnboundLocalError):
        if name in ("terminated", "truncated"):
            return "set both to False before the loop: `terminated = truncated = False`."
        if hasattr(builtins, name) or name in IMPORTS:
            return (
                f"because of the line that sets it, `{name}` is a variable in all of your function, and the "
                f"`{name}` you mean is hidden behind it: give your variable another name."
            )
        place = "before the loop" if bytecode.has_loop(function) else "in a line above"
        return f"`{name}` has no value yet when this line runs: set it {place}."
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
