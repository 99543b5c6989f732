"""What a notebook shows and says to its reader: pictures, films, tables, advice, the set-up report.

Start with `show.py`.
"""

from rl_helpers.notebook.paths import output_path
from rl_helpers.notebook.published import breakout_scores

__all__ = ["breakout_scores", "output_path"]
