"""What a notebook shows and says to its reader: pictures, films, tables, advice, the set-up report.

Start with `show.py`.
"""
