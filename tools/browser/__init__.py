"""JupyterLab in a headless browser: runs notebooks, presses keys, takes pictures.

Start with `station.py`.
"""
