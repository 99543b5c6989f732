"""The machinery that checks an answer; it knows no task.

Start with `judge.py`.
"""
