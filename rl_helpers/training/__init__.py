"""Training: the loop between agent and environment, evaluation, and sweeps over settings.

Start with `episodes.py`. `train_many` is in `many_runs.py`; all runs together learn in `fast`.
"""

from rl_helpers.history import History, StepHistory, Transition
from rl_helpers.training.episodes import evaluate, run_episode, train
from rl_helpers.training.many_runs import train_many
from rl_helpers.training.sweep import sweep

__all__ = ["History", "StepHistory", "Transition", "evaluate", "run_episode", "sweep", "train", "train_many"]
