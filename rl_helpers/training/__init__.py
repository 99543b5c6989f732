"""Training: the loop between agent and environment, once for one agent and once for many at the same time.

Start with `episodes.py`.
"""

from rl_helpers.fast.train_many import train_many
from rl_helpers.history import History, StepHistory, Transition
from rl_helpers.training.episodes import evaluate, run_episode, train
from rl_helpers.training.sweep import sweep

__all__ = ["History", "StepHistory", "Transition", "evaluate", "run_episode", "sweep", "train", "train_many"]
