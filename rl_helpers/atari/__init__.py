"""What serves any Atari game that a table learns: numbered states, training in decisions, parallel training.

Start with `training.py`. For a network that learns from pictures of many consoles, see `many/`.

A game has a folder of its own beside this one, `rl_helpers/<game>/`; the smallest is the example to follow.
To add one, write there

1. `reading.py`: from the console's memory and from its picture to the same `Reading`, tested on each other;
2. `states.py`: a `Watcher` that makes moments of readings, and a `StateSpace` that numbers moments;
3. `worlds.py`: `make_<game>`, which hands reader, watcher and mirrored actions to `NumberedStates`;
4. `learning.py`: an agent with settings that suit the game, for `learn` and `trained_in_parallel`;
5. `tests/<game>/`: a test for each of these.

Nothing in this folder changes. Outside it, name the game in `LAYERS` (`tools/code_map.py`), and let
`python -m tools.code_map` write the map of the code.
"""

from rl_helpers.atari.budgets import decisions_in
from rl_helpers.atari.console import make_console
from rl_helpers.atari.mean_table import MeanTable
from rl_helpers.atari.parallel_training import trained_in_parallel
from rl_helpers.atari.tables import load_agent, save_table
from rl_helpers.atari.training import Training, TrainingLog, learn
from rl_helpers.atari.wrappers import ClipReward, LostLife, Scores
from rl_helpers.environments import NumberedStates, OpenStateSpace, StateSpace, bucket

__all__ = [
    "ClipReward",
    "LostLife",
    "MeanTable",
    "NumberedStates",
    "OpenStateSpace",
    "Scores",
    "StateSpace",
    "Training",
    "TrainingLog",
    "bucket",
    "decisions_in",
    "learn",
    "load_agent",
    "make_console",
    "save_table",
    "trained_in_parallel",
]
