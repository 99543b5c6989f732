"""Reads a learner's compiled function: which names it looks up, which numbers are written in it."""

import dis
import inspect


def code_of(function):
    """Return a function's code objects, those of functions inside it included; empty if it has none.

    >>> len(code_of(lambda: (lambda: 1))), code_of(max)
    (2, [])
    """
    code = getattr(inspect.unwrap(function), "__code__", None)
    found = [] if code is None else [code]
    for one in found:
        found.extend(constant for constant in one.co_consts if inspect.iscode(constant))
    return found


def globals_read(function):
    """Return the names that a function takes from outside.

    >>> sorted(globals_read(lambda x: x + y + max(z)))
    ['max', 'y', 'z']
    """
    return {name for code in code_of(function) for name in _names(code, "LOAD_GLOBAL")}


def locals_read(function):
    """Return the names among parameters and local variables whose values a function looks at.

    >>> sorted(locals_read(lambda x, y: x + max(z)))
    ['x']
    """
    kinds = ("LOAD_FAST", "LOAD_DEREF")
    return {name for code in code_of(function) for name in _names(code, *kinds)}


def locals_set(function):
    """Return the names that a function assigns.

    >>> def f(x):
    ...     x = y = 1
    >>> sorted(locals_set(f))
    ['x', 'y']
    """
    kinds = ("STORE_FAST", "STORE_DEREF")
    return {name for code in code_of(function) for name in _names(code, *kinds)}


def fractions(function):
    """Return the numbers between 0 and 1 that are written in a function.

    >>> fractions(lambda x: 2 * x + 0.25)
    [0.25]
    """
    constants = [constant for code in code_of(function) for constant in code.co_consts]
    return [constant for constant in constants if isinstance(constant, float) and 0 < constant < 1]


def _names(code, *kinds):
    """Yield the names of instructions of some kinds; newer Pythons join two of them into one."""
    for step in dis.get_instructions(code):
        if any(kind in step.opname for kind in kinds):
            yield from step.argval if isinstance(step.argval, tuple) else (step.argval,)
