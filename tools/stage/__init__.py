"""How a notebook is cut into slides of 1280 × 720, and how these look in JupyterLab.

Start with `cut.py`.
"""
