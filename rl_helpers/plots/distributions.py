"""Runs one by one, where their mean is no run's value: shares of runs, and each run as a dot."""

import numpy as np

from rl_helpers.notebook import palette

MARKERS = "osD^vPX"
MOST_BARS = 40


def shares_of_runs(axes, values, *, label=None, colour=palette.BLUE, bins=None, hatch=""):
    """Draw what share of the runs has which value, as bars.

    Args:
        axes: where to draw.
        values: one a run, such as its mean return at the end of training.
        label: name in the legend.
        colour: from `palette`.
        bins: edges of the bars, or their number; if not given, a bar for each value where all are whole and
            near each other, else twenty.
        hatch: matplotlib's hatch, which tells a second distribution apart without colour.

    Returns:
        The axes.

    Raises:
        ValueError: if there are no runs, or a value is not finite.

    >>> from rl_helpers.plots import new_axes
    >>> axes = shares_of_runs(new_axes()[1], [0, 0, 0, 5])
    >>> [float(bar.get_height()) for bar in axes.patches]
    [75.0, 0.0, 0.0, 0.0, 0.0, 25.0]
    """
    values = _checked(values)
    if bins is None:
        low, high = values.min(), values.max()
        whole = np.all(values % 1 == 0) and high - low < MOST_BARS
        bins = np.arange(low - 0.5, high + 1) if whole else 20
    weights = np.full(len(values), 100 / len(values))
    look = {"facecolor": colour + "99", "edgecolor": colour, "hatch": hatch, "label": label}
    axes.hist(values, bins=bins, weights=weights, rwidth=0.86, **look)
    axes.set_ylabel("share of runs (%)")
    return axes


def dots_of_runs(axes, groups, *, n_levels=40, markersize=4.5):
    """Draw each run as a dot, group beside group, and the median of each as a line.

    Args:
        axes: where to draw; set its y label to what the values are, with their unit.
        groups: from the name of each group to its values, one a run.
        n_levels: how many heights dots are moved to, so that equal runs stand side by side.
        markersize: of the dots, in points.

    Returns:
        The axes.

    Raises:
        ValueError: if there are no groups, a group has no runs, or a value is not finite.

    >>> from rl_helpers.plots import new_axes
    >>> axes = dots_of_runs(new_axes()[1], {"SARSA": [1.0, 1.0, 4.0], "Q-learning": [2.0]})
    >>> axes.lines[0].get_xydata().round(2).tolist()
    [[-0.02, 1.0], [0.02, 1.0], [0.0, 4.0]]
    """
    if not groups:
        raise ValueError("there are no groups: give a dict from name to values, one a run")
    groups = {name: _checked(values) for name, values in groups.items()}
    everything = np.concatenate(list(groups.values()))
    step = float(np.ptp(everything)) / n_levels or 1.0
    levels = {name: np.round((values - everything.min()) / step) for name, values in groups.items()}
    widest = max(np.unique(each, return_counts=True)[1].max() for each in levels.values())
    gap = min(0.04, 0.8 / widest)
    for place, (name, values) in enumerate(groups.items()):
        look = {"color": palette.CYCLE[place % 7], "marker": MARKERS[place % 7], "linestyle": ""}
        # Runs of one level stand symmetrically around the middle of their group.
        x = np.empty(len(values))
        for level in np.unique(levels[name]):
            (inside,) = np.nonzero(levels[name] == level)
            x[inside] = place + gap * (np.arange(len(inside)) - (len(inside) - 1) / 2)
        axes.plot(x, everything.min() + levels[name] * step, markersize=markersize, alpha=0.7, **look)
        axes.plot(place + np.array([-0.43, 0.43]), [np.median(values)] * 2, color="black", linewidth=1.6)
    axes.set_xticks(range(len(groups)), groups)
    axes.set_xlim(-0.55, len(groups) - 0.45)
    axes.tick_params(axis="x", length=0)
    return axes


def _checked(values):
    values = np.ravel(np.asarray(values, dtype=float))
    if not len(values) or not np.isfinite(values).all():
        raise ValueError(f"values are {len(values)} runs, expected at least one, all of them finite numbers")
    return values
