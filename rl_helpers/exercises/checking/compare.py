"""Comparing and naming values: what a learner's function returned, beside what was expected."""

import itertools
import math
import numbers

import numpy as np

LONGEST_NUMBER = 1000  # bits of a whole number that is still written out


def same(got, expected):
    """Return whether two values agree, numbers up to rounding; what cannot be compared does not.

    Args:
        got: anything.
        expected: None, a number, a text, an array, or a list, tuple or dict of those.

    >>> same(0.1 + 0.2, 0.3), same(np.float32(2), 2), same([1, (2, 3)], (1, [2, 3])), same("2", 2)
    (True, True, True, False)
    """
    try:
        return bool(_same(got, expected))
    except (MemoryError, RecursionError):
        raise
    except Exception:  # Objects of a learner's own may do anything when they are asked for their length.
        return False


def _same(got, expected):
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

    >>> as_number(np.array(2)), as_number(np.array([2])), as_number("2"), as_number(-(10**400))
    (2.0, None, None, -inf)
    """
    value = without_axes(value)
    try:
        return float(value) if isinstance(value, numbers.Real | np.bool_) else None
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def without_axes(value):
    """Return the number in an array without axes, all else as it is.

    >>> without_axes(np.array(2)), without_axes([2])
    (2, [2])
    """
    return value.item() if isinstance(value, np.ndarray) and value.ndim == 0 else value


def describe(value, n_characters=200):
    """Return a value as short text that can be pasted into a cell; never raise, however large it is.

    >>> print(describe(np.float64(0.30000000000000004)), describe([np.array([1, 0.5]), (2,)]))
    0.3 [np.array([1.0, 0.5]), (2,)]
    >>> print(describe(np.eye(2)))
    np.array([
        [1.0, 0.0],
        [0.0, 1.0],
    ])
    >>> print(describe(10**5000), describe(np.ones((500, 2, 2))), describe([0] * 10**6, 9))
    a number of 5001 digits an array of shape (500, 2, 2) [0, 0, 0…
    """
    try:
        text = _text(value, n_characters)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= n_characters else text[: n_characters - 1] + "…"


def _text(value, n_characters):
    """Return a value as text, of which no more than the beginning is worked out."""
    if isinstance(value, float | np.floating):
        return f"{value:.6g}" if not float(value).is_integer() else repr(float(value))
    if isinstance(value, np.generic):
        return repr(value.item())
    if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER:
        return f"a number of {int(value.bit_length() * math.log10(2)) + 1} digits"
    if type(value) is np.ndarray and value.ndim == 2:
        rows = "".join(f"    {describe(row)},\n" for row in value[:n_characters, :n_characters].tolist())
        return f"np.array([\n{rows}])"
    if type(value) is np.ndarray and value.ndim > 2 and value.size > n_characters:
        return f"an array of shape {value.shape}"
    if type(value) is np.ndarray:
        beginning = value if value.ndim == 0 else value[:n_characters]
        return f"np.array({describe(beginning.tolist(), n_characters)})"
    if type(value) in (list, tuple):
        inner = _joined(value, n_characters)
        return f"[{inner}]" if type(value) is list else f"({inner}{',' if len(value) == 1 else ''})"
    if isinstance(value, str):
        return repr(value[:n_characters])
    if type(value) is dict and len(value) > n_characters:
        return repr(dict(itertools.islice(value.items(), n_characters)))
    return repr(value)


def _joined(values, n_characters):
    """Return the first of some values with commas between them, as many as there is room for."""
    texts, length = [], 0
    for value in values:
        texts.append(describe(value))
        length += len(texts[-1]) + 2
        if length > n_characters + 2:
            break
    return ", ".join(texts)


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
