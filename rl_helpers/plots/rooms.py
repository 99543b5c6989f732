"""Bob's room as a map: values and policies drawn over it."""

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.patheffects import withStroke

from rl_helpers.notebook import palette
from rl_helpers.plots.style import DIVERGING, PALE, number
from rl_helpers.worlds.layout_env import LayoutEnv
from rl_helpers.worlds.model_env import ModelEnv

ARROWS = {0: (0, -1), 1: (1, 0), 2: (0, 1), 3: (-1, 0)}
"""Direction on the page, (x to the right, y down), of the actions up, right, down, left."""

SAME = 1e-9
"""Action values that differ by less are drawn as equal."""


def room(axes, world, *, treats_left=None):
    """Draw Bob's room without Bob, its rows and columns numbered, as a ground for `values` and `policy`.

    Args:
        axes: where to draw.
        world: an unwrapped `Bob/Room-v0` or `Bob/ContinuousRoom-v0`.
        treats_left: 0 or 1 for each rug; as they are now if not given.

    Returns:
        The axes.
    """
    world = _bobs(world)
    axes.imshow(world.picture(bob=False, treats_left=treats_left), interpolation="nearest")
    for ticks, edges, n_cells in (
        (axes.set_xticks, axes.axvline, world.n_columns),
        (axes.set_yticks, axes.axhline, world.n_rows),
    ):
        ticks([(cell + 0.5) * world.tile for cell in range(n_cells)], range(n_cells))
        for cell in range(1, n_cells):
            edges(cell * world.tile - 0.5, color="black", alpha=0.18, linewidth=0.8)
    axes.set_xlabel("column")
    axes.set_ylabel("row")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return axes


def mark_cell(axes, world, row, column, words="", *, colour=palette.BLUE, line="-"):
    """Frame a cell of a room or maze, with a word in it.

    Args:
        axes: where `room`, `values` or `policy` has drawn.
        world: an unwrapped `Bob/Room-v0` or another of Bob's rooms.
        row, column: of the cell.
        words: a short one.
        colour: from `palette`.
        line: matplotlib's line style of the frame.

    Returns:
        The axes.
    """
    tile = _bobs(world).tile
    rim = [withStroke(linewidth=5.5, foreground="white")]
    corner = column * tile + 1, row * tile + 1
    look = {"edgecolor": colour, "linewidth": 2.6, "linestyle": line, "path_effects": rim}
    axes.add_patch(Rectangle(corner, tile - 3, tile - 3, fill=False, **look))
    middle = (column + 0.5) * tile, (row + 0.5) * tile
    rim = [withStroke(linewidth=3.5, foreground="white")]
    axes.text(*middle, words, ha="center", va="center", fontsize=9.5, weight="bold", path_effects=rim)
    return axes


def gaps(axes, world):
    """Mark the cells of a maze whose walls move: where a gap closes, and where one opens.

    Args:
        axes: where `room`, `values` or `policy` has drawn the maze.
        world: an unwrapped `Bob/Maze-v0` whose walls move, before or after they did.

    Returns:
        The axes.

    Raises:
        ValueError: if the walls of this maze stay.

    >>> import gymnasium as gym
    >>> from rl_helpers.plots import new_axes
    >>> maze = gym.make("Bob/Maze-v0", maze="blocking").unwrapped
    >>> [text.get_text() for text in gaps(room(new_axes()[1], maze), maze).texts]
    ['opens', 'closes']
    """
    world = _bobs(world, ModelEnv)
    first, *later = getattr(world, "layouts", (world.layout,))
    if not later:
        raise ValueError('the walls of this maze stay: take one that changes, maze="blocking" or "shortcut"')
    moved = world.layout is not first
    for row in range(world.n_rows):
        for column in range(world.n_columns):
            before, after = (layout.is_wall(row, column) for layout in (first, *later))
            if before and not after:
                words = "open" if moved else "opens"
                mark_cell(axes, world, row, column, words, colour=palette.GREEN, line="--")
            if after and not before:
                words = "closed" if moved else "closes"
                mark_cell(axes, world, row, column, words, colour=palette.VERMILION)
    return axes


def walkable(world, treats_left=None):
    """Return (row, column, state) of every cell Bob can stand on, with these treats left.

    Args:
        world: an unwrapped `Bob/Room-v0` or `Bob/Maze-v0`.
        treats_left: 0 or 1 for each rug; all 1 if not given.
    """
    world = _bobs(world, ModelEnv)
    treats_left = _treats(world, treats_left)
    return [
        (row, column, world.encode(row, column, *treats_left))
        for row in range(world.n_rows)
        for column in range(world.n_columns)
        if not world.layout.is_wall(row, column)
    ]


def _bobs(world, kind=LayoutEnv):
    """Return a world without wrappers if it is one of Bob's: others have other actions and other cells."""
    inner = getattr(world, "unwrapped", world)
    if not isinstance(inner, kind):
        named = "Bob/Room-v0 or Bob/Maze-v0" if kind is ModelEnv else "Bob/Room-v0 or another of Bob's rooms"
        raise TypeError(
            f"world is a {type(inner).__name__}, expected {named}: draw others with imshow(env.render())"
        )
    return inner


def _treats(world, treats_left):
    return (1,) * len(world.layout.rugs) if treats_left is None else tuple(treats_left)


def values(axes, world, q_values, *, treats_left=None, limit=None):
    """Lay the value of every cell, max Q(s, ·), as a heat map over the room.

    Args:
        axes: where to draw.
        world: an unwrapped `Bob/Room-v0` or `Bob/Maze-v0`.
        q_values: (n_states, n_actions).
        treats_left: 0 or 1 for each rug; all 1 if not given.
        limit: the value with the strongest colour; the largest one shown if not given.

    Returns:
        The image, for a colour bar.
    """
    world = _bobs(world, ModelEnv)
    treats_left = _treats(world, treats_left)
    # A faint room: its dark outlines would swallow the numbers.
    room(axes, world, treats_left=treats_left).images[0].set_alpha(0.35)
    heat = np.full((world.n_rows, world.n_columns), np.nan)
    for row, column, state in walkable(world, treats_left):
        heat[row, column] = q_values[state].max()
    limit = limit or max(np.nanmax(np.abs(heat)), 1e-9)
    extent = (-0.5, world.n_columns * world.tile - 0.5, world.n_rows * world.tile - 0.5, -0.5)
    image = axes.imshow(heat, cmap=DIVERGING, vmin=-limit, vmax=limit, alpha=PALE, extent=extent)
    for row, column, _ in walkable(world, treats_left):
        x, y = (column + 0.5) * world.tile, (row + 0.5) * world.tile
        axes.text(x, y, number(heat[row, column]), ha="center", va="center", fontsize=9)
    return image


def policy(axes, world, q_values, *, treats_left=None):
    """Draw the greedy action of every cell over the room: an arrow to walk, a ring to scratch.

    Cells where all actions are worth the same stay empty: there the agent knows nothing yet.

    Args:
        axes: where to draw.
        world: an unwrapped `Bob/Room-v0` or `Bob/Maze-v0`.
        q_values: (n_states, n_actions).
        treats_left: 0 or 1 for each rug; all 1 if not given.

    Returns:
        The axes.
    """
    world = _bobs(world, ModelEnv)
    treats_left = _treats(world, treats_left)
    room(axes, world, treats_left=treats_left)
    for row, column, state in walkable(world, treats_left):
        row_values = q_values[state]
        best = row_values.max()
        if best - row_values.min() <= SAME:
            continue
        x, y = (column + 0.5) * world.tile, (row + 0.5) * world.tile
        actions = [int(action) for action in np.flatnonzero(row_values >= best - SAME)]
        _arrows(axes, x, y, [ARROWS[action] for action in actions if action in ARROWS], 0.4 * world.tile)
        for action in actions:
            if action not in ARROWS:
                axes.plot(x, y, "o", markersize=15, markerfacecolor="none", markeredgecolor="white", mew=5)
                axes.plot(x, y, "o", markersize=15, markerfacecolor="none", markeredgecolor="black", mew=2.2)
    return axes


def _arrows(axes, x, y, directions, length):
    # From the centre outwards, so that two directions stay two arrows; a white rim, so that they are seen on
    # wood, rug and couch alike.
    rim = [withStroke(linewidth=4.5, foreground="white")]
    for right, down in directions:
        arrow = FancyArrowPatch(
            (x, y),
            (x + right * length, y + down * length),
            arrowstyle="-|>",
            color="black",
            linewidth=1.8,
            mutation_scale=11,
            shrinkA=0,
            shrinkB=0,
            path_effects=rim,
        )
        axes.add_patch(arrow)
