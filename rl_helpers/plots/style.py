"""What all pictures share: axes, colours of values, how numbers are written."""

import re

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import ScalarFormatter

DIVERGING = LinearSegmentedColormap.from_list("Bob", ["#E69E66", "#FFFFFF", "#66AAD1"], N=255)
"""Light vermilion for below zero, white for zero, light blue for above, told apart with any colour vision; so
light (the palette's colours at 60 % over white) that black numbers can be read on all of it."""


class _AsInTheText(ScalarFormatter):
    """Numbers along an axis as the texts have them, 10,000 and −0.5, with no power of ten set apart."""

    def __init__(self):
        super().__init__(useOffset=False)
        self.set_scientific(False)

    def __call__(self, value, place=None):
        whole, point, decimals = super().__call__(value, place).partition(".")
        return re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", whole) + point + decimals


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
    for axis in [each for one in fig.axes for each in (one.xaxis, one.yaxis)]:
        axis.set_major_formatter(_AsInTheText())
        axis.isDefault_majfmt = True  # names of bars may still take its place
    return fig, axes


def pixels(fig, *, dpi=96):
    """Return a figure as a frame for `create_gif`, a uint8 array (height, width, 3).

    Args:
        fig: a `matplotlib.figure.Figure`; give it the same size in each frame of a film.
        dpi: pixels an inch.

    >>> fig, axes = new_axes(width=3, height=2)
    >>> pixels(fig, dpi=100).shape
    (200, 300, 3)
    """
    fig.set_dpi(dpi)
    canvas = FigureCanvasAgg(fig)
    canvas.draw()
    return np.array(canvas.buffer_rgba())[:, :, :3]


def number(value, digits=2):
    """Return a number as it stands in a picture, with a real minus sign and no negative zero.

    >>> number(-1.5), number(-0.001), number(-1234, 0)
    ('−1.50', '0.00', '−1,234')
    """
    return f"{value:z,.{digits}f}".replace("-", "−")
