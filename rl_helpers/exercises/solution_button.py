"""A button that uncovers a solution; where no kernel runs, a line that says how to get it."""

import ast
import html
import inspect
import os

from rl_helpers.exercises.progress import NO_PROGRESS


class SolutionButton:
    """Shows a button in a running notebook, and elsewhere one line that gives nothing away.

    Args:
        exercise: an `Exercise`.

    Attributes:
        code: the solution's source, without its docstring.
    """

    def __init__(self, exercise):
        self.name = exercise.name
        self.code = source_without_docstring(exercise.solution)

    def __repr__(self):
        return f"Run this cell to get the solution button for {self.name}."

    def _repr_mimebundle_(self, include=None, exclude=None):
        fallback = f"Run this cell to get the solution button for <code>{html.escape(self.name)}</code>."
        bundle = {"text/plain": repr(self), "text/html": f"<p>{fallback}</p>"}
        # A stored notebook has no use for a button, and its id would be different every time.
        if NO_PROGRESS in os.environ:
            return bundle
        return {**bundle, **self.widget()._repr_mimebundle_(), **bundle}

    def widget(self):
        """Return the button with the covered solution, an `ipywidgets` box."""
        import ipywidgets

        button = ipywidgets.Button(
            description="Show the solution",
            tooltip=f"Show or hide the solution of {self.name}",
            layout=ipywidgets.Layout(width="auto", align_self="flex-start"),
        )
        place = ipywidgets.HTML()

        def toggle(_):
            hidden = not place.value
            code = html.escape(self.code)
            place.value = f'<pre style="line-height:1.4" tabindex="0">{code}</pre>' if hidden else ""
            button.description = "Hide the solution" if hidden else "Show the solution"

        button.on_click(toggle)
        return ipywidgets.VBox([button, place])


def source_without_docstring(function):
    """Return a function's source code without its docstring: the exercise's cell has it already."""
    source = inspect.getsource(function)
    first = ast.parse(source).body[0].body[0]
    lines = source.splitlines()
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    if is_docstring:
        del lines[first.lineno - 1 : first.end_lineno]
    return "\n".join(lines)
