"""What all pictures share: axes, colours of values, how numbers are written."""

from matplotlib import rc_context
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from rl_helpers.notebook import palette

DIVERGING = LinearSegmentedColormap.from_list("Bob", [palette.VERMILION, "#FFFFFF", palette.BLUE], N=255)
"""Vermilion for below zero, white for zero, blue for above: told apart with any colour vision."""

PALE = 0.7
"""How opaque these colours are under numbers: black on the strongest of them keeps a contrast of 5:1."""


def new_axes(*, width=7.0, height=3.5, rows=1, columns=1):
    """Return a new figure and its axes, in the course's style.

    Args:
        width, height: of the whole figure, in inches.
        rows, columns: number of axes below and beside each other.

    Returns:
        The figure, and one `Axes`, an array of them, or for several rows a table of them.
    """
    # A figure of its own, unknown to pyplot: nothing is left open, and no notebook shows it twice.
    with rc_context({"axes.spines.top": False, "axes.spines.right": False, "font.size": 11}):
        fig = Figure(figsize=(width, height), layout="constrained")
        axes = fig.subplots(rows, columns)
    return fig, axes


def number(value, digits=2):
    """Return a number as it stands in a picture, with a real minus sign and no negative zero.

    >>> number(-1.5), number(-0.001)
    ('−1.50', '0.00')
    """
    return f"{value:z.{digits}f}".replace("-", "−")
