"""Functions of a reward: which of them certainly give the same for the same, and do nothing else."""

import builtins
import dis
import inspect
import math
import types

import numpy as np

NUMBERS = (int, float, np.number, np.bool_, str, type(None))  # bool is an int
FUNCTIONS = (abs, bool, float, int, max, min, pow, round, np.clip, np.round, np.where)
MODULES = (math, np)


def is_pure(function):
    """Return whether a function certainly gives equal results for equal numbers, and changes nothing.

    It is certain of functions that compute with their argument, with numbers, and with what `math` and NumPy
    compute from numbers: nothing that could change is within their reach. Of others it is not certain, which
    does not mean that it is untrue.

    Args:
        function: anything that can be called with one number.

    >>> is_pure(lambda reward: 10 * reward), is_pure(np.sign), is_pure(lambda reward: max(reward, -1.0))
    (True, True, True)
    >>> seen, rng = [], np.random.default_rng(0)
    >>> is_pure(lambda reward: seen.append(reward)), is_pure(lambda reward: reward + rng.random())
    (False, False)
    """
    if not isinstance(function, types.FunctionType):
        return _is_known(function)
    code = function.__code__
    if code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR):
        return False
    instructions = list(dis.get_instructions(code))
    if any(_changes_or_imports(instruction.opname) for instruction in instructions):
        return False
    try:
        reached = [cell.cell_contents for cell in function.__closure__ or ()]
    except ValueError:  # a variable around the function that has no value yet
        return False
    reached += [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    attributes = set()
    for instruction in instructions:
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            name = instruction.argval
            reached.append(function.__globals__.get(name, getattr(builtins, name, builtins)))
        elif instruction.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            attributes.add(instruction.argval)
    modules = [module for module in MODULES if any(value is module for value in reached)]
    # An attribute is one of a module's, of whichever: `np.clip`, never `np.random`.
    for attribute in attributes:
        found = [vars(module)[attribute] for module in modules if attribute in vars(module)]
        if not found or not all(map(_is_known, found)):
            return False
    return all(_is_known(value) or any(value is module for module in MODULES) for value in reached)


def _is_known(value):
    """Return whether a value is a number, or a function that computes with numbers alone."""
    if isinstance(value, tuple):
        return all(map(_is_known, value))
    return (
        isinstance(value, (*NUMBERS, np.ufunc))
        or any(value is function for function in FUNCTIONS)
        or (isinstance(value, types.BuiltinFunctionType) and value.__module__ == "math")
    )


def _changes_or_imports(opname):
    """Return whether a bytecode instruction can reach beyond the function's own variables."""
    if opname.startswith(("STORE_FAST", "DELETE_FAST")):
        return False
    return opname.startswith(("STORE_", "DELETE_", "IMPORT_", "MAKE_FUNCTION", "LOAD_BUILD_CLASS"))
