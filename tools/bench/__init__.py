"""`make bench`: measures every figure that the README quotes.

Start with `report.py`.
"""
