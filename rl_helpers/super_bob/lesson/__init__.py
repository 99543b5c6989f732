"""What notebook 12 does with the game: training that can be watched, films, charts, and the deaths of a player.

Start with `live.py`.
"""
