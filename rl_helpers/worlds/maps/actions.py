"""What Bob can do in a world on a grid."""

from enum import IntEnum


class Action(IntEnum):
    """One of Bob's five actions; a plain integer 0 … 4 does as well.

    >>> Action(3).name, Action.SCRATCH + 0
    ('LEFT', 4)
    """

    UP = 0
    RIGHT = 1
    DOWN = 2
    LEFT = 3
    SCRATCH = 4


MOVES = {Action.UP: (-1, 0), Action.RIGHT: (0, 1), Action.DOWN: (1, 0), Action.LEFT: (0, -1)}
"""(rows, columns) that a move goes: row 0 is at the top, so up is −1."""


def sideways(action: Action) -> tuple[Action, Action]:
    """Return the two moves at right angles to a move: where slippery paws slide.

    >>> [action.name for action in sideways(Action.UP)]
    ['LEFT', 'RIGHT']
    """
    return Action((action - 1) % 4), Action((action + 1) % 4)
