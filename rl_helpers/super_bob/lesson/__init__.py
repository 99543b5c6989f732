"""Notebook 12: training that can be watched, pictures and charts, and the deaths of a player.

Start with `live.py`.
"""
