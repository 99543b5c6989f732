"""A result against the setting of one hyperparameter: its mean over runs, with its band."""

import numpy as np

from rl_helpers.notebook import palette
from rl_helpers.plots.curves import mean_and_band


def over_settings(axes, settings, results, *, label, colour=palette.BLUE, line="-", marker="o"):
    """Draw the mean over runs with its 95 % band for each setting, the settings at equal distances.

    Settings are tried in steps such as 0, 0.01, 0.03, 0.1: neither a plain axis nor a logarithmic one has
    room for all of them.

    Args:
        axes: where to draw.
        settings: values of the hyperparameter, (n_settings,), in order.
        results: one number for each run and setting, (n_runs, n_settings); truth values count as 0 and 1.
        label: name in the legend.
        colour: from `palette`.
        line, marker: matplotlib's styles: colour is never the only thing that tells two curves apart.

    Returns:
        The axes.

    Raises:
        ValueError: if `results` has not one column for each setting.

    >>> from rl_helpers.plots import new_axes
    >>> axes = over_settings(new_axes()[1], [0, 0.1], [[1.0, 2.0], [3.0, 2.0]], label="100 episodes")
    >>> axes.lines[0].get_ydata().tolist(), [text.get_text() for text in axes.get_xticklabels()]
    ([2.0, 2.0], ['0', '0.1'])
    """
    results = np.atleast_2d(np.asarray(results, dtype=float))
    if results.shape[1] != len(settings):
        raise ValueError(
            f"results has shape {results.shape} for {len(settings)} settings: give one row a run, one column "
            "a setting"
        )
    mean, low, high = mean_and_band(results)
    places = np.arange(len(settings))
    axes.plot(places, mean, color=colour, linestyle=line, marker=marker, linewidth=1.8, label=label)
    axes.fill_between(places, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.set_xticks(places, [f"{each:g}" for each in settings])
    return axes
