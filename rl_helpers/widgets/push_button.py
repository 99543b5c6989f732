"""A button that does something in Python and shows what came of it."""

import html

import ipywidgets

INVITATION = "Run this cell to get the button."


class PushButton(ipywidgets.VBox):
    """The widget that `push_button` returns.

    Attributes:
        n_pressed: how many times it has been pressed.
    """

    def __init__(self, label, action):
        self.n_pressed = 0
        self._label, self._action = label, action
        self._button = ipywidgets.Button(description=label, layout=ipywidgets.Layout(width="auto"))
        self._place = ipywidgets.HTML()
        self._button.on_click(lambda _: self.press())
        super().__init__([self._button, self._place], layout=ipywidgets.Layout(align_items="flex-start"))
        self.add_class("bob-push")

    def press(self):
        """Do what a click on the button does; an error is told below the button, which stays usable."""
        self.n_pressed += 1
        self._button.disabled, self._button.description = True, f"{self._label} …"
        try:
            self._place.value = self._action(self.n_pressed).html
        except Exception as error:  # A callback's traceback would go to a log that nobody reads.
            self._place.value = f"<p>{html.escape(f'{type(error).__name__}: {error}')}</p>"
        finally:
            self._button.disabled, self._button.description = False, self._label

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        return {**bundle, "text/plain": INVITATION, "text/html": f"<p><em>{INVITATION}</em></p>"}


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
