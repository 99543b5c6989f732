"""Comparing and naming values: what a learner's function returned, beside what was expected."""

import math
import numbers

import numpy as np


def same(got, expected):
    """Return whether two values agree, numbers up to rounding.

    Args:
        got: anything.
        expected: None, a number, a text, an array, or a list, tuple or dict of those.

    >>> same(0.1 + 0.2, 0.3), same(np.float32(2), 2), same([1, (2, 3)], (1, [2, 3])), same("2", 2)
    (True, True, True, False)
    """
    if expected is None or isinstance(expected, str):
        return type(got) is type(expected) and got == expected
    if isinstance(expected, dict):
        keys = isinstance(got, dict) and got.keys() == expected.keys()
        return keys and all(same(got[key], expected[key]) for key in expected)
    if isinstance(expected, np.ndarray):
        fits = isinstance(got, np.ndarray) and got.shape == expected.shape
        return fits and same(got.ravel().tolist(), expected.ravel().tolist())
    if isinstance(expected, list | tuple):
        sequence = isinstance(got, list | tuple) or (isinstance(got, np.ndarray) and got.ndim > 0)
        return sequence and len(got) == len(expected) and all(map(same, got, expected))
    number = as_number(got)
    return number is not None and math.isclose(number, expected, rel_tol=1e-6, abs_tol=1e-9)


def as_number(value):
    """Return a number, or an array without axes, as a float; None for all else.

    >>> as_number(np.array(2)), as_number(np.array([2])), as_number("2")
    (2.0, None, None)
    """
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    return float(value) if isinstance(value, numbers.Real | np.bool_) else None


def describe(value, n_characters=200):
    """Return a value as short text that can be pasted into a cell; never raise.

    >>> print(describe(np.float64(0.30000000000000004)), describe([np.array([1, 0.5]), (2,)]))
    0.3 [np.array([1.0, 0.5]), (2,)]
    >>> print(describe(np.eye(2)))
    np.array([
        [1.0, 0.0],
        [0.0, 1.0],
    ])
    """
    if isinstance(value, float | np.floating):
        return f"{value:.6g}" if not float(value).is_integer() else repr(float(value))
    if isinstance(value, np.generic):
        return repr(value.item())
    if type(value) is np.ndarray and value.ndim == 2:
        rows = "".join(f"    {describe(row)},\n" for row in value.tolist())
        text = f"np.array([\n{rows}])"
    elif type(value) is np.ndarray:
        text = f"np.array({describe(value.tolist(), n_characters)})"
    elif type(value) in (list, tuple):
        inner = ", ".join(describe(one) for one in value)
        text = f"[{inner}]" if type(value) is list else f"({inner}{',' if len(value) == 1 else ''})"
    else:
        try:
            text = repr(value)
        except Exception:
            text = f"<{type(value).__name__}>"
    return text if len(text) <= n_characters else text[: n_characters - 1] + "…"


def expected_and_got(expected, got):
    """Return two rows of a report, what was expected and what came.

    >>> expected_and_got(1.0, None)
    [('Expected', '1.0'), ('Got', 'None')]
    """
    return [("Expected", describe(expected)), ("Got", describe(got))]


def entries(expected, got, n_lines=4):
    """Return a row of a report that names the entries of a table that are wrong.

    >>> entries(np.array([[0.0, 1.0]]), np.array([[0.0, 0.5]]))
    [('Table', 'entry (0, 1): should be 1.0, is 0.5')]
    """
    if getattr(got, "shape", None) != expected.shape:
        return expected_and_got(expected, got)
    lines = [
        f"entry {place}: should be {describe(value)}, is {describe(got[place])}"
        for place, value in np.ndenumerate(expected)
        if not same(got[place], value)
    ]
    if len(lines) > n_lines:
        lines[n_lines:] = [f"and {len(lines) - n_lines} more"]
    return [("Table", "\n".join(lines))]
