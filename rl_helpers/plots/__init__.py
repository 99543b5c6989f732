"""Plots: data in, `Axes` out. Nothing here trains, shows or restyles globally.

Start with `curves.py`.
"""

from rl_helpers.notebook import palette
from rl_helpers.plots.algorithms import algorithm_map
from rl_helpers.plots.backups import BACKUPS, backup_diagram, backup_words
from rl_helpers.plots.bandits import means, posts, settings
from rl_helpers.plots.curves import learning_curve, mean_and_band, reference_line, smoothed
from rl_helpers.plots.rooms import policy, room, values, walkable
from rl_helpers.plots.steps import over_steps, regret
from rl_helpers.plots.style import DIVERGING, ink, new_axes, number
from rl_helpers.plots.tables import q_table

__all__ = [
    "BACKUPS",
    "DIVERGING",
    "algorithm_map",
    "backup_diagram",
    "backup_words",
    "ink",
    "learning_curve",
    "mean_and_band",
    "means",
    "new_axes",
    "number",
    "over_steps",
    "palette",
    "policy",
    "posts",
    "q_table",
    "reference_line",
    "regret",
    "room",
    "settings",
    "smoothed",
    "values",
    "walkable",
]
