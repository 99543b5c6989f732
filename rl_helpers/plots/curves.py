"""Learning curves: a mean over many runs, with its band."""

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.history import History
from rl_helpers.intervals import mean_interval
from rl_helpers.notebook import palette


def mean_and_band(curves, *, confidence=0.95):
    """Return the mean over runs and its interval by Student's t, point by point.

    Args:
        curves: (n_runs, n_points).
        confidence: share of such intervals that cover the true mean.

    Returns:
        mean, low, high: each (n_points,). With one run there is no band: low and high are NaN.

    Raises:
        ValueError: if there are no runs, or a value is not finite.

    >>> mean, low, high = mean_and_band(np.array([[1.0, 2.0], [3.0, 2.0]]))
    >>> mean, bool(low[0] <= 2 <= high[0]), bool(low[1] == high[1])
    (array([2., 2.]), True, True)
    """
    curves = np.atleast_2d(np.asarray(curves, dtype=float))
    n_runs = len(curves)
    if n_runs == 0:
        raise ValueError(f"curves has shape {curves.shape}, that is no runs: give one row for each run")
    mean = curves.mean(axis=0)
    if n_runs == 1:
        nothing = np.full_like(mean, np.nan)
        return mean, nothing, nothing
    return mean, *mean_interval(curves, level=confidence)


def smoothed(curves, window):
    """Return averages over `window` neighbouring episodes, (..., n_episodes // window) and their middles.

    Raises:
        ValueError: if there are fewer than `window` episodes, or runs are not equally long.
        TypeError: if these are no numbers.

    >>> points, middles = smoothed(np.array([[0.0, 2.0, 4.0, 6.0]]), window=2)
    >>> points.tolist(), middles.tolist()
    ([[1.0, 5.0]], [1.5, 3.5])
    """
    try:
        curves = np.atleast_2d(np.asarray(curves, dtype=float))
    except (TypeError, ValueError):
        raise TypeError(
            f"curves are {type(curves).__name__}, expected one curve, or several of one length in an array "
            "(n_runs, n_episodes), such as history.returns"
        ) from None
    if curves.ndim > 2:
        raise ValueError(
            f"curves have shape {curves.shape}, expected (n_runs, n_episodes): give one learner's at a time"
        )
    window = count("window", window)
    n_points = curves.shape[1] // window
    if n_points == 0:
        raise ValueError(
            f"window is {window} and there are {curves.shape[1]} episodes: "
            "take a smaller window or train longer"
        )
    points = curves[:, : n_points * window].reshape(len(curves), n_points, window).mean(axis=2)
    return points, np.arange(n_points) * window + (window + 1) / 2


def learning_curve(axes, curves, *, label, colour=palette.BLUE, window=1, line="-", unit=None):
    """Draw the mean over runs with its 95 % band.

    Args:
        axes: where to draw.
        curves: a `History`, whose returns are drawn, or an array (n_runs, n_episodes).
        label: name in the legend.
        colour: from `palette`.
        window: number of neighbouring episodes averaged into one point.
        line: matplotlib's line style: colour is never the only thing that tells two curves apart.
        unit: in what the returns are counted. None: as the world of the `History` says, "reward" where it
            says nothing, and for an array on axes that have no name yet.

    Returns:
        The axes.

    >>> from rl_helpers.plots import new_axes
    >>> history = History(np.ones((2, 5)), np.ones((2, 5)), reward_unit="euros")
    >>> learning_curve(new_axes()[1], history, label="vending machine").get_ylabel()
    'return (euros)'
    """
    if isinstance(curves, History):
        curves, unit = curves.returns, unit or curves.reward_unit
    points, middles = smoothed(curves, window)
    mean, low, high = mean_and_band(points)
    axes.plot(middles, mean, color=colour, linestyle=line, label=label, linewidth=1.8)
    axes.fill_between(middles, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.set_xlabel("episode")
    if unit or not axes.get_ylabel():  # an array beside a `History` is of the same world
        axes.set_ylabel(f"return ({unit or 'reward'})")
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
