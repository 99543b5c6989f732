"""Plain loops that the package is measured against, written as one would write them first.

Start with `loops.py`.
"""
