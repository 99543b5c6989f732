"""`make load`: a class of learners on one server.

Start with `classroom.py`.
"""
