"""Notebook 11: the parts of deep Q-networks: what the memory may be asked for, and what is aimed at.

Start with `rows_to_draw.py`.
"""
