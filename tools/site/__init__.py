"""Makes the web site from the notebooks' stored outputs, the texts and the docstrings.

Start with `build.py`.
"""
