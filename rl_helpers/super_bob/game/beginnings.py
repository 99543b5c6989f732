"""What is drawn when an episode begins: the level, where Bob stands, and the phases of what moves."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rl_helpers.super_bob.levels.level import Level
from rl_helpers.super_bob.levels.named import LEVELS, level_of


class Beginning(NamedTuple):
    """How an episode begins.

    Attributes:
        level: the number of the level.
        column: where Bob stands; None: at the level's own start.
        phases: of its groups of movers, int (n_groups,).
    """

    level: int
    column: int | None
    phases: np.ndarray


def _are_rows(texts: list) -> bool:
    """Return whether texts are the rows of one map: none is a name, and not each is a level by itself."""
    are_lines = all(isinstance(text, str) and text not in LEVELS and "\n" not in text for text in texts)
    return are_lines and not all({"B", "F"} <= set(text) for text in texts)


class Beginnings:
    """Draws beginnings, with the same numbers for one game as for each of many.

    Args:
        level: a name, a text map, a `Level`, or several of these: each is as probable.
        starts: columns of which one is drawn where Bob begins; None: at his start.

    Raises:
        ValueError: if there is no level, or rows in place of levels, or no place to stand in one of the
            columns.
        TypeError: if a level is neither a text nor a `Level`.
    """

    def __init__(self, level, starts: Sequence[int] | None = None):
        several = [level] if isinstance(level, str | Level) or not np.iterable(level) else list(level)
        if len(several) > 1 and _are_rows(several):
            raise ValueError(
                f"level is {level!r}, several rows, and each would be a level of its own: join them with "
                "'\\n'.join(…)"
            )
        self.levels = tuple(map(level_of, several))
        if not self.levels:
            raise ValueError("level is empty, expected at least one level")
        self.starts = None if starts is None else [int(column) for column in starts]
        if self.starts == []:
            raise ValueError("starts is empty, expected columns, or None for the level's own start")
        for each in self.levels:
            for column in self.starts or ():
                each.standing(column)

    def draw(self, rng: np.random.Generator) -> Beginning:
        """Return the next beginning; what has one possibility needs no chance."""
        number = int(rng.integers(len(self.levels))) if len(self.levels) > 1 else 0
        column = None if self.starts is None else self.starts[int(rng.integers(len(self.starts)))]
        return Beginning(number, column, self.levels[number].draw_phases(rng))
