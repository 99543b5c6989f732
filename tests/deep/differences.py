"""Gradients by differences, to hold those of the course against."""

import numpy as np

from rl_helpers.deep.trees import arrays, tree_map


def gradient_by_differences(objective, tree, width=1e-6):
    """Return the gradient of a function of a tree of float64 arrays, by central differences."""
    tree = tree_map(np.copy, tree)

    def along(array):
        gradient = np.empty_like(array)
        for place in np.ndindex(array.shape):
            before = array[place]
            array[place] = before + width
            above = objective(tree)
            array[place] = before - width
            gradient[place] = (above - objective(tree)) / (2 * width)
            array[place] = before
        return gradient

    return tree_map(along, tree)


def assert_alike(one, other, tolerance=1e-6):
    """Fail unless two trees have the same shapes and nearly the same numbers."""
    for first, second in zip(arrays(one), arrays(other), strict=True):
        assert first.shape == second.shape
        np.testing.assert_allclose(first, second, rtol=tolerance, atol=tolerance)
