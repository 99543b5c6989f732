"""Plots: data in, `Axes` out. Nothing here trains, shows or restyles globally."""

import numpy as np
from matplotlib import rc_context
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.patheffects import withStroke

from rl_helpers import palette

ARROWS = {0: (0, -1), 1: (1, 0), 2: (0, 1), 3: (-1, 0)}
"""Direction on the page, (x to the right, y down), of the actions up, right, down, left."""

SAME = 1e-9
"""Action values that differ by less are drawn as equal."""

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


def mean_and_band(curves, *, confidence=0.95, n_resamples=400, seed=0):
    """Return the mean over runs and a bootstrap interval around it.

    Args:
        curves: (n_runs, n_points).
        confidence: share of resampled means that lie in the band.
        n_resamples: how often the runs are drawn anew, with replacement.
        seed: fixes the draws, so the same data give the same band.

    Returns:
        mean, low, high: each (n_points,). With one run there is no band: low and high are NaN.

    Source:
        Efron & Tibshirani (1993), percentile interval.

    >>> mean, low, high = mean_and_band(np.array([[1.0, 2.0], [3.0, 2.0]]))
    >>> mean, bool(low[0] <= 2 <= high[0]), bool(low[1] == high[1])
    (array([2., 2.]), True, True)
    """
    curves = np.atleast_2d(np.asarray(curves, dtype=float))
    n_runs = len(curves)
    mean = curves.mean(axis=0)
    if n_runs == 1:
        nothing = np.full_like(mean, np.nan)
        return mean, nothing, nothing
    # How often each run is drawn, as a matrix: all resampled means are then one product.
    weights = np.random.default_rng(seed).multinomial(n_runs, np.full(n_runs, 1 / n_runs), size=n_resamples)
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = np.quantile(weights @ curves / n_runs, tails, axis=0)
    return mean, low, high


def smoothed(curves, window):
    """Return averages over `window` neighbouring episodes, (..., n_episodes // window) and their middles.

    >>> points, middles = smoothed(np.array([[0.0, 2.0, 4.0, 6.0]]), window=2)
    >>> points.tolist(), middles.tolist()
    ([[1.0, 5.0]], [1.5, 3.5])
    """
    curves = np.atleast_2d(np.asarray(curves, dtype=float))
    n_points = curves.shape[1] // window
    points = curves[:, : n_points * window].reshape(len(curves), n_points, window).mean(axis=2)
    return points, np.arange(n_points) * window + (window + 1) / 2


def learning_curve(axes, curves, *, label, colour=palette.BLUE, window=1, line="-"):
    """Draw the mean over runs with its 95 % band.

    Args:
        axes: where to draw.
        curves: returns or lengths, (n_runs, n_episodes).
        label: name in the legend.
        colour: from `palette`.
        window: number of neighbouring episodes averaged into one point.
        line: matplotlib's line style: colour is never the only thing that tells two curves apart.

    Returns:
        The axes.
    """
    points, middles = smoothed(curves, window)
    mean, low, high = mean_and_band(points)
    axes.plot(middles, mean, color=colour, linestyle=line, label=label, linewidth=1.8)
    axes.fill_between(middles, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.set_xlabel("episode")
    axes.set_ylabel("return (treats)")
    axes.set_xlim(0, np.atleast_2d(curves).shape[1])
    return axes


def reference_line(axes, value, label):
    """Draw a dashed level to compare with, named at its right end.

    Args:
        axes: where to draw.
        value: height of the line.
        label: its name.

    Returns:
        The axes.
    """
    axes.axhline(value, color=palette.GREY, linestyle="--", linewidth=1.2)
    axes.annotate(
        label,
        (1, value),
        xycoords=("axes fraction", "data"),
        xytext=(-4, 3),
        textcoords="offset points",
        ha="right",
        va="bottom",
        color="#444444",
        fontsize=10,
    )
    return axes


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
    axes.imshow(q_values, cmap=DIVERGING, vmin=-scale, vmax=scale, aspect="auto")
    for row, column in np.ndindex(q_values.shape):
        value = q_values[row, column]
        text = f"{value:.{digits}f}".replace("-", "−")
        ink = _ink(DIVERGING((value / scale + 1) / 2))
        axes.text(column, row, text, ha="center", va="center", fontsize=9.5, color=ink)
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


def room(axes, world, *, treats_left=None):
    """Draw Bob's room without Bob, its rows and columns numbered, as a ground for `values` and `policy`.

    Args:
        axes: where to draw.
        world: an unwrapped `Bob/Room-v0` or `Bob/ContinuousRoom-v0`.
        treats_left: 0 or 1 for each rug; as they are now if not given.

    Returns:
        The axes.
    """
    axes.imshow(world.picture(bob=False, treats_left=treats_left), interpolation="nearest")
    for ticks, edges, n_cells in (
        (axes.set_xticks, axes.axvline, world.n_columns),
        (axes.set_yticks, axes.axhline, world.n_rows),
    ):
        ticks([(cell + 0.5) * world.tile for cell in range(n_cells)], range(n_cells))
        for cell in range(1, n_cells):
            edges(cell * world.tile - 0.5, color="black", alpha=0.18, linewidth=0.8)
    axes.set_xlabel("column")
    axes.set_ylabel("row")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return axes


def walkable(world, treats_left=None):
    """Return (row, column, state) of every cell Bob can stand on, with these treats left.

    Args:
        world: an unwrapped `Bob/Room-v0` or `Bob/Maze-v0`.
        treats_left: 0 or 1 for each rug; all 1 if not given.
    """
    treats_left = _treats(world, treats_left)
    return [
        (row, column, world.encode(row, column, *treats_left))
        for row in range(world.n_rows)
        for column in range(world.n_columns)
        if not world.layout.is_wall(row, column)
    ]


def _treats(world, treats_left):
    return (1,) * len(world.layout.rugs) if treats_left is None else tuple(treats_left)


def values(axes, world, q_values, *, treats_left=None, limit=None):
    """Lay the value of every cell, max Q(s, ·), as a heat map over the room.

    Args:
        axes: where to draw.
        world: an unwrapped `Bob/Room-v0` or `Bob/Maze-v0`.
        q_values: (n_states, n_actions).
        treats_left: 0 or 1 for each rug; all 1 if not given.
        limit: the value with the strongest colour; the largest one shown if not given.

    Returns:
        The image, for a colour bar.
    """
    treats_left = _treats(world, treats_left)
    room(axes, world, treats_left=treats_left)
    heat = np.full((world.n_rows, world.n_columns), np.nan)
    for row, column, state in walkable(world, treats_left):
        heat[row, column] = q_values[state].max()
    limit = limit or max(np.nanmax(np.abs(heat)), 1e-9)
    extent = (-0.5, world.n_columns * world.tile - 0.5, world.n_rows * world.tile - 0.5, -0.5)
    image = axes.imshow(heat, cmap=DIVERGING, vmin=-limit, vmax=limit, alpha=0.82, extent=extent)
    for row, column, state in walkable(world, treats_left):
        value = q_values[state].max()
        x, y = (column + 0.5) * world.tile, (row + 0.5) * world.tile
        ink = _ink(DIVERGING((value / limit + 1) / 2), alpha=0.82)
        axes.text(x, y, f"{value:.2f}".replace("-", "−"), ha="center", va="center", fontsize=8.5, color=ink)
    return image


def policy(axes, world, q_values, *, treats_left=None):
    """Draw the greedy action of every cell over the room: an arrow to walk, a ring to scratch.

    Cells where all actions are worth the same stay empty: there the agent knows nothing yet.

    Args:
        axes: where to draw.
        world: an unwrapped `Bob/Room-v0` or `Bob/Maze-v0`.
        q_values: (n_states, n_actions).
        treats_left: 0 or 1 for each rug; all 1 if not given.

    Returns:
        The axes.
    """
    treats_left = _treats(world, treats_left)
    room(axes, world, treats_left=treats_left)
    for row, column, state in walkable(world, treats_left):
        row_values = q_values[state]
        best = row_values.max()
        if best - row_values.min() <= SAME:
            continue
        x, y = (column + 0.5) * world.tile, (row + 0.5) * world.tile
        actions = [int(action) for action in np.flatnonzero(row_values >= best - SAME)]
        _arrows(axes, x, y, [ARROWS[action] for action in actions if action in ARROWS], 0.4 * world.tile)
        for action in actions:
            if action not in ARROWS:
                axes.plot(x, y, "o", markersize=15, markerfacecolor="none", markeredgecolor="white", mew=5)
                axes.plot(x, y, "o", markersize=15, markerfacecolor="none", markeredgecolor="black", mew=2.2)
    return axes


def _arrows(axes, x, y, directions, length):
    # From the centre outwards, so that two directions stay two arrows; a white rim, so that they are seen on
    # wood, rug and couch alike.
    rim = [withStroke(linewidth=4.5, foreground="white")]
    for right, down in directions:
        arrow = FancyArrowPatch(
            (x, y),
            (x + right * length, y + down * length),
            arrowstyle="-|>",
            color="black",
            linewidth=1.8,
            mutation_scale=11,
            shrinkA=0,
            shrinkB=0,
            path_effects=rim,
        )
        axes.add_patch(arrow)


def _ink(background, alpha=1.0):
    """Return black or white, whichever contrasts more with a colour laid over white with this alpha."""
    red, green, blue = (alpha * part + 1 - alpha for part in background[:3])
    luminance = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
    # Contrast is (lighter + 0.05) / (darker + 0.05): both inks are equal at 0.179. Source: WCAG 2.2.
    return "black" if luminance > 0.179 else "white"
