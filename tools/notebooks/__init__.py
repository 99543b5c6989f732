"""Makes the notebooks and the guide for instructors from their sources.

Start with `build.py`.
"""
