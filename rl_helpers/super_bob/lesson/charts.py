"""Charts of notebook 12: what Bob sees, and what was measured of him."""

import numpy as np

from rl_helpers.intervals import mean_interval
from rl_helpers.notebook import palette
from rl_helpers.super_bob.game.observations import N_TILES, TILES_SHAPE
from rl_helpers.super_bob.levels.level import SEEN_ABOVE, SEEN_BEHIND

OUTCOMES = (("finished", palette.BLUE, ""), ("waiting", palette.ORANGE, "///"), ("died", palette.GREY, ".."))


def seen_tiles(axes, observation):
    """Draw the tiles of an observation, with the numbers that Bob is told of them.

    Args:
        axes: where to draw.
        observation: float (161,).
    """
    from rl_helpers.plots import DIVERGING

    tiles = np.asarray(observation)[:N_TILES].reshape(TILES_SHAPE)
    axes.imshow(tiles, cmap=DIVERGING, vmin=-1, vmax=1)
    for (row, column), value in np.ndenumerate(tiles):
        if value:
            axes.text(column, row, f"{value:g}".replace("-", "−"), ha="center", va="center", fontsize=8)
    axes.text(SEEN_BEHIND, SEEN_ABOVE, "Bob", ha="center", va="center", fontsize=9, weight="bold")
    axes.set(
        xticks=[0, 4, 8, 12],
        xticklabels=["−4", "0", "4", "8"],
        yticks=[0, 5, 10],
        yticklabels=["−5", "0", "5"],
    )
    axes.set(xlabel="columns from Bob", ylabel="rows from Bob")
    return axes


def outcomes_chart(axes, rows, names):
    """Draw how games ended, a bar a training setting, with a dot for the finished share of each seed.

    Args:
        axes: where to draw.
        rows: dicts with "rewards", "finished", "waiting" and "died", in games of 100; one a seed.
        names: settings, from the top.
    """
    for place, name in enumerate(names):
        of_setting = [row for row in rows if row["rewards"] == name]
        left = 0.0
        for outcome, color, hatch in OUTCOMES:
            mean = float(np.mean([row[outcome] for row in of_setting]))
            style = {"color": color, "alpha": 0.75, "hatch": hatch, "edgecolor": "white"}
            axes.barh(place, mean, left=left, label=outcome if not place else None, **style)
            left += mean
        finished = [row["finished"] for row in of_setting]
        axes.plot(
            finished, [place] * len(finished), "o", color="white", markeredgecolor="black", markersize=5
        )
    axes.set(yticks=range(len(names)), yticklabels=names, xlim=(0, 100), xlabel="games in 100")
    axes.invert_yaxis()
    axes.legend(loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=3, frameon=False)
    return axes


def shares_chart(axes, shares, *, unit="finished games in 100"):
    """Draw a dot for each seed and the 95% interval of their mean, a row a setting.

    Args:
        axes: where to draw.
        shares: from the name of each setting to numbers, one a seed, at least two.
        unit: of the axis.
    """
    for place, values in enumerate(shares.values()):
        low, high = mean_interval(values) if np.ptp(values) else (values[0], values[0])
        color = palette.BLUE if not place else palette.ORANGE
        axes.plot(
            [max(low, 0), min(high, 100)],
            [place, place],
            color=color,
            linewidth=6,
            alpha=0.35,
            solid_capstyle="butt",
        )
        axes.plot(
            values, np.full(len(values), place), "o", color=color, markersize=5, markeredgecolor="white"
        )
        axes.plot(np.mean(values), place, "|", color=palette.BLACK, markersize=16)
    axes.set(yticks=range(len(shares)), yticklabels=list(shares), xlabel=unit, xlim=(-1.5, 101.5))
    axes.invert_yaxis()
    axes.grid(axis="x", alpha=0.3)
    return axes


def flags_chart(axes, finished, threshold):
    """Draw how many games end at the flag over what the flag pays, a dot a seed, and where the sum says.

    Args:
        axes: where to draw.
        finished: from the flag's reward to games in 100, one a seed.
        threshold: the reward above which touching the flag is worth more.
    """
    for flag, values in finished.items():
        axes.plot(
            [flag] * len(values), values, "o", color=palette.BLUE, markersize=6, markeredgecolor="white"
        )
    axes.plot(
        list(finished), [np.mean(values) for values in finished.values()], color=palette.BLUE, alpha=0.5
    )
    axes.axvline(threshold, color=palette.VERMILION, linestyle="--")
    axes.annotate("by the sum", (threshold, 50), xytext=(6, 0), textcoords="offset points")
    axes.set(xlabel="reward for the flag", ylabel="games in 100 that end at the flag", ylim=(-4, 104))
    return axes


def levels_chart(axes, numbers, shares):
    """Draw shares of finished games over the number of levels trained on: means, 95% intervals, seeds.

    Args:
        axes: where to draw.
        numbers: of levels, rising.
        shares: from a name, such as "new levels", to games in 100, (n_numbers, n_seeds).
    """
    styles = ((palette.GREY, "s", "--"), (palette.BLUE, "o", "-"))
    for (name, values), (color, marker, line) in zip(shares.items(), styles, strict=False):
        values = np.asarray(values, dtype=float)
        if values.shape[1] > 2:  # two seeds give an interval as wide as the axis
            low, high = mean_interval(values, axis=1)
            axes.fill_between(numbers, np.clip(low, 0, 100), np.clip(high, 0, 100), color=color, alpha=0.2)
        axes.plot(numbers, values.mean(axis=1), line, color=color, label=name)
        axes.plot(
            np.repeat(numbers, values.shape[1]), values.ravel(), marker, color=color, markersize=4, alpha=0.6
        )
    axes.set(
        xscale="log",
        xticks=numbers,
        ylim=(0, 102),
        xlabel="levels trained on",
        ylabel="finished games in 100",
    )
    axes.set_xticklabels([f"{number:,}" for number in numbers])
    axes.minorticks_off()
    axes.legend(loc="lower right")
    return axes


def first_finishes(rows) -> str:
    """Return after how many decisions each training first finished, or the column it came to.

    Args:
        rows: dicts with "first_finish_decisions", None if there was none, and "farthest".

    >>> first_finishes([{"first_finish_decisions": 1_949_696, "farthest": 221}])
    '1.9 million'
    >>> first_finishes([{"first_finish_decisions": None, "farthest": n} for n in (16, 18)])
    'column 16, column 18'
    """
    decisions = [(row["first_finish_decisions"], row["farthest"]) for row in rows]
    return ", ".join(f"{n / 1e6:.1f} million" if n else f"column {farthest}" for n, farthest in decisions)
