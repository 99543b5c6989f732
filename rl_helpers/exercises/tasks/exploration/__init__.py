"""Notebook 04: how to choose an action by values and chance.

Start with `epsilon_greedy.py`.
"""
