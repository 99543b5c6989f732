"""The Q-table as a picture."""

import numpy as np
from matplotlib.patches import Rectangle

from rl_helpers.plots.style import DIVERGING, PALE, number


def q_table(axes, q_values, *, state_names, action_names, digits=2, highlight=()):
    """Draw a Q-table: rows states, columns actions, every entry as number and colour.

    Args:
        axes: where to draw.
        q_values: (n_states, n_actions).
        state_names: one text a row.
        action_names: one text a column.
        digits: decimals of the numbers.
        highlight: (row, column) pairs that get a frame.

    Returns:
        The axes.
    """
    q_values = np.asarray(q_values, dtype=float)
    scale = max(np.abs(q_values).max(), 1e-9)
    axes.imshow(q_values, cmap=DIVERGING, vmin=-scale, vmax=scale, alpha=PALE, aspect="auto")
    for row, column in np.ndindex(q_values.shape):
        text = number(q_values[row, column], digits)
        axes.text(column, row, text, ha="center", va="center", fontsize=9.5)
    for row, column in highlight:
        axes.add_patch(
            Rectangle((column - 0.48, row - 0.46), 0.96, 0.92, fill=False, edgecolor="black", linewidth=2.2)
        )
    axes.set_xticks(range(len(action_names)), action_names)
    axes.set_yticks(range(len(state_names)), state_names)
    axes.xaxis.tick_top()
    # In the corner, where neither name can be read as part of the first action.
    axes.annotate(
        "state \\ action",
        (0, 1),
        xycoords="axes fraction",
        xytext=(-6, 8),
        textcoords="offset points",
        ha="right",
    )
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return axes
