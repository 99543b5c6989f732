"""JupyterLab in a browser nobody sees: runs notebooks, presses keys, takes pictures.

Start with `station.py`.
"""
