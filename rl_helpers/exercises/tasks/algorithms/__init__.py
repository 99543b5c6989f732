"""Notebook 05: what SARSA and Dyna-Q do that Q-learning does not."""
