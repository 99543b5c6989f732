"""A button that uncovers a solution; where no kernel runs, a line that says how to get it."""

import html
import os
import weakref

from rl_helpers.exercises.answers.mode import remember_mode, solution_mode

NO_BUTTON = "RL_HELPERS_NO_BUTTON"
"""Environment variable: while it is set a line stands in for the button, so that notebooks come out alike."""

_displayed = weakref.WeakSet()  # the controls of this notebook, to show or hide them all at once


class SolutionButton:
    """Shows a button in a running notebook, and elsewhere one line that gives nothing away.

    Args:
        exercise: anything with a `name` and the `code` of its solution.
    """

    def __init__(self, exercise):
        self.name = exercise.name
        self.code = exercise.code

    def __repr__(self):
        return f"Run this cell to get the solution button for {self.name}."

    def _repr_mimebundle_(self, include=None, exclude=None):
        fallback = f"Run this cell to get the solution button for <code>{html.escape(self.name)}</code>."
        bundle = {"text/plain": repr(self), "text/html": f"<p>{fallback}</p>"}
        # A stored notebook has no use for a button, and its id would be different every time.
        if NO_BUTTON in os.environ:
            return bundle
        data, metadata = self.widget()._repr_mimebundle_()
        return {**data, **bundle}, metadata

    def widget(self):
        """Return the button with the solution, an `Uncover`; how much it shows is up to the mode."""
        from rl_helpers.exercises.answers.uncover import Uncover  # which imports what only a page needs

        button = Uncover(self.name, self.code, solution_mode())
        _displayed.add(button)
        return button


def show_solutions(mode="show"):
    """Show or hide all solutions: those of this notebook at once, those of others when their cells run.

    The choice holds for all notebooks of this folder until the next one. The environment variable
    `RL_HELPERS_SOLUTIONS` sets it for a whole class and counts first.

    Args:
        mode: "show" all, "hide" all, buttons included, or "button": each waits behind its button.

    Raises:
        ValueError: if there is no such mode, or the environment variable has decided already.
    """
    remember_mode(mode)
    for button in _displayed:
        button.follow(mode)
