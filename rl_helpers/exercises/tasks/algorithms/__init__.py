"""Notebook 06: what SARSA and Dyna-Q do that Q-learning does not.

Start with `sarsa_target.py`.
"""
