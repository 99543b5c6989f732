"""A button that does something in Python and shows what came of it."""

import html
from pathlib import Path

import anywidget
import traitlets

HERE = Path(__file__).parent
INVITATION = "Run this cell to get the button."


class PushButton(anywidget.AnyWidget):
    """The widget that `push_button` returns.

    Attributes:
        n_pressed: how many times it has been pressed.
        working: whether Python is at it.
        content: HTML of what came of it.
    """

    _esm = HERE / "push_button.js"
    _css = HERE / "widgets.css"
    label = traitlets.Unicode().tag(sync=True)
    working = traitlets.Bool(False).tag(sync=True)
    content = traitlets.Unicode().tag(sync=True)

    def __init__(self, label, action):
        self.n_pressed = 0
        self._action = action
        super().__init__(label=label)
        self.on_msg(lambda *_: self.press())

    def press(self):
        """Do what a click on the button does; an error is told below the button, which stays usable."""
        self.n_pressed += 1
        self.working = True
        try:
            self.content = self._action(self.n_pressed).html
        except Exception as error:  # A callback's traceback would go to a log that nobody reads.
            self.content = f"<p>{html.escape(f'{type(error).__name__}: {error}')}</p>"
        finally:
            self.working = False

    def _repr_mimebundle_(self, **options):
        data, metadata = super()._repr_mimebundle_(**options)
        return {**data, "text/plain": INVITATION, "text/html": f"<p><em>{INVITATION}</em></p>"}, metadata


def push_button(label, action):
    """Show a button; a click calls Python and shows below what it returns.

    Args:
        label: what stands on the button, "Teach Bob".
        action: is called with 1 for the first click, 2 for the second and so on; returns a `Shown`, such as
            `show.film(…)` or `show.beside(…)`.

    Returns:
        A `PushButton`; its `press` does what a click does.

    >>> import numpy as np
    >>> from rl_helpers.notebook import show
    >>> square = show.picture(np.zeros((9, 9), np.uint8), alt="a square")
    >>> button = push_button("Draw", lambda number: square)
    >>> button.press()
    >>> button.n_pressed
    1
    """
    return PushButton(label, action)
