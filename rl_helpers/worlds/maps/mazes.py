"""Mazes drawn as text: the textbook's, and reading, checking and modelling any."""

from itertools import product
from typing import NamedTuple

from rl_helpers.arguments import count
from rl_helpers.worlds.actions import MOVES
from rl_helpers.worlds.dynamics import room as dynamics
from rl_helpers.worlds.maps.layouts import FLOOR, POST, START, WALL, Layout

GOAL_REWARD = 1.0
CHARACTERS = {"#": WALL, ".": FLOOR, "S": START, "G": POST}
"""A text map of a maze is written as the textbook does, and drawn as Bob's room: his goal is a post."""


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
    lines = [line.strip() for line in text.strip().split("\n")]
    for row, line in enumerate(lines):
        for column, character in enumerate(line):
            if character not in CHARACTERS:
                raise ValueError(
                    f"unknown character {character!r} in row {row}, column {column}: "
                    "use # wall, . free floor, S start, G goal"
                )
        if len(line) != len(lines[0]):
            raise ValueError(
                f"row {row} of the layout has {len(line)} cells, row 0 has {len(lines[0])}: "
                "make all rows equally long (# for wall, . for floor)"
            )
    layout = Layout(tuple("".join(CHARACTERS[character] for character in line) for line in lines))
    _check_way(layout)
    return layout


def _check_way(layout: Layout) -> None:
    goals = layout.where(POST)
    if not layout.starts:
        raise ValueError("the layout has no start: put an S where Bob begins")
    if not goals:
        raise ValueError("the layout has no goal: put a G where Bob should go")
    for start in layout.starts:
        if layout.reachable(start).isdisjoint(goals):
            raise ValueError(
                f"Bob cannot reach a goal from his start in row {start[0]}, column {start[1]}: "
                "put a G on his side of the walls, or open a way to it"
            )


def maze_model(layout: Layout) -> dynamics.Model:
    """List what follows each move in each state.

    Args:
        layout: the maze, its goals being posts.

    Returns:
        `model[state][action]`, a list of one (probability 1, next state, reward, terminated). No move leads
        into a wall, and every move out of one that moved onto Bob is as from free floor. A goal leads to
        itself and earns nothing more.
    """
    model: dynamics.Model = {}
    for row, column in product(range(layout.n_rows), range(layout.n_columns)):
        state = dynamics.encode(layout, row, column, ())
        if layout.rows[row][column] == POST:
            model[state] = {int(action): [(1.0, state, 0.0, True)] for action in MOVES}
            continue
        model[state] = {}
        for action, (rows, columns) in MOVES.items():
            target = (row + rows, column + columns)
            if layout.is_wall(*target):
                target = (row, column)
            arrived = layout.rows[target[0]][target[1]] == POST
            next_state = dynamics.encode(layout, *target, ())
            model[state][int(action)] = [(1.0, next_state, GOAL_REWARD if arrived else 0.0, arrived)]
    return model
