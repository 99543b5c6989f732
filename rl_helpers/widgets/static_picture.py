"""What a widget leaves behind where nothing runs: on GitHub, in a stored notebook, in print."""

import html

import anywidget


class StaticPictureWidget(anywidget.AnyWidget):
    """A widget whose stored output also holds a static picture of itself, in HTML.

    A class that extends it gives `static_html()`, and `invitation`: what to do to bring it to life. Both must
    be the same in every run: they end up in the notebook's file.
    """

    invitation = "Run this cell to play."

    def static_html(self):
        """Return the HTML shown where no kernel runs."""
        raise NotImplementedError

    def __repr__(self):
        return f"<{type(self).__name__}: {self.invitation}>"

    def _repr_mimebundle_(self, **options):
        data, metadata = super()._repr_mimebundle_(**options)
        markup = f"<div>{self.static_html()}<p><em>{html.escape(self.invitation)}</em></p></div>"
        return {**data, "text/plain": repr(self), "text/html": markup}, metadata
