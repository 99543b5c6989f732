"""What moves: enemies and platforms, each on a round that it repeats for ever.

Where a mover is depends on the number of the picture and on its phase alone, never on Bob. So a game is
copied by copying Bob, and many games look their movers up in one table.
"""

from dataclasses import dataclass

from rl_helpers.super_bob.levels.rules import (
    HEDGEHOG_SPEED,
    HOP_GRAVITY,
    HOP_REST,
    HOP_SPEED,
    PLATFORM_REST,
    PLATFORM_SPEED,
    TILE,
    VACUUM_SPEED,
)

VACUUM, CUCUMBER, HEDGEHOG, PLATFORM = "wjhM"
ENEMIES = (VACUUM, CUCUMBER, HEDGEHOG)
TRACKS = "~:"
WALKING_SPEEDS = {VACUUM: VACUUM_SPEED, HEDGEHOG: HEDGEHOG_SPEED}


@dataclass(frozen=True)
class Mover:
    """An enemy or a platform on its round.

    Attributes:
        kind: its character in the legend.
        n_tiles: its width.
        xs, ys: left and top of its tile, one entry a picture of the round, in 1/256 pixel.
        group: movers of one group share their phase: enemies stacked upon each other.
    """

    kind: str
    n_tiles: int
    xs: tuple[int, ...]
    ys: tuple[int, ...]
    group: int

    @property
    def period(self) -> int:
        """Pictures of a round."""
        return len(self.xs)

    @property
    def columns(self) -> tuple[int, int]:
        """The first and the last column it ever is in."""
        return min(self.xs) // TILE, (max(self.xs) + self.n_tiles * TILE - 1) // TILE


def there_and_back(low: int, high: int, speed: int, rest: int = 0) -> list[int]:
    """Return a round between two places, with a rest at both.

    >>> there_and_back(0, 6, 2, rest=1)
    [0, 0, 2, 4, 6, 6, 4, 2]
    """
    there = list(range(low, high, speed))
    back = list(range(high, low, -speed))
    return [low] * rest + there + [high] * rest + back or [low]


def hop(top: int) -> list[int]:
    """Return the round of a jumper that stands with its upper side at `top`: a rest, then up and down."""
    heights, height, speed = [0] * HOP_REST, 0, HOP_SPEED
    while (height := height + speed) > 0:
        heights.append(height)
        speed -= HOP_GRAVITY
    return [top - height for height in heights]


def platform_round(rows: tuple[str, ...], row: int, column: int, n_tiles: int) -> tuple[list[int], list[int]]:
    """Return the xs and the ys of a platform whose tiles begin at a cell, along the track drawn beside it."""
    line = rows[row]
    left, right = column, column
    while left and line[left - 1] == "~":
        left -= 1
    while right + n_tiles < len(line) and line[right + n_tiles] == "~":
        right += 1
    top, bottom = row, row
    while top and rows[top - 1][column] == ":":
        top -= 1
    while bottom + 1 < len(rows) and rows[bottom + 1][column] == ":":
        bottom += 1
    if left != right and top != bottom:
        raise ValueError(
            f"the platform at row {row}, column {column} has a track beside it and one above or below: "
            "draw one of the two"
        )
    xs = there_and_back(left * TILE, right * TILE, PLATFORM_SPEED, PLATFORM_REST if right > left else 0)
    ys = there_and_back(top * TILE, bottom * TILE, PLATFORM_SPEED, PLATFORM_REST if bottom > top else 0)
    return (xs * len(ys) if len(xs) == 1 else xs), (ys * len(xs) if len(ys) == 1 else ys)
