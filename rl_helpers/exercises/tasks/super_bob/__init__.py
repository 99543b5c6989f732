"""Notebook 12: a reward that is gamed, the curve of a curriculum, a level that fools the trained agent.

Start with `smallest_flag.py`.
"""
