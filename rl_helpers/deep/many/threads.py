"""One thread for matrices: then the same seed gives the same bits, however many cores there are."""

from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _controller():
    return ThreadpoolController()  # looks once through all libraries that are loaded: milliseconds


def one_thread():
    """Return a context in which BLAS works with one thread; networks this small gain nothing by more.

    >>> with one_thread():
    ...     pass
    """
    return _controller().limit(limits=1, user_api="blas")
