"""One file per exercise, in folders by topic: its solution, cases, mistakes and hints.

Start with `q_learning/td_error.py`.

A new exercise is two files and three cells:

1. `tasks/<topic>/<name>.py`: the solution, `def <name>(…)`, and `exercise = Exercise(notebook=…, place=…,
   solution=<name>, cases=…, draw=…, mistakes=…, hint=…)`; `checking/exercise.py` says what each of these is.
   `draw` yields further cases at random; what they cannot tell apart from the solution passes.
2. `tests/answers/<topic>/<name>.py`: answers as learners write them, at least two marked `@right`, at least
   five `@wrong("words of the hint")`.
3. In `notebooks/src`, a cell with the empty function, one with `<name> = check.<name>(<name>)`, and one with
   `solution("<name>")`.
4. No list to edit: check, button, progress, the instructors' guide and the tests find it by its place.
5. `python -m pytest tests/exercises` says what is missing, and which one-place changes of the solution the
   check lets through; `make notebooks` builds notebook, guide and map.
"""
