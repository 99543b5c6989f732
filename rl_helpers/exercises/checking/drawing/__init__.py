"""What further cases are drawn from: numbers, rows, and scripts of episodes.

Start with `inputs.py`.
"""
