"""A level: read from text, checked, and made ready for quick looking up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rl_helpers.super_bob.levels.movers import (
    CUCUMBER,
    ENEMIES,
    PLATFORM,
    TRACKS,
    WALKING_SPEEDS,
    Mover,
    hop,
    platform_round,
    there_and_back,
)
from rl_helpers.super_bob.levels.rules import BODY_HEIGHT, BODY_WIDTH, N_ROWS, TILE

LEGEND = {
    ".": "air",
    "#": "ground",
    "=": "bricks",
    "-": "a plank: Bob jumps up through it and stands on it",
    "^": "spikes",
    "v": "spikes that hang down",
    "S": "a spring",
    "o": "a fish to collect",
    "B": "Bob's start",
    "F": "the flag: touch its pole",
    "w": "a robot vacuum that walks; stomp it",
    "j": "a cucumber that jumps; stomp it",
    "h": "a hedgehog that walks; it cannot be stomped",
    "M": "a moving platform",
    "~": "its track to the left and right",
    ":": "its track up and down",
}
"""What each character of a text map stands for."""

AIR, GROUND, BRICKS, SPRING, PLANK, SPIKES, HANGING, COIN, FLAG = range(9)
KINDS = {"#": GROUND, "=": BRICKS, "S": SPRING, "-": PLANK, "^": SPIKES, "v": HANGING, "o": COIN, "F": FLAG}
LAST_SOLID = SPRING  # 1 to 3 are solid
ENEMY_NAMES = {"w": "vacuum", "j": "cucumber", "h": "hedgehog"}

PAD_TOP, PAD_BOTTOM, PAD_SIDE = 16, 8, 12
"""Cells around a level, so that nobody looks outside of the array."""
TOUCH_REACH = 3  # columns: further away nothing touches Bob within the longest decision
SEEN_BEHIND, SEEN_AHEAD = 4, 8
SEEN_ABOVE, SEEN_BELOW = 5, 5


@dataclass(frozen=True, eq=False)
class Level:
    """A checked level.

    Attributes:
        rows: 13 texts of equal length; `rows[row][column]` is a character of the legend.
        movers: enemies and platforms, in the order in which they stand in the map, column by column.
        name: how it is called, or "".
    """

    rows: tuple[str, ...]
    movers: tuple[Mover, ...]
    name: str = ""

    @property
    def n_columns(self) -> int:
        """Number of columns; column 0 is at the left."""
        return len(self.rows[0])

    @property
    def stride(self) -> int:
        """Cells of a row of `kinds`."""
        return self.n_columns + 2 * PAD_SIDE

    @cached_property
    def kinds(self) -> np.ndarray:
        """What is in each cell, uint8 (rows and columns with what is around them): AIR, GROUND, …"""
        inside = np.zeros((N_ROWS, self.n_columns), dtype=np.uint8)
        for row, line in enumerate(self.rows):
            for column, character in enumerate(line):
                inside[row, column] = KINDS.get(character, AIR)
        for row, column in self.where("F"):
            above = row
            while above >= 0 and (above == row or inside[above, column] == AIR):
                inside[above, column] = FLAG  # the pole
                above -= 1
        kinds = np.pad(inside, ((PAD_TOP, PAD_BOTTOM), (0, 0)))
        top = kinds[PAD_TOP]
        # What stands in the top row goes on above it: nobody climbs over a level.
        kinds[:PAD_TOP] = np.where((top <= LAST_SOLID) & (top > AIR), top, AIR)
        return np.pad(kinds, ((0, 0), (PAD_SIDE, PAD_SIDE)), constant_values=GROUND)

    @cached_property
    def cells(self) -> bytes:
        """`kinds` in one row: plain Python reads one entry of it quickly."""
        return self.kinds.tobytes()

    @cached_property
    def coins(self) -> dict[int, int]:
        """From the place of a coin in `cells` to its number."""
        return {int(cell): number for number, cell in enumerate(np.flatnonzero(self.kinds == COIN))}

    def place_of(self, cell: int) -> tuple[int, int]:
        """Return row and column of a place in `cells`."""
        return cell // self.stride - PAD_TOP, cell % self.stride - PAD_SIDE

    @cached_property
    def start(self) -> tuple[int, int]:
        """Left and top of Bob's body when an episode begins, in 1/256 pixel: he stands on his tile."""
        ((row, column),) = self.where("B")
        return column * TILE + (TILE - BODY_WIDTH) // 2, (row + 1) * TILE - BODY_HEIGHT

    def standing(self, column: int) -> tuple[int, int]:
        """Return left and top of Bob's body when he stands in a column, as low as there is room for him.

        Raises:
            ValueError: if there is no place to stand.
        """
        inside = self.kinds[PAD_TOP : PAD_TOP + N_ROWS, PAD_SIDE:-PAD_SIDE]
        if 0 <= column < self.n_columns:
            for row in reversed(range(1, N_ROWS)):
                carries = inside[row, column] in (GROUND, BRICKS, PLANK)
                if carries and inside[row - 1, column] in (AIR, COIN):
                    return column * TILE + (TILE - BODY_WIDTH) // 2, row * TILE - BODY_HEIGHT
        raise ValueError(
            f"nobody can stand in column {column}, expected one from 0 to {self.n_columns - 1} with ground "
            "or a plank and air above it"
        )

    @cached_property
    def flag_column(self) -> int:
        """The column of the last flag."""
        return max(column for _, column in self.where("F"))

    @cached_property
    def enemies(self) -> tuple[Mover, ...]:
        """The movers that hurt."""
        return tuple(mover for mover in self.movers if mover.kind in ENEMIES)

    @cached_property
    def platforms(self) -> tuple[Mover, ...]:
        """The movers that carry."""
        return tuple(mover for mover in self.movers if mover.kind == PLATFORM)

    @cached_property
    def periods(self) -> np.ndarray:
        """Pictures of a round, one entry a group of movers: what phases are drawn below, int (n_groups,)."""
        periods = [0] * (1 + max((mover.group for mover in self.movers), default=-1))
        for mover in self.movers:
            periods[mover.group] = mover.period
        return np.array(periods, dtype=np.int64)

    def draw_phases(self, rng: np.random.Generator) -> np.ndarray:
        """Return a phase for every group of movers, each as probable, int (n_groups,)."""
        return rng.integers(self.periods) if len(self.periods) else self.periods

    def near(self, movers: Sequence[Mover], behind: int, ahead: int) -> list[tuple[int, ...]]:
        """Return, for every column that Bob can be in, which of the movers may be near it at some time."""
        found = []
        for column in range(self.n_columns + 1):
            spans = (mover.columns for mover in movers)
            found.append(
                tuple(
                    number
                    for number, (first, last) in enumerate(spans)
                    if first <= column + ahead and last >= column - behind
                )
            )
        return found

    def where(self, characters: str) -> list[tuple[int, int]]:
        """Return (row, column) of every cell with one of these characters, in reading order."""
        return [
            (row, column)
            for row, line in enumerate(self.rows)
            for column, character in enumerate(line)
            if character in characters
        ]


def parse_level(text: str, name: str = "") -> Level:
    """Read a level from a text map.

    Args:
        text: one line a row, at most 13; fewer get air on top. What the characters mean is in `LEGEND`.
        name: how it shall be called.

    Raises:
        TypeError: if `text` is no text.
        ValueError: if it is no level, with what to change.

    >>> level = parse_level("B..w..F" + chr(10) + "#######")
    >>> level.n_columns, level.start[0] // 256, [mover.kind for mover in level.movers]
    (7, 2, ['w'])
    """
    if not isinstance(text, str):
        raise TypeError(f"the level is {text!r}, expected a text map such as 'B..F' over '####'")
    rows = tuple(line.strip(" ") for line in text.strip().splitlines())
    _check(rows)
    rows = ("." * len(rows[0]),) * (N_ROWS - len(rows)) + rows
    return Level(rows, tuple(_movers(rows)), name)


def _check(rows: tuple[str, ...]) -> None:
    if not rows or len(rows) > N_ROWS:
        raise ValueError(f"the level has {len(rows)} rows, expected 1 to {N_ROWS}: the picture is no higher")
    for number, line in enumerate(rows):
        for column, character in enumerate(line):
            if character not in LEGEND:
                air = ": air is a full stop" if character.isspace() else ""
                raise ValueError(
                    f"row {number}, column {column} of the level is {character!r}, expected one of "
                    f"{' '.join(LEGEND)}{air}"
                )
    for number, line in enumerate(rows):
        if len(line) != len(rows[0]):
            raise ValueError(
                f"row {number} of the level has {len(line)} characters, expected {len(rows[0])} as in row 0: "
                "fill it up with full stops"
            )
    text = "".join(rows)
    if text.count("B") != 1:
        raise ValueError(f"the level has {text.count('B')} times B, expected one: Bob's start")
    if "F" not in text:
        raise ValueError("the level has no F, expected a flag to run to")


def _movers(rows: tuple[str, ...]) -> list[Mover]:
    """Return all movers, column by column, those of a column from the ground up."""
    found: list[Mover] = []
    by_cell: dict[tuple[int, int], Mover] = {}
    n_groups = 0
    for column in range(len(rows[0])):
        for row in reversed(range(len(rows))):
            kind = rows[row][column]
            if kind == PLATFORM and (not column or rows[row][column - 1] != PLATFORM):
                n_tiles = len(rows[row][column:]) - len(rows[row][column:].lstrip(PLATFORM))
                xs, ys = platform_round(rows, row, column, n_tiles)
                mover = Mover(kind, n_tiles, tuple(xs), tuple(ys), n_groups)
            elif kind in ENEMIES and (below := by_cell.get((row + 1, column))):
                mover = Mover(kind, 1, below.xs, tuple(y - TILE for y in below.ys), below.group)
            elif kind in ENEMIES:
                xs, ys = _walk(rows, row, column) if kind != CUCUMBER else _jump(rows, row, column)
                mover = Mover(kind, 1, tuple(xs), tuple(ys), n_groups)
            else:
                continue
            n_groups = max(n_groups, mover.group + 1)
            found.append(mover)
            if kind in ENEMIES:
                by_cell[row, column] = mover
    return found


def _walk(rows: tuple[str, ...], row: int, column: int) -> tuple[list[int], list[int]]:
    """Return the round of a walker: to where the ground ends or something stands, and back."""
    _stands(rows, row, column)
    left = right = column
    while left and _can_walk(rows, row, left - 1):
        left -= 1
    while right + 1 < len(rows[0]) and _can_walk(rows, row, right + 1):
        right += 1
    xs = there_and_back(left * TILE, right * TILE, WALKING_SPEEDS[rows[row][column]])
    return xs, [row * TILE] * len(xs)


def _jump(rows: tuple[str, ...], row: int, column: int) -> tuple[list[int], list[int]]:
    _stands(rows, row, column)
    ys = hop(row * TILE)
    return [column * TILE] * len(ys), ys


def _carries(rows: tuple[str, ...], row: int, column: int) -> bool:
    return row + 1 < len(rows) and rows[row + 1][column] in "#=S-"


def _can_walk(rows: tuple[str, ...], row: int, column: int) -> bool:
    return rows[row][column] in ".owjhB" + TRACKS and _carries(rows, row, column)


def _stands(rows: tuple[str, ...], row: int, column: int) -> None:
    if not _carries(rows, row, column):
        raise ValueError(
            f"the {ENEMY_NAMES[rows[row][column]]} at row {row}, column {column} hangs in the air: draw # "
            "or - under it, or another enemy that carries it"
        )
