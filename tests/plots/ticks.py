"""What stands along an axis."""


def names(axis):
    """Return what stands at which place of an axis."""
    return dict(zip(axis.get_ticklocs(), (text.get_text() for text in axis.get_ticklabels()), strict=True))
