"""Bob's rooms in words: the text map for terminals, and the sentences for alt texts."""

from collections.abc import Sequence
from itertools import count, takewhile

from rl_helpers.worlds.maps.layouts import FLOOR, FURNITURE, NAMES, RUG, START, WALL, Cell, Layout


def thing_at(layout: Layout, row: int, column: int) -> str:
    """Name what is in a cell; a start without Bob on it is free floor.

    >>> from rl_helpers.worlds import parse_layout
    >>> thing_at(parse_layout("B.P"), 0, 2)
    'scratching post'
    """
    kind = layout.rows[row][column]
    return NAMES[FLOOR if kind == START else kind]


def text_map(layout: Layout, row: int, column: int, treats_left: Sequence[int], done: str) -> str:
    """Draw a room as text: Bob is `B`, a rug without its treat `r`; the last line says what he did.

    >>> from rl_helpers.worlds import parse_layout
    >>> print(text_map(parse_layout("B.RP"), 0, 1, [0], "LEFT, reward 0"))
    .BrP
    LEFT, reward 0, Bob on free floor
    """
    cells = [list(line.replace(START, FLOOR)) for line in layout.rows]
    for (rug_row, rug_column), treat in zip(layout.rugs, treats_left, strict=True):
        cells[rug_row][rug_column] = RUG if treat else RUG.lower()
    cells[row][column] = START
    return "\n".join([*("".join(line) for line in cells), f"{done}, Bob on {thing_at(layout, row, column)}"])


def describe_room(layout: Layout, bob: str, treats_left: Sequence[int], happened: str = "") -> str:
    """Say in two or three sentences what the picture of a room shows.

    Args:
        layout: the room.
        bob: where Bob is, such as "on free floor at row 1, column 2".
        treats_left: 0 or 1 for each rug.
        happened: a sentence about the last step, or nothing.

    Returns:
        Text for the alt attribute of a picture.
    """
    things = [
        f"{NAMES[RUG]} {'with a treat' if treat else 'without its treat'} at {_place(cell, cell)}"
        for cell, treat in zip(layout.rugs, treats_left, strict=True)
    ]
    for kind in (*FURNITURE, WALL):
        if kind != RUG and (cells := layout.where(kind)):
            things.append(
                f"{NAMES[kind]} at {' and at '.join(_place(*stretch) for stretch in stretches(cells))}"
            )
    return (
        f"Bob the cat is {bob}. The room has {layout.n_rows} rows and {layout.n_columns} columns, counted "
        f"from 0 at the top left. In it: {'; '.join(things)}.{' ' + happened if happened else ''}"
    )


def stretches(cells: Sequence[Cell]) -> list[tuple[Cell, Cell]]:
    """Gather cells into straight stretches, each given by its first and its last cell.

    >>> stretches([(0, 4), (1, 4), (2, 4), (3, 0), (3, 1)])
    [((0, 4), (2, 4)), ((3, 0), (3, 1))]
    """
    left, found = sorted(cells), []
    while left:
        longest = max(_stretch(left, 0, 1), _stretch(left, 1, 0), key=len)
        found.append((longest[0], longest[-1]))
        left = [cell for cell in left if cell not in longest]
    return found


def _stretch(cells: Sequence[Cell], down: int, right: int) -> list[Cell]:
    row, column = cells[0]
    way = ((row + step * down, column + step * right) for step in count())
    return list(takewhile(lambda cell: cell in cells, way))


def scratch_in_words(reward: float | None) -> str:
    """Say what scratching brought, or nothing if Bob did not scratch.

    >>> scratch_in_words(5.0)
    'He has just scratched: a treat, reward +5.'
    """
    if reward is None:
        return ""
    if reward == 0:
        return "He has just scratched: nothing happens, reward 0."
    return f"He has just scratched: {'a treat' if reward > 0 else 'a squirt of water'}, reward {reward:+g}."


def _place(first: Cell, last: Cell) -> str:
    rows = f"row {first[0]}" if first[0] == last[0] else f"rows {first[0]} to {last[0]}"
    columns = f"column {first[1]}" if first[1] == last[1] else f"columns {first[1]} to {last[1]}"
    return f"{rows}, {columns}"
