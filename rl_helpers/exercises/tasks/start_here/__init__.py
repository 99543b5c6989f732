"""Notebook 00: a first exercise, to see how checking works.

Start with `total_reward.py`.
"""
