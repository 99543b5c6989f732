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


def attributes(function):
    """Return the names that a function looks up behind a dot.

    >>> sorted(attributes(lambda env, agent: env.step(agent.act(0))))
    ['act', 'step']
    """
    kinds = ("LOAD_ATTR", "LOAD_METHOD")
    return {name for code in code_of(function) for name in _names(code, *kinds)}


def has_loop(function):
    """Return whether a function goes through anything again and again.

    >>> has_loop(lambda x: [y for y in x]), has_loop(lambda x: max(x))
    (True, False)
    """
    steps = (step.opname for code in code_of(function) for step in dis.get_instructions(code))
    return any("JUMP_BACKWARD" in name for name in steps)


def kept(function):
    """Return the lengths of lists, dicts and sets that outlive a call, by name: defaults, and global ones.

    >>> def f(x, found=[]):
    ...     found.append(x)
    >>> f(2)
    >>> kept(f)
    {'found': 1}
    """
    function = inspect.unwrap(function)
    outside = getattr(function, "__globals__", {})
    values = {name: outside[name] for name in globals_read(function) if name in outside}
    try:
        parameters = inspect.signature(function).parameters.values()
        values |= {parameter.name: parameter.default for parameter in parameters}
    except (TypeError, ValueError):
        pass  # Some built-in functions do not tell.
    return {name: len(value) for name, value in values.items() if type(value) in (list, dict, set)}


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
