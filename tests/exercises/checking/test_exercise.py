"""A solution is shown without the docstring that its cell has already."""

from rl_helpers.exercises.checking.exercise import source_without_docstring


def documented(x):
    """Return it doubled,

    in two lines of docstring.
    """
    # This comment stays.
    return 2 * x


def bare(x):
    return "text" * x


def test_docstring_alone_is_left_out():
    assert source_without_docstring(documented).splitlines() == [
        "def documented(x):",
        "    # This comment stays.",
        "    return 2 * x",
    ]
    assert source_without_docstring(bare) == 'def bare(x):\n    return "text" * x'
