"""Exercises: a check for each, which names the mistake and hands over a function to go on with.

Start with `course.py`.

>>> from rl_helpers.exercises import check, solution
>>> def td_error(target, q_value):
...     ...
>>> td_error = check.td_error(td_error)
○ td_error: not yet. Write the body of `td_error` in the cell above, run it, and run this cell again.
Until then the notebook goes on with the course's function.
>>> td_error(2.0, 0.5)
1.5
"""

from rl_helpers.exercises.answers.button import show_solutions
from rl_helpers.exercises.course import EXERCISES, Check, solution

check = Check()

__all__ = ["EXERCISES", "Check", "check", "show_solutions", "solution"]
