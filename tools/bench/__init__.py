"""`make bench`: measures speeds, sizes and memory that the README quotes.

Start with `report.py`.
"""
