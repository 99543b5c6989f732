"""Notebook 01: the loop between agent and environment.

Start with `interaction_loop.py`.
"""
