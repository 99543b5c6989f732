"""Training: the loop between agent and environment, once for one agent and once for many at the same time."""

from rl_helpers.fast.train_many import StepHistory, train_many
from rl_helpers.training.episodes import History, Transition, evaluate, run_episode, train
from rl_helpers.training.sweep import sweep

__all__ = ["History", "StepHistory", "Transition", "evaluate", "run_episode", "sweep", "train", "train_many"]
