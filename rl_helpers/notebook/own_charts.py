"""Charts that learners draw with pyplot alone: in a dark theme they are seen as the course's own are."""

from io import BytesIO

from PIL import Image

from rl_helpers.notebook import show


def shown_as_ours(fig):
    """Return the HTML of a figure, marked by what lies on its white ground.

    Args:
        fig: a `matplotlib.figure.Figure`, which stays open.

    Returns:
        An `<img>`, or None if its ground is not light: then Jupyter shows it as it is.
    """
    from IPython.core.pylabtools import print_figure
    from matplotlib.colors import to_rgba

    *colour, opacity = to_rgba(fig.get_facecolor())
    if opacity < 1 or min(colour) < 0.8:
        return None
    data = print_figure(fig, fmt="png", bbox_inches="tight", dpi=2 * fig.dpi)
    width = Image.open(BytesIO(data)).width // 2  # twice as many pixels, for sharp screens
    return show.tag(data, "png", _in_words(fig), width, show.ground_of(fig)).html


def _in_words(fig):
    """Say what the figure itself says of its axes."""
    parts = []
    for axes in fig.axes:
        labels = [each for each in (axes.get_ylabel(), axes.get_xlabel()) if each]
        parts += filter(None, [axes.get_title(), " against ".join(labels)])
    return f"Chart: {'; '.join(parts)}" if parts else "A chart whose axes have no names"
