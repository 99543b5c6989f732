"""CliffWalking as a map, with ways drawn over it."""

import numpy as np
from matplotlib.patches import Rectangle

from rl_helpers.notebook import palette

N_ROWS, N_COLUMNS = 4, 12
START, GOAL = 36, 47
CLIFF, ENDS, FLOOR = "#555555", palette.GREEN + "33", "#F7F3EA"
MOST_ASIDE = 0.3
"""How far from the middle of its cells a way may be drawn, so that it stays in them."""


def cliff(axes):
    """Draw Gymnasium's CliffWalking: start at the lower left, goal at the lower right, a cliff between.

    Args:
        axes: where to draw.

    Returns:
        The axes.

    Source:
        Sutton & Barto (2018), example 6.6.

    >>> from rl_helpers.plots import new_axes
    >>> [text.get_text() for text in cliff(new_axes()[1]).texts]
    ['start', 'the cliff', 'goal']
    """
    for state in range(N_ROWS * N_COLUMNS):
        row, column = divmod(state, N_COLUMNS)
        colour = CLIFF if START < state < GOAL else ENDS if state in (START, GOAL) else FLOOR
        axes.add_patch(
            Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor="#BBBBBB", linewidth=0.8)
        )
    # The ends' names stand below the middle of their cells, where a way begins or ends.
    for column, row, word, colour in (
        (0, 3.3, "start", "black"),
        (5.5, 3, "the cliff", "white"),
        (11, 3.3, "goal", "black"),
    ):
        axes.text(
            column,
            row,
            word,
            ha="center",
            va="center",
            fontsize=11,
            weight="bold",
            color=colour,
            zorder=3,
        )
    axes.set(xlim=(-0.5, N_COLUMNS - 0.5), ylim=(N_ROWS - 0.5, -0.5), aspect="equal", xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    return axes


def ways(axes, paths, *, colour, label=None, line="-"):
    """Draw ways over the cliff, each a little aside of the others, so that shared ones look dense.

    Args:
        axes: with `cliff` drawn on them.
        paths: lists of states, such as [36, 24, …, 47].
        colour: from `palette`.
        label: name in the legend, of all of them.
        line: matplotlib's line style.

    Returns:
        The axes.

    >>> from rl_helpers.plots import new_axes
    >>> axes = ways(cliff(new_axes()[1]), [[36, 24, 25]], colour="black")
    >>> axes.lines[0].get_xydata().tolist()         # one way alone runs through the middle
    [[0.0, 3.0], [0.0, 2.0], [1.0, 2.0]]
    """
    paths = list(paths)
    many = len(paths) > 1
    aside = np.random.default_rng(0).uniform(-MOST_ASIDE, MOST_ASIDE, (len(paths), 2)) * many
    for place, (path, shift) in enumerate(zip(paths, aside, strict=True)):
        cells = np.array([divmod(state, N_COLUMNS) for state in path], dtype=float)[:, ::-1] + shift
        look = {"alpha": 0.4, "linewidth": 1.1} if many else {"linewidth": 2.6}
        axes.plot(*cells.T, color=colour, linestyle=line, label=label if place == 0 else None, **look)
    return axes
