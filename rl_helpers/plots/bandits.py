"""Pictures for bandits: what Bob believes of his posts, and ways to explore beside each other."""

import math

import numpy as np
from matplotlib.patheffects import withStroke

from rl_helpers.intervals import mean_interval
from rl_helpers.notebook import palette
from rl_helpers.plots.style import number

PALE = "#D9D9D9"


def posts(axes, values, q_values, counts):
    """Draw the value of each post, how far its rewards spread, and what Bob believes of those he has tried.

    Args:
        axes: where to draw.
        values: the true means q*, in treats, (n_posts,); rewards have a standard deviation of 1 around them.
        q_values: Bob's estimates, (n_posts,).
        counts: how often he took each post, (n_posts,); an estimate that rests on nothing is left out.

    Returns:
        The axes.

    >>> from rl_helpers.plots import new_axes
    >>> axes = posts(new_axes()[1], [0.5, -1.0], [0.4, 0.0], [1000, 0])
    >>> [text.get_text() for text in axes.texts], axes.lines[1].get_xydata().tolist()
    (['1,000×', '0×'], [[0.0, 0.4]])
    """
    values, q_values, counts = (np.asarray(each) for each in (values, q_values, counts))
    numbers = np.arange(len(values))
    axes.bar(numbers, 2, bottom=values - 1, width=0.6, color=PALE, label="two rewards in three lie here")
    axes.plot(numbers, values, "_", color="black", markersize=22, mew=2, label="value q*")
    tried = np.flatnonzero(counts)
    axes.plot(tried, q_values[tried], "D", color=palette.VERMILION, label="Bob's estimate")
    for post in numbers:
        axes.annotate(f"{counts[post]:,}×", (post, values[post] + 1.08), ha="center", va="bottom")
    axes.axhline(0, color=palette.GREY, linewidth=0.8)
    low, high = values.min() - 1.2, values.max() + 2.6
    axes.set(xlabel="post", ylabel="reward (treats)", xticks=numbers, ylim=(low, high))
    axes.legend(loc="upper left", ncols=3, fontsize=9)
    return axes


def means(axes, runs, *, largest=True, digits=2, each=False):
    """Draw a row for each name: the mean over its runs, its 95 % interval, and the number.

    A dot is full for the best row, and for every other that the runs do not tell from it: the interval of the
    differences, run by run, contains 0. The other dots are hollow.

    Args:
        axes: where to draw.
        runs: from a name to one value a run, (n_runs,); the same number of runs for all.
        largest: whether the largest mean is the best, else the smallest.
        digits: decimals of the numbers.
        each: whether every run is shown too, as a small dot.

    Returns:
        The names of the full dots, in order.

    >>> from rl_helpers.plots import new_axes
    >>> means(new_axes()[1], {"greedy": [0, 1, 0, 1], "ε = 0.1": [3, 4, 3, 4], "ε = 0.2": [2, 5, 4, 3]})
    ['ε = 0.1', 'ε = 0.2']
    """
    runs = {name: np.asarray(values, dtype=float) for name, values in runs.items()}
    best = runs[(max if largest else min)(runs, key=lambda name: runs[name].mean())]
    full = []
    for row, (name, values) in enumerate(runs.items()):
        mean, (low, high) = values.mean(), mean_interval(values)
        below, above = mean_interval(values - best)
        full += [name] if below <= 0 <= above else []
        if each:
            # Spread over the height of the row, always in the same way.
            heights = row + 0.3 * np.sin(np.arange(len(values)))
            axes.plot(values, heights, ".", color=palette.GREY, markersize=3, alpha=0.5, markeredgewidth=0)
        filling = palette.BLUE if name in full else "white"
        axes.errorbar(
            mean, row, xerr=[[mean - low], [high - mean]], fmt="o", color=palette.BLUE, mfc=filling, capsize=3
        )
        axes.annotate(
            number(mean, digits),
            (mean, row),
            xytext=(0, 5),
            textcoords="offset points",
            ha="center",
            fontsize=9,
            path_effects=[withStroke(linewidth=3, foreground="white")],  # legible over the dots of `each`
        )
    axes.set_yticks(range(len(runs)), list(runs))
    axes.set_ylim(len(runs) - 0.5, -0.7)
    axes.grid(axis="y", color=PALE, linewidth=0.6)
    axes.set_axisbelow(True)
    return full


def settings(axes, results, *, label, colour=palette.BLUE, line="-"):
    """Draw what each setting of a way to explore misses, and name the setting that misses least.

    Args:
        axes: where to draw.
        results: from a setting, above 0, to the regret of a step in each run, (n_runs,).
        label: what the setting is, as it stands below the axis.
        colour: from `palette`.
        line: matplotlib's line style.

    Returns:
        The best setting.

    >>> from rl_helpers.plots import new_axes
    >>> fig, axes = new_axes()
    >>> settings(axes, {0.25: [1.0, 0.8], 0.5: [0.2, 0.3], 1.0: [0.6, 0.4]}, label="τ")
    0.5
    >>> [text.get_text() for text in axes.get_xticklabels()], axes.texts[0].get_text()
    (['1/4', '1/2', '1'], '0.25 at 1/2')
    """
    values = list(results)
    means_of = np.array([np.mean(runs) for runs in results.values()])
    low, high = np.array([mean_interval(runs) for runs in results.values()]).T
    errors = [means_of - low, high - means_of]
    axes.errorbar(values, means_of, errors, color=colour, linestyle=line, marker="o", markersize=4, capsize=2)
    best = int(means_of.argmin())
    axes.plot(values[best], means_of[best], "o", color=colour, markersize=10)
    axes.annotate(
        f"{means_of[best]:.2f} at {_fraction(values[best])}",
        (values[best], means_of[best]),
        xytext=(0, -17),
        textcoords="offset points",
        ha="center",
        fontsize=9,
    )
    axes.set_xscale("log", base=2)
    axes.set_xticks(values, [_fraction(value) for value in values], fontsize=8)
    axes.minorticks_off()
    axes.set_xlabel(label)
    return values[best]


def _fraction(value):
    """Return a power of two as it is said: 1/16, or 4.

    >>> _fraction(0.0625), _fraction(4.0), _fraction(1)
    ('1/16', '4', '1')
    """
    return f"1/{1 / value:g}" if value < 1 and math.log2(value).is_integer() else f"{value:g}"
