"""Parameters are arrays in tuples in tuples: the same operation for all of them.

A tree is an array, or a tuple of trees, such as a `Network`. An empty tuple is a tree without arrays: what an
agent does not have, such as the critic of plain REINFORCE.
"""

import numpy as np


def arrays(tree):
    """Return the arrays of a tree, from left to right.

    >>> arrays((np.zeros(2), (np.ones(1), ())))
    [array([0., 0.]), array([1.])]
    """
    return [tree] if isinstance(tree, np.ndarray) else [array for branch in tree for array in arrays(branch)]


def tree_map(function, tree, *others):
    """Return a tree of the same kinds of tuples: the function's results for the arrays in the same places.

    >>> tree_map(np.add, (np.zeros(2), (np.ones(1),)), (np.ones(2), (np.ones(1),)))
    (array([1., 1.]), (array([2.]),))
    """
    if isinstance(tree, np.ndarray):
        return function(tree, *others)
    branches = [tree_map(function, *branch) for branch in zip(tree, *others, strict=True)]
    return type(tree)(*branches) if hasattr(tree, "_fields") else tuple(branches)


def with_arrays(tree, numbers):
    """Return a tree of the same kinds of tuples with other arrays, from left to right.

    >>> with_arrays((np.zeros(2), (np.ones(1),)), [np.ones(2), np.zeros(1)])
    (array([1., 1.]), (array([0.]),))
    """
    following = iter(numbers)
    return tree_map(lambda array: next(following), tree)


def norms(tree):
    """Return the length of all numbers of a tree together in every run, float (n_runs,).

    >>> norms((np.array([[3.0], [0.0]]), (np.array([[4.0], [1.0]]),)))
    array([5., 1.])
    """
    rows = [array.reshape(len(array), -1) for array in arrays(tree)]
    return np.sqrt(sum(np.einsum("ij,ij->i", row, row) for row in rows))


def per_run(numbers, array):
    """Return numbers (n_runs,) so that they multiply an array (n_runs, ...)."""
    return numbers.reshape(-1, *[1] * (array.ndim - 1)).astype(array.dtype)
