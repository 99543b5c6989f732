"""Mazes drawn as text: the textbook's, and reading and checking any."""

from typing import NamedTuple

from rl_helpers.arguments import count
from rl_helpers.worlds.maps.layouts import FLOOR, POST, START, WALL, Layout, check_rows, check_way

NAMES = {"#": "wall", ".": "free floor", "S": "start", "G": "goal"}
"""What each character of a text map stands for, as the textbook writes it."""

DRAWN_AS = str.maketrans({"#": WALL, ".": FLOOR, "S": START, "G": POST})
"""A maze is drawn as Bob's room: his goal is a post."""


class Maze(NamedTuple):
    """A named maze: its text map, and if its walls move, when they do and the map from then on."""

    first: str
    changes_after: int | None = None
    later: str | None = None


MAZES = {
    # Figure 8.2. The shortest way takes 14 steps.
    "dyna": Maze(
        """
        .......#G
        ..#....#.
        S.#....#.
        ..#......
        .....#...
        .........
        """
    ),
    # Figure 8.4: the way of 10 steps is closed, one of 16 opens.
    "blocking": Maze(
        """
        ........G
        .........
        .........
        ########.
        .........
        ...S.....
        """,
        1_000,
        """
        ........G
        .........
        .........
        .########
        .........
        ...S.....
        """,
    ),
    # Figure 8.5: the way of 16 steps stays open, one of 10 opens.
    "shortcut": Maze(
        """
        ........G
        .........
        .........
        .########
        .........
        ...S.....
        """,
        3_000,
        """
        ........G
        .........
        .........
        .#######.
        .........
        ...S.....
        """,
    ),
}
"""Mazes by name, for `gym.make("Bob/Maze-v0", maze=name)`."""


def check_maze(name: str, text: str | None) -> Maze:
    """Return the maze of a name, or the one drawn in its place.

    >>> check_maze("dyna", "S.G").first, check_maze("blocking", None).changes_after
    ('S.G', 1000)
    """
    if text is not None:
        if name != "dyna":
            raise ValueError(f"maze is {name!r} and there is a layout too: give one of them")
        return Maze(text)
    if name not in MAZES:
        raise ValueError(
            f"there is no maze named {name!r}: take one of {', '.join(MAZES)}, "
            "or draw one and give it as layout"
        )
    return MAZES[name]


def check_change(maze: Maze, change_at: int | None) -> int | None:
    """Return after how many time steps the walls move, None for never.

    >>> check_change(MAZES["blocking"], 200), check_change(MAZES["dyna"], None)
    (200, None)
    """
    if change_at is None:
        return maze.changes_after
    if maze.later is None:
        moving = " or ".join(name for name, known in MAZES.items() if known.later is not None)
        raise ValueError(
            f"change_at is {change_at!r}, but the walls of this maze stay: take {moving}, or no change_at"
        )
    return count("change_at", change_at)


def parse_maze(text: str) -> Layout:
    """Read a maze from a text map, one character a cell.

    Args:
        text: the map, its lines equally long (spaces around a line do not count). `#` wall, `.` free floor,
            `S` start, `G` goal; at least one of each of the last two.

    Returns:
        The checked maze as a room without furniture but the post, which is the goal.

    Raises:
        TypeError: if it is not a string.
        ValueError: if the map has an unknown character, lines of different lengths, no start, no goal, or a
            start from which no goal can be reached.

    >>> parse_maze("S#G\\n...").rows
    ('B#P', '...')
    """
    if not isinstance(text, str):
        raise TypeError(
            f"layout is a text map, not a {type(text).__name__}: join the rows of the maze with line breaks"
        )
    rows = [line.strip() for line in text.strip().split("\n")]
    check_rows(rows, NAMES)
    layout = Layout(tuple(line.translate(DRAWN_AS) for line in rows))
    if not layout.starts:
        raise ValueError("the layout has no start: put an S where Bob begins")
    if not layout.where(POST):
        raise ValueError("the layout has no goal: put a G where Bob should go")
    check_way(layout, "goal", "G")
    return layout
