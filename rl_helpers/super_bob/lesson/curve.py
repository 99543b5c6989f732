"""How far each game came, over the decisions taken: a picture that grows while Bob learns."""

import numpy as np

from rl_helpers import plots
from rl_helpers.notebook import palette
from rl_helpers.notebook.live import LivePicture

MOST_DOTS = 3_000
WINDOW = 200  # games of the share that is told


def growing_map(axes, games, n_decisions):
    """Draw a dot for each game that is over: when, and in which column.

    Args:
        axes: where to draw.
        games: `WatchedGames`.
        n_decisions: where the axis ends.

    Returns:
        The axes.
    """
    ends, columns = np.array(games.ends, dtype=int), np.array(games.columns, dtype=int)
    finished = np.array(games.finished, dtype=bool)
    every = _games_a_dot(games)
    for which, color, marker, label in (
        (~finished, palette.GREY, ".", "Bob died here"),
        (finished, palette.BLUE, "^", "he touched the flag"),
    ):
        # Dots that lie on each other are spread a little, so that many look like many.
        spread = np.random.default_rng(0).uniform(-0.4, 0.4, which.sum())
        style = {"color": color, "markersize": 3, "alpha": 0.5, "linestyle": ""}
        axes.plot(ends[which][::every], (columns[which] + spread)[::every], marker, label=label, **style)
    top = max(level.flag_column for level in games.levels)
    axes.set(
        xlim=(0, max(n_decisions, games.n_decisions)),
        ylim=(0, 1.04 * top),
        xlabel="decisions",
        ylabel="column",
    )
    axes.legend(loc="lower right", markerscale=3, framealpha=1, ncols=2)
    return axes


class LiveMap(LivePicture):
    """A map of deaths below a cell that grows while Bob learns: give it to `learn` as `on_update`.

    Args:
        n_decisions: how long the training takes.
    """

    def drawn(self, games):
        """Return the map of `WatchedGames`, and its words."""
        fig, axes = plots.new_axes(width=7.5, height=3.6)
        growing_map(axes, games, self.n_decisions)
        share = f"{games.share_finished(WINDOW):.0%}"
        axes.set_title(f"{games.n_decisions:,} of {self.n_decisions:,} decisions, {share} finished")
        return fig, (
            f"After {games.n_decisions:,} decisions: {len(games.ends):,} games, a dot for "
            f"{'each' if (every := _games_a_dot(games)) == 1 else f'one in {every}'}, at the column that it "
            f"ended in. Of the last {WINDOW} games {share} ended at the flag."
        )


def _games_a_dot(games):
    return -(-max(1, len(games.ends)) // MOST_DOTS)
