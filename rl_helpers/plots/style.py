"""What all pictures share: axes, colours of values, how numbers are written."""

from matplotlib import rc_context
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from rl_helpers.notebook import palette

DIVERGING = LinearSegmentedColormap.from_list("Bob", [palette.VERMILION, "#FFFFFF", palette.BLUE], N=255)
"""Vermilion for below zero, white for zero, blue for above: told apart with any colour vision."""


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


def ink(background, alpha=1.0):
    """Return black or white, whichever contrasts more with a colour laid over white with this alpha."""
    red, green, blue = (alpha * part + 1 - alpha for part in background[:3])
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    # Contrast is (lighter + 0.05) / (darker + 0.05): both inks are equal at 0.179. Source: WCAG 2.2.
    return "black" if luminance > 0.179 else "white"
