"""A picture below a cell that is drawn anew while an agent learns."""

from rl_helpers.notebook import show

REDRAWN = 20  # times in a training


class LivePicture:
    """A picture that follows a training; a subclass says in `drawn` what it shows.

    It is drawn anew when another twentieth of the decisions has been taken.

    Args:
        n_decisions: how long the training takes.
    """

    def __init__(self, n_decisions):
        self.n_decisions = n_decisions
        self._next, self._handle = 0, None

    def __call__(self, progress):
        """Show how far it is, if it is time to.

        Args:
            progress: what the training tells; it has `n_decisions`, those taken so far.
        """
        if progress.n_decisions >= self._next:
            self._next = progress.n_decisions + self.n_decisions // REDRAWN
            self.show(progress)

    def show(self, progress):
        """Show how far it is, in the place of the picture before."""
        from IPython.display import display

        fig, alt = self.drawn(progress)
        picture = show.figure(fig, alt=alt)
        if self._handle is None:
            self._handle = display(picture, display_id=True)
        else:
            self._handle.update(picture)

    def drawn(self, progress):
        """Return a figure, and what is to be seen in it."""
        raise NotImplementedError("a subclass draws: return a figure and its alt text")
