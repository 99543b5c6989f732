"""The exact model of a maze: what follows each move in each state."""

from itertools import product

from rl_helpers.worlds.dynamics.states import Model, encode
from rl_helpers.worlds.maps.actions import MOVES
from rl_helpers.worlds.maps.layouts import POST, Layout

GOAL_REWARD = 1.0


def maze_model(layout: Layout) -> Model:
    """List what follows each move in each state.

    Args:
        layout: the maze, its goals being posts.

    Returns:
        `model[state][action]`, a list of one (probability 1, next state, reward, terminated). No move leads
        into a wall, and every move out of one that moved onto Bob is as from free floor. A goal leads to
        itself and earns nothing more.
    """
    model: Model = {}
    for row, column in product(range(layout.n_rows), range(layout.n_columns)):
        state = encode(layout, row, column)
        if layout.rows[row][column] == POST:
            model[state] = {int(action): [(1.0, state, 0.0, True)] for action in MOVES}
            continue
        model[state] = {}
        for action, (rows, columns) in MOVES.items():
            target = (row + rows, column + columns)
            if layout.is_wall(*target):
                target = (row, column)
            arrived = layout.rows[target[0]][target[1]] == POST
            reward = GOAL_REWARD if arrived else 0.0
            model[state][int(action)] = [(1.0, encode(layout, *target), reward, arrived)]
    return model
