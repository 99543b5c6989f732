"""Curves over time steps, for worlds without episodes: rewards, shares, and regret as it adds up."""

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.notebook import palette
from rl_helpers.plots.curves import mean_and_band


def over_steps(axes, points, *, label, window=1, colour=palette.BLUE, line="-"):
    """Draw the mean over runs with its 95 % band, over time steps.

    Args:
        axes: where to draw.
        points: (n_runs, n_points), each the mean over `window` neighbouring steps, as `smoothed` returns.
        label: name in the legend.
        window: number of time steps that one point stands for.
        colour: from `palette`.
        line: matplotlib's line style: colour is never the only thing that tells two curves apart.

    Returns:
        The axes.

    >>> from rl_helpers.plots import new_axes
    >>> axes = over_steps(new_axes()[1], [[1.0, 2.0], [3.0, 2.0]], label="Bob", window=10)
    >>> axes.lines[0].get_xydata().tolist()
    [[5.5, 2.0], [15.5, 2.0]]
    """
    points = _runs(points)
    window = count("window", window)
    middles = np.arange(points.shape[1]) * window + (window + 1) / 2
    return _draw(axes, middles, points, points.shape[1] * window, label, colour, line)


def regret(axes, points, *, label, window=1, colour=palette.BLUE, line="-", unit="reward"):
    """Draw the regret that has added up so far, its mean over runs and the 95 % band.

    Args:
        axes: where to draw.
        points: regret of each time step, (n_runs, n_points), each the mean over `window` neighbouring steps.
        label: name in the legend.
        window: number of time steps that one point stands for.
        colour: from `palette`.
        line: matplotlib's line style: colour is never the only thing that tells two curves apart.
        unit: in what rewards are counted.

    Returns:
        The axes.

    Source:
        Lattimore & Szepesvári, Bandit Algorithms (2020), chapter 4. What counts is the values of the actions
        taken, not the rewards they happened to bring.

    >>> from rl_helpers.plots import new_axes
    >>> axes = regret(new_axes()[1], [[1.0, 0.5, 0.0]], label="Bob", window=10)
    >>> axes.lines[0].get_xydata().tolist()
    [[0.0, 0.0], [10.0, 10.0], [20.0, 15.0], [30.0, 15.0]]
    """
    points = _runs(points)
    window = count("window", window)
    # A sum is known at the end of each window, and before the first step nothing is lost.
    so_far = np.pad(points.cumsum(axis=1) * window, ((0, 0), (1, 0)))
    ends = np.arange(so_far.shape[1]) * window
    _draw(axes, ends, so_far, ends[-1], label, colour, line)
    axes.set_ylabel(f"regret so far ({unit})")
    axes.set_ylim(bottom=0)
    return axes


def _runs(points):
    points = np.atleast_2d(np.asarray(points, dtype=float))
    if points.size == 0:
        raise ValueError(
            f"points has shape {points.shape}: give one row for each run, with at least one point"
        )
    return points


def _draw(axes, steps, points, n_steps, label, colour, line):
    mean, low, high = mean_and_band(points)
    axes.plot(steps, mean, color=colour, linestyle=line, label=label, linewidth=1.8)
    axes.fill_between(steps, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.set_xlabel("time step")
    axes.set_xlim(0, n_steps)
    return axes
