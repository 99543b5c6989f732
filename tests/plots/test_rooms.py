from types import SimpleNamespace

import gymnasium as gym
import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.patches import FancyArrowPatch

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers import plots
from rl_helpers.planning import value_iteration
from rl_helpers.plots import palette
from tests.plots.ticks import names


def heat_at(image, tile, row, column):
    """Return the number whose colour lies over a cell, as matplotlib finds it under a pointer."""
    x, y = image.axes.transData.transform(((column + 0.5) * tile, (row + 0.5) * tile))
    return image.get_cursor_data(SimpleNamespace(x=x, y=y))


def test_heat_lies_over_its_own_cell_and_is_the_largest_value(axes, tiny):
    q_values = -np.arange(1.0, 61.0).reshape(12, 5) / 10
    q_values[tiny.encode(2, 0), 3] = 4.0
    image = plots.values(axes, tiny, q_values, treats_left=())
    cells = plots.walkable(tiny)
    assert len(cells) == 10
    for row, column, state in cells:
        assert heat_at(image, tiny.tile, row, column) == q_values[state].max()
    assert {(row, column): state for row, column, state in cells}[2, 3] == tiny.encode(2, 3)
    # Walls have no colour of their own.
    assert np.ma.is_masked(heat_at(image, tiny.tile, 0, 2))
    # And the room below stands upright: y grows downwards.
    assert axes.yaxis.get_inverted()
    assert not axes.xaxis.get_inverted()


def test_heat_is_blue_above_zero_and_vermilion_below(axes, tiny):
    q_values = np.zeros((12, 5))
    q_values[tiny.encode(0, 0)] = 3.0
    q_values[tiny.encode(2, 3)] = -3.0
    image = plots.values(axes, tiny, q_values, treats_left=())
    assert image.to_rgba(3.0) == pytest.approx(to_rgba(palette.BLUE))
    assert image.to_rgba(-3.0) == pytest.approx(to_rgba(palette.VERMILION))
    assert image.to_rgba(0.0) == pytest.approx((1, 1, 1, 1))


def test_strongest_colour_can_be_chosen_so_that_two_maps_compare(axes, tiny):
    q_values = np.full((12, 5), 2.0)
    assert plots.values(axes, tiny, q_values, treats_left=()).get_clim() == (-2.0, 2.0)
    assert plots.values(axes, tiny, q_values, treats_left=(), limit=8.0).get_clim() == (-8.0, 8.0)


@pytest.mark.parametrize("treats_left", [(0,), (1,)])
def test_treats_left_choose_the_states_and_the_picture(treats_left):
    world = gym.make("Bob/Room-v0").unwrapped
    world.reset(seed=0)
    q_values = np.zeros((96, 5))
    q_values[world.encode(0, 0, 0)] = [0.0, 1.0, 0.0, 0.0, 0.0]
    q_values[world.encode(0, 0, 1)] = [0.0, 0.0, 2.0, 0.0, 0.0]
    ground = world.picture(bob=False, treats_left=treats_left)
    assert not np.array_equal(ground, world.picture(bob=False, treats_left=(1 - treats_left[0],)))

    axes = plots.new_axes()[1]
    image = plots.values(axes, world, q_values, treats_left=treats_left)
    expected = 1.0 + treats_left[0]
    assert heat_at(image, world.tile, 0, 0) == expected
    assert f"{expected:.2f}" in {text.get_text() for text in axes.texts}
    assert np.array_equal(axes.images[0].get_array(), ground)

    axes = plots.new_axes()[1]
    plots.policy(axes, world, q_values, treats_left=treats_left)
    assert arrow_directions(axes) == {(0, 1) if treats_left[0] else (1, 0)}
    assert np.array_equal(axes.images[0].get_array(), ground)


def test_rooms_rows_and_columns_are_numbered_at_their_cells(axes, tiny):
    plots.room(axes, tiny)
    assert names(axes.xaxis) == {(column + 0.5) * tiny.tile: str(column) for column in range(4)}
    assert names(axes.yaxis) == {(row + 0.5) * tiny.tile: str(row) for row in range(3)}
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("column", "row")


def test_values_stand_in_their_cells(axes, tiny):
    q_values = value_iteration(tiny, 0.95)
    plots.values(axes, tiny, q_values, treats_left=())
    texts = {text.get_position(): text.get_text() for text in axes.texts}
    assert len(texts) == 10  # twelve cells, two of them wall
    # The post, in row 0 and column 3, is worth five; the drapes below it one step less.
    assert texts[3.5 * tiny.tile, 0.5 * tiny.tile] == "5.00"
    assert texts[3.5 * tiny.tile, 1.5 * tiny.tile] == "4.75"


def arrow_directions(axes):
    """Return which ways the arrows point, as (right, down)."""
    found = set()
    for patch in axes.patches:
        if isinstance(patch, FancyArrowPatch):
            (x0, y0), (x1, y1) = patch._posA_posB
            found.add((np.sign(x1 - x0), np.sign(y1 - y0)))
    return found


@pytest.mark.parametrize(("action", "direction"), [(0, (0, -1)), (1, (1, 0)), (2, (0, 1)), (3, (-1, 0))])
def test_arrows_point_where_bob_goes(axes, tiny, action, direction):
    """Rows count downwards and so do the pixels: up is a smaller y."""
    q_values = np.zeros((12, 5))
    q_values[0, action] = 1.0
    plots.policy(axes, tiny, q_values, treats_left=())
    assert arrow_directions(axes) == {direction}
    # And the world agrees about what the action does.
    start = tiny.encode(2, 1)
    tiny.reset(options={"state": start})
    row, column = tiny.decode(tiny.step(action)[0])
    moved = (column - 1, row - 2)
    assert moved == direction or moved == (0, 0)


def test_ties_are_one_arrow_for_each_best_action(axes, tiny):
    q_values = np.zeros((12, 5))
    q_values[0] = [0.0, 2.0, 2.0, 0.0, -1.0]
    plots.policy(axes, tiny, q_values, treats_left=())
    assert arrow_directions(axes) == {(1, 0), (0, 1)}
    assert len(axes.patches) == 2


def test_walking_and_scratching_can_be_equally_good(axes, tiny):
    q_values = np.zeros((12, 5))
    q_values[0] = [0.0, 2.0, 0.0, 0.0, 2.0]
    plots.policy(axes, tiny, q_values, treats_left=())
    assert arrow_directions(axes) == {(1, 0)}
    assert "o" in {line.get_marker() for line in axes.lines}


def test_scratching_is_a_ring_and_knowing_nothing_is_empty(axes, tiny):
    q_values = np.zeros((12, 5))
    q_values[0, 4] = 1.0
    plots.policy(axes, tiny, q_values, treats_left=())
    rings = [line for line in axes.lines if line.get_marker() == "o"]
    assert {(line.get_xdata()[0], line.get_ydata()[0]) for line in rings} == {
        (0.5 * tiny.tile, 0.5 * tiny.tile)
    }
    assert arrow_directions(axes) == set()


def test_values_that_differ_by_rounding_only_are_no_preference(axes, tiny):
    q_values = np.zeros((12, 5))
    q_values[0] = [0.0, 1e-12, 0.0, 0.0, 0.0]
    plots.policy(axes, tiny, q_values, treats_left=())
    assert arrow_directions(axes) == set()


def test_a_maze_is_drawn_like_a_room(axes):
    maze = gym.make("Bob/Maze-v0").unwrapped
    plots.values(axes, maze, value_iteration(maze, 0.95))
    texts = {text.get_position(): text.get_text() for text in axes.texts}
    # Below the goal, in row 0 and column 8, one step is missing to the reward of 1.
    assert texts[8.5 * maze.tile, 1.5 * maze.tile] == "1.00"


def test_without_a_word_about_treats_all_are_there(axes):
    env = gym.make("Bob/Room-v0")
    env.reset(seed=0)
    world = env.unwrapped
    q_values = np.zeros((96, 5))
    q_values[world.encode(0, 0, 1), 0] = 2.0
    plots.values(axes, world, q_values)
    assert {text.get_text() for text in axes.texts} == {"2.00", "0.00"}


def marks(axes, world):
    """Return from each word to the cell it stands in, and to the kind of its frame."""
    tile = world.tile
    words = {
        text.get_text(): tuple(int(at // tile) for at in text.get_position()[::-1]) for text in axes.texts
    }
    frames = {
        tuple(int(at // tile) for at in frame.get_center()[::-1]): (
            frame.get_edgecolor(),
            frame.get_linestyle(),
        )
        for frame in axes.patches
    }
    return {word: (cell, frames[cell]) for word, cell in words.items()}


OPENS, CLOSES = (to_rgba(palette.GREEN), "--"), (to_rgba(palette.VERMILION), "-")


@pytest.mark.parametrize(
    ("maze", "before", "after"),
    [
        (
            "blocking",
            {"opens": ((3, 0), OPENS), "closes": ((3, 8), CLOSES)},
            {"open": ((3, 0), OPENS), "closed": ((3, 8), CLOSES)},
        ),
        ("shortcut", {"opens": ((3, 8), OPENS)}, {"open": ((3, 8), OPENS)}),
    ],
)
def test_gaps_are_marked_before_and_after_the_walls_move(maze, before, after):
    world = gym.make("Bob/Maze-v0", maze=maze, change_at=1).unwrapped
    world.reset(seed=0)
    assert marks(plots.gaps(plots.room(plots.new_axes()[1], world), world), world) == before
    world.step(0)
    assert marks(plots.gaps(plots.room(plots.new_axes()[1], world), world), world) == after


def test_a_maze_whose_walls_stay_has_no_gaps_to_mark(axes, tiny):
    for world in (tiny, gym.make("Bob/Maze-v0").unwrapped):
        with pytest.raises(ValueError, match="the walls of this maze stay"):
            plots.gaps(axes, world)
