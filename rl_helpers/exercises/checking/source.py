"""Reads the source of a function."""

import ast
import inspect


def source_without_docstring(function):
    """Return a function's source code without its docstring."""
    source = inspect.getsource(function)
    first = ast.parse(source).body[0].body[0]
    lines = source.splitlines()
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if is_docstring:
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines)
