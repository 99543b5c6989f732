"""Notebook 03: what an episode is worth, and rewards that bring about what was wanted.

Start with `discounted_return.py`.
"""
