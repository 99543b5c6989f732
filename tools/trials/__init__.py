"""Measures Super Bob for notebook 12: each module trains or searches, and writes a file in `data/`.

Start with `rewards.py`.
"""
