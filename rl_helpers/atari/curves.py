"""The score of each game over the decisions taken: a picture that grows while an agent learns."""

import numpy as np

from rl_helpers import plots
from rl_helpers.notebook.live import LivePicture
from rl_helpers.plots import palette


def growing_curve(axes, ends, scores, *, n_decisions, window=10, least_top=100):
    """Draw the score of each game over the decisions taken, and its running mean.

    Args:
        axes: where to draw.
        ends, scores: decisions taken when a game was over, and its points.
        n_decisions: where the axis ends.
        window: games that the mean runs over.
        least_top: the axis of points reaches at least as far as this.

    Returns:
        The axes.
    """
    axes.plot(ends, scores, ".", color=palette.GREY, markersize=3, label="a game")
    if len(scores) >= window:
        means = np.convolve(scores, np.ones(window) / window, mode="valid")
        axes.plot(ends[window - 1 :], means, color=palette.BLUE, label=f"mean of {window} games")
    # A little further than the best and the worst game, so that their dots are whole.
    bottom, top = 1.05 * min([0, *scores]), 1.05 * max([least_top, *scores])
    axes.set(xlim=(0, n_decisions), ylim=(bottom, top), xlabel="decisions", ylabel="points")
    axes.legend(loc="upper left")
    return axes


class LiveCurve(LivePicture):
    """A learning curve below a cell that grows while an agent learns: give it to `learn` as `on_game`.

    Args:
        n_decisions: how long the training takes.
        least_top: see `growing_curve`.
    """

    def __init__(self, n_decisions, *, least_top=100):
        super().__init__(n_decisions)
        self.least_top = least_top

    def drawn(self, log):
        """Return the curve of a `TrainingLog`, and its words."""
        fig, axes = plots.new_axes(width=7, height=3.4)
        growing_curve(axes, log.ends, log.scores, n_decisions=self.n_decisions, least_top=self.least_top)
        last = f"{np.mean(log.scores[-10:]) if log.scores else 0.0:.0f}".replace("-", "−")
        axes.set_title(f"{log.n_decisions:,} of {self.n_decisions:,} decisions, {last} points")
        return fig, (
            f"Learning curve after {log.n_decisions:,} decisions and {len(log.scores)} games: "
            f"the last ten games brought {last} points on average."
        )
