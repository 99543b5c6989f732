"""Notebook 05: Q-learning, from its target to the training loop.

Start with `td_target.py`.
"""
