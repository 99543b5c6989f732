"""Rooms and mazes drawn as text: the named ones, and reading and checking any other.

Start with `layouts.py`.
"""
