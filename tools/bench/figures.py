"""One measured figure of `make bench`: what it is, what was seen, what was aimed at."""

from typing import NamedTuple


class Figure(NamedTuple):
    """A row of the bench's table; `measured` and `aim` are text with their unit."""

    name: str
    measured: str
    aim: str
    reached: bool
