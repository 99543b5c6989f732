"""The table of planted answers: `@right` must pass, `@wrong` must be rejected with a hint of these words.

The exercise is the one that the file is named after. The answers are written as learners write them and share
no code with the package's own lists of mistakes.
"""

import importlib
import pkgutil

import pytest

import tests.answers

_RIGHT, _WRONG = [], []


def right(function):
    """Enter an answer that must pass."""
    return _enter(_RIGHT, function)


def wrong(hint):
    """Enter an answer that must be rejected with a hint that contains the given words."""
    return lambda function: _enter(_WRONG, function, hint)


def _enter(answers, function, *values):
    exercise = function.__module__.rpartition(".")[2]
    answers.append(pytest.param(exercise, *values, function, id=function.__name__))
    return function


def planted():
    """Return all right answers, (exercise, function), and all wrong ones, (exercise, hint, function)."""
    for module in pkgutil.walk_packages(tests.answers.__path__, "tests.answers."):
        importlib.import_module(module.name)
    return _RIGHT, _WRONG
