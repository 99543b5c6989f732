"""Notebooks 07 and 08: Breakout, its frames and a state of one's own.

Start with `collect_frames.py`.
"""
