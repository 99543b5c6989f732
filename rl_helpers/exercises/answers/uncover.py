"""A button that shows and hides a solution in the page itself, so that it works while Python is busy."""

import html
from pathlib import Path

import anywidget
import traitlets
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

HERE = Path(__file__).parent
HIDDEN = "The solutions are hidden for now. Your instructor can show them."


class Uncover(anywidget.AnyWidget):
    """The widget.

    Args:
        name: of what is solved.
        code: the solution.
        mode: "show" it, "button": it waits behind the button, or "hide": the page does not get it.

    Attributes:
        content: HTML of what the button uncovers.
    """

    _esm = HERE / "uncover.js"
    _css = HERE / "uncover.css"
    name = traitlets.Unicode().tag(sync=True)
    mode = traitlets.Unicode().tag(sync=True)
    content = traitlets.Unicode().tag(sync=True)

    def __init__(self, name, code, mode):
        self._coloured = highlight(code, PythonLexer(), HtmlFormatter(nowrap=True))
        super().__init__(name=name)
        self.follow(mode)

    def follow(self, mode):
        """Show, hide or cover the solution."""
        self.content = html.escape(HIDDEN) if mode == "hide" else self._coloured
        self.mode = mode
        self.send({"kind": "follow"})
