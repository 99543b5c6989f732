"""How solutions are shown: the button, the mode that hides or shows all; and what a learner has solved.

Start with `button.py`.
"""
