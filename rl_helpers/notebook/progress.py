"""Progress bars: nothing is shown, and nothing imported, unless it is asked for."""


def progress_bar(steps, show, **options):
    """Return `steps`, with a progress bar around it if `show`; options are those of tqdm.

    >>> list(progress_bar(range(3), False, unit="episode"))
    [0, 1, 2]
    """
    if not show:
        return steps
    from tqdm.auto import tqdm  # Heavy in a notebook, and most calls do without.

    return tqdm(steps, **options)


def progress_counter(show, *, total, unit):
    """Return a bar for a `with` block, whose `update(n)` says that n more of `total` are done.

    >>> with progress_counter(False, total=2, unit="episode") as bar:
    ...     bar.update(2)
    """
    return progress_bar(None, True, total=total, unit=unit) if show else _NoBar()


class _NoBar:
    """A progress bar that shows nothing."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def update(self, n_more):
        pass
