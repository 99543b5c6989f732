"""Bob's rooms in words: the text map for terminals, and the sentences for alt texts."""

from collections.abc import Sequence

from rl_helpers.worlds.actions import Action
from rl_helpers.worlds.layouts import FLOOR, FURNITURE, NAMES, RUG, START, WALL, Layout


def thing_at(layout: Layout, row: int, column: int) -> str:
    """Name what is in a cell; a start without Bob on it is free floor.

    >>> from rl_helpers.worlds import parse_layout
    >>> thing_at(parse_layout("B.P"), 0, 2)
    'scratching post'
    """
    kind = layout.rows[row][column]
    return NAMES[FLOOR if kind == START else kind]


def text_map(
    layout: Layout, row: int, column: int, treats_left: Sequence[int], action: int | None, reward: float
) -> str:
    """Draw a room as text: Bob is `B`, a rug without its treat `r`; the last line says what he did.

    >>> from rl_helpers.worlds import parse_layout
    >>> print(text_map(parse_layout("B.RP"), 0, 1, [0], Action.LEFT, 0.0))
    .BrP
    LEFT, reward 0, Bob on free floor
    """
    cells = [list(line.replace(START, FLOOR)) for line in layout.rows]
    for (rug_row, rug_column), treat in zip(layout.rugs, treats_left, strict=True):
        cells[rug_row][rug_column] = RUG if treat else RUG.lower()
    cells[row][column] = START
    done = "start" if action is None else f"{Action(action).name}, reward {reward:g}"
    lines = ["".join(line) for line in cells]
    return "\n".join([*lines, f"{done}, Bob on {thing_at(layout, row, column)}"])


def describe_room(layout: Layout, bob: str, treats_left: Sequence[int], happened: str = "") -> str:
    """Say in two or three sentences what the picture of a room shows.

    Args:
        layout: the room.
        bob: where Bob is, "on free floor at row 1, column 2".
        treats_left: 0 or 1 for each rug.
        happened: a sentence about the last step, or nothing.

    Returns:
        Text for the alt attribute of a picture.
    """
    phrases = []
    for kind in FURNITURE:
        cells = layout.where(kind)
        if kind == RUG:
            phrases += [
                f"{NAMES[kind]} {'with a treat' if treat else 'without its treat'} at {_place(cell)}"
                for cell, treat in zip(cells, treats_left, strict=True)
            ]
        elif cells:
            phrases.append(f"{NAMES[kind]} at {' and '.join(map(_place, cells))}")
    walls = f" and {len(layout.where(WALL))} cells of brick wall" if layout.where(WALL) else ""
    return (
        f"Bob the cat {bob}, in a room of {layout.n_rows} rows and {layout.n_columns} columns{walls}, "
        f"counted from 0 at the top left: {'; '.join(phrases)}.{' ' + happened if happened else ''}"
    )


def scratch_in_words(action: int | None, reward: float) -> str:
    """Say what scratching brought, or nothing if the last action was another one.

    >>> scratch_in_words(Action.SCRATCH, 5.0)
    'He has just scratched: a treat, reward +5.'
    """
    if action != Action.SCRATCH:
        return ""
    answer = "a treat" if reward > 0 else "a squirt of water" if reward < 0 else "nothing happens"
    return f"He has just scratched: {answer}, reward {reward:+g}."


def _place(cell: tuple[int, int]) -> str:
    return f"row {cell[0]}, column {cell[1]}"
