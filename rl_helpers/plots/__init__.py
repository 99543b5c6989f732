"""Plots: data in, `Axes` out. Nothing here trains, shows or restyles globally.

Start with `curves.py`.
"""

from rl_helpers.notebook import palette
from rl_helpers.plots.algorithms import algorithm_map
from rl_helpers.plots.backups import BACKUPS, backup_diagram, backup_words
from rl_helpers.plots.bandits import means, posts, settings
from rl_helpers.plots.cliff import cliff, ways
from rl_helpers.plots.curves import learning_curve, mean_and_band, reference_line, smoothed
from rl_helpers.plots.over_settings import over_settings
from rl_helpers.plots.rooms import gaps, mark_cell, policy, room, values, walkable
from rl_helpers.plots.steps import over_steps, regret
from rl_helpers.plots.style import DIVERGING, new_axes, number, pixels
from rl_helpers.plots.tables import q_table

__all__ = [
    "BACKUPS",
    "DIVERGING",
    "algorithm_map",
    "backup_diagram",
    "backup_words",
    "cliff",
    "gaps",
    "learning_curve",
    "mark_cell",
    "mean_and_band",
    "means",
    "new_axes",
    "number",
    "over_settings",
    "over_steps",
    "palette",
    "pixels",
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
    "ways",
]
