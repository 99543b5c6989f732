"""Trains Bob to finish the nightmare, measures what he needs for it, and films him.

Start with `__main__.py`.
"""
