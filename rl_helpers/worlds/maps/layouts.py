"""Rooms drawn as text: reading, checking and rearranging them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rl_helpers.worlds.maps.actions import MOVES

Cell = tuple[int, int]

WALL, FLOOR, START, RUG, POST, COUCH, DRAPES, CUSHION = "#.BRPCDN"

NAMES = {
    WALL: "wall",
    FLOOR: "free floor",
    START: "Bob's start",
    RUG: "scratch rug",
    POST: "scratching post",
    COUCH: "couch",
    DRAPES: "drapes",
    CUSHION: "cushion",
}
"""What each character of a text map stands for."""

FURNITURE = (RUG, POST, COUCH, DRAPES, CUSHION)
MAX_RUGS = 4  # the number of states doubles with every rug

LAYOUTS = {
    # The post is close as the crow flies and far as the cat walks.
    "default": """
        ....#PD.
        .R..#...
        ....#...
        B.CC#...
        ....#...
        .......N
    """,
    # Twelve states: the whole Q-table fits a slide.
    "tiny": """
        B.#P
        .C#D
        ....
    """,
    # Four blocks of states, one for each set of treats that are left.
    "two_rugs": """
        .R..#PD.
        ....#...
        B.C.#.##
        ..C.#...
        .....R.N
    """,
    # No walls: anything can be anywhere, a good room to rearrange.
    "open": """
        B....R
        ..CC..
        N.....
        ....DP
    """,
}
"""Rooms by name, for `gym.make("Bob/Room-v0", layout=name)`."""


@dataclass(frozen=True)
class Layout:
    """A checked room: one text a row, `rows[row][column]` says what is in a cell.

    >>> room = parse_layout("B.RP")
    >>> room.n_rows, room.n_columns, room.rugs
    (1, 4, ((0, 2),))
    """

    rows: tuple[str, ...]

    @property
    def n_rows(self) -> int:
        """Number of rows; row 0 is at the top."""
        return len(self.rows)

    @property
    def n_columns(self) -> int:
        """Number of columns; column 0 is at the left."""
        return len(self.rows[0])

    def where(self, kinds: Iterable[str]) -> tuple[Cell, ...]:
        """Return the (row, column) of every cell that holds one of these characters, in reading order."""
        wanted = set(kinds)
        return tuple(
            (row, column)
            for row, line in enumerate(self.rows)
            for column, kind in enumerate(line)
            if kind in wanted
        )

    @cached_property
    def starts(self) -> tuple[Cell, ...]:
        """Cells where an episode may begin."""
        return self.where(START)

    @cached_property
    def rugs(self) -> tuple[Cell, ...]:
        """Cells of the scratch rugs, in reading order: the order of the treats in a state."""
        return self.where(RUG)

    def is_wall(self, row: int, column: int) -> bool:
        """Tell whether Bob cannot be there: a wall, or outside of the room."""
        inside = 0 <= row < self.n_rows and 0 <= column < self.n_columns
        return not inside or self.rows[row][column] == WALL

    def reachable(self, start: Cell) -> set[Cell]:
        """Return every cell Bob can walk to from a cell, that cell included."""
        reached, frontier = {start}, [start]
        while frontier:
            row, column = frontier.pop()
            for rows, columns in MOVES.values():
                neighbour = (row + rows, column + columns)
                if neighbour not in reached and not self.is_wall(*neighbour):
                    reached.add(neighbour)
                    frontier.append(neighbour)
        return reached

    @cached_property
    def places(self) -> tuple[Cell, ...]:
        """Cells where furniture may be put: within reach of every start, and not a start."""
        reached = set.intersection(*(self.reachable(start) for start in self.starts))
        return tuple(sorted(reached - set(self.starts)))

    def rearranged(self, rng: np.random.Generator) -> "Layout":
        """Return the room with its furniture in new places; walls and starts stay.

        Args:
            rng: draws the places.

        Returns:
            A layout that differs from this one, its post within Bob's reach.

        Raises:
            ValueError: if there is no free floor to move to.
        """
        furniture = [self.rows[row][column] for row, column in self.where(FURNITURE)]
        if len(self.places) <= len(furniture):
            raise ValueError(
                f"the room has {len(furniture)} pieces of furniture and {len(self.places)} cells within "
                "Bob's reach to put them: leave at least one more cell free to rearrange it"
            )
        while True:
            cells = [[kind if kind in (WALL, START) else FLOOR for kind in line] for line in self.rows]
            chosen = rng.permutation(len(self.places))[: len(furniture)]
            for kind, number in zip(furniture, chosen, strict=True):
                row, column = self.places[number]
                cells[row][column] = kind
            rows = tuple("".join(line) for line in cells)
            if rows != self.rows:
                return Layout(rows)


def parse_layout(text: str) -> Layout:
    """Read a room from a text map, one character a cell, or from the name of one of `LAYOUTS`.

    Args:
        text: the map, its lines equally long (spaces around a line do not count), or a name. `#` wall,
            `.` free floor, `B` Bob's start, `R` scratch rug, `P` post, `C` couch, `D` drapes, `N` cushion.

    Returns:
        The checked room.

    Raises:
        TypeError: if it is not a string.
        ValueError: if the map has an unknown character, lines of different lengths, no start, a start from
            which no post can be reached, or more than four rugs.

    >>> parse_layout("tiny").rows
    ('B.#P', '.C#D', '....')
    """
    if not isinstance(text, str):
        raise TypeError(
            f"a layout is a text map or one of the names {', '.join(LAYOUTS)}, not a "
            f"{type(text).__name__}: join the rows of the room with line breaks"
        )
    text = text.strip()
    if "\n" not in text and text not in LAYOUTS and not set(text) <= set(NAMES):
        raise ValueError(
            f"there is no layout named {text!r}: take one of {', '.join(LAYOUTS)}, or give a text map"
        )
    rows = tuple(line.strip() for line in LAYOUTS.get(text, text).strip().split("\n"))
    check_rows(rows, NAMES)
    layout = Layout(rows)
    _check_contents(layout)
    return layout


def check_rows(rows: Sequence[str], names: Mapping[str, str]) -> None:
    """Raise unless the rows of a text map are equally long and hold characters with a name only.

    >>> check_rows(["S.", "G"], {"S": "start", ".": "free floor", "G": "goal"})
    Traceback (most recent call last):
    ...
    ValueError: row 1 of the layout has 1 cells, row 0 has 2: make all rows equally long (# for wall, ...
    """
    for number, line in enumerate(rows):
        for column, kind in enumerate(line):
            if kind not in names:
                allowed = ", ".join(f"{known} {name}" for known, name in names.items())
                raise ValueError(
                    f"unknown character {kind!r} in row {number}, column {column}: use {allowed}"
                )
        if len(line) != len(rows[0]):
            raise ValueError(
                f"row {number} of the layout has {len(line)} cells, row 0 has {len(rows[0])}: "
                "make all rows equally long (# for wall, . for floor)"
            )


def check_way(layout: Layout, goal: str, character: str) -> None:
    """Raise unless a post can be reached from every start.

    Args:
        layout: the room or maze.
        goal: what a post is called there.
        character: what stands for it in a text map.
    """
    for start in layout.starts:
        if layout.reachable(start).isdisjoint(layout.where(POST)):
            raise ValueError(
                f"Bob cannot reach a {goal} from his start in row {start[0]}, column {start[1]}: "
                f"put a {character} on his side of the walls, or open a way to it"
            )


def _check_contents(layout: Layout) -> None:
    if not layout.starts:
        raise ValueError("the layout has no start: put a B where Bob begins")
    check_way(layout, "post", "P")
    if len(layout.rugs) > MAX_RUGS:
        raise ValueError(
            f"the layout has {len(layout.rugs)} rugs, at most {MAX_RUGS} are allowed, for each of them "
            "doubles the number of states: replace some R by . for floor"
        )
