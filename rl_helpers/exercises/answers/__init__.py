"""How solutions are shown: the button, and the mode that hides or shows all of them.

Start with `button.py`.
"""
