from types import SimpleNamespace

import gymnasium as gym
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgba
from matplotlib.patches import ArrowStyle, FancyArrowPatch, Rectangle

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers import plots
from rl_helpers.planning import value_iteration
from rl_helpers.plots import diagrams, palette


@pytest.fixture
def axes():
    return plots.new_axes()[1]


@pytest.fixture
def tiny():
    env = gym.make("Bob/Room-v0", layout="tiny")
    env.reset(seed=0)
    return env.unwrapped


def test_band_covers_the_true_mean_as_often_as_it_says():
    """95 % of the intervals must cover; 300 of them, binomial standard deviation 1.3 points."""
    rng = np.random.default_rng(0)
    curves = rng.exponential(size=(300, 40, 1)) - 1
    covered = []
    for curve in curves:
        _, low, high = plots.mean_and_band(curve)
        covered.append(low[0] <= 0 <= high[0])
    assert 0.89 <= np.mean(covered) <= 0.98


def test_band_is_the_same_for_the_same_data():
    curves = np.random.default_rng(0).normal(size=(20, 3))
    first, second = plots.mean_and_band(curves), plots.mean_and_band(curves)
    assert all(np.array_equal(one, other) for one, other in zip(first, second, strict=True))


def test_band_is_as_wide_as_95_percent_ask():
    """Of many normal numbers the mean ± 1.96 standard errors; 2.58 would be 99 %, 1.64 would be 90 %."""
    curves = np.random.default_rng(0).normal(size=(300, 200))
    _, low, high = plots.mean_and_band(curves)
    standard_error = curves.std(axis=0) / np.sqrt(300)
    assert ((high - low) / 2 / standard_error).mean() == pytest.approx(1.96, abs=0.06)


def test_curve_has_its_band_around_it(axes):
    curves = np.random.default_rng(0).normal(size=(6, 5))
    plots.learning_curve(axes, curves, label="x", colour="#123456")
    _, low, high = plots.mean_and_band(curves)
    (band,) = axes.collections
    corners = band.get_paths()[0].vertices
    drawn = [corners[corners[:, 0] == episode, 1] for episode in range(1, 6)]
    assert [one.min() for one in drawn] == pytest.approx(low)
    assert [one.max() for one in drawn] == pytest.approx(high)
    assert band.get_facecolor()[0] == pytest.approx(to_rgba("#123456", 0.25))
    assert axes.lines[0].get_color() == "#123456"
    assert axes.lines[0].get_label() == "x"


def test_no_runs_are_refused():
    with pytest.raises(ValueError, match=r"shape \(0, 5\), that is no runs"):
        plots.mean_and_band(np.zeros((0, 5)))


def test_a_window_longer_than_the_training_is_refused(axes):
    with pytest.raises(ValueError, match="window is 11 and there are 10 episodes: take a smaller window"):
        plots.learning_curve(axes, np.zeros((2, 10)), label="x", window=11)
    points, _ = plots.smoothed(np.ones((2, 10)), window=10)
    assert points.tolist() == [[1.0], [1.0]]


@pytest.mark.parametrize("window", [0, -1, 2.5])
def test_a_window_must_be_a_whole_number(window):
    with pytest.raises(ValueError, match="window is"):
        plots.smoothed(np.zeros((2, 10)), window)


def test_reference_line_lies_at_its_value_and_is_named(axes):
    axes.plot([0, 10], [0, 5])
    plots.reference_line(axes, 3.5, "best possible")
    line = axes.lines[-1]
    assert list(line.get_ydata()) == [3.5, 3.5]
    assert line.get_linestyle() == "--"
    (name,) = axes.texts
    assert (name.get_text(), name.xy[1]) == ("best possible", 3.5)


def test_one_run_has_no_band():
    mean, low, high = plots.mean_and_band([[1.0, 2.0]])
    assert mean.tolist() == [1.0, 2.0]
    assert np.isnan([low, high]).all()


def test_curve_shows_the_mean_over_runs_at_the_middle_of_each_window(axes):
    plots.learning_curve(axes, [[0.0, 2.0, 4.0, 6.0, 9.0], [2.0, 4.0, 6.0, 8.0, 9.0]], label="x", window=2)
    x, y = axes.lines[0].get_data()
    assert (x.tolist(), y.tolist()) == ([1.5, 3.5], [2.0, 6.0])
    assert axes.get_xlabel() == "episode"
    assert "treats" in axes.get_ylabel()


def test_nothing_stays_open_and_no_style_is_changed():
    before = dict(plt.rcParams)
    plots.new_axes(columns=2)
    assert plt.get_fignums() == []
    assert dict(plt.rcParams) == before


def test_q_table_shows_every_number(axes):
    plots.q_table(axes, [[1.25, -3.0], [0.0, 4.0]], state_names=["a", "b"], action_names=["x", "y"])
    texts = {text.get_position(): text.get_text() for text in axes.texts if "action" not in text.get_text()}
    assert texts == {(0, 0): "1.25", (1, 0): "−3.00", (0, 1): "0.00", (1, 1): "4.00"}


def test_q_table_has_states_as_rows_and_actions_as_columns(axes):
    plots.q_table(axes, np.zeros((3, 2)), state_names=["a", "b", "c"], action_names=["x", "y"])
    assert names(axes.xaxis) == {0: "x", 1: "y"}
    assert names(axes.yaxis) == {0: "a", 1: "b", 2: "c"}
    # Row 0 is at the top: y grows downwards.
    assert axes.yaxis.get_inverted()
    assert not axes.xaxis.get_inverted()


def test_q_table_frames_the_entry_asked_for(axes):
    q_values = np.zeros((3, 2))
    plots.q_table(axes, q_values, state_names="abc", action_names="xy", highlight=[(2, 1)])
    (frame,) = axes.patches
    assert isinstance(frame, Rectangle)
    assert tuple(frame.get_center()) == pytest.approx((1, 2))  # x is the column, y the row
    assert not frame.get_fill()


def test_q_table_is_blue_above_zero_and_vermilion_below(axes):
    plots.q_table(axes, [[2.0, -2.0], [0.0, 1.0]], state_names="ab", action_names="xy")
    image = axes.images[0]
    colours = image.to_rgba(image.get_array())
    assert colours[0, 0] == pytest.approx(to_rgba(palette.BLUE))
    assert colours[0, 1] == pytest.approx(to_rgba(palette.VERMILION))
    assert colours[1, 0] == pytest.approx((1, 1, 1, 1))


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


def names(axis):
    """Return what stands at which place of an axis."""
    return dict(zip(axis.get_ticklocs(), (text.get_text() for text in axis.get_ticklabels()), strict=True))


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


def test_loop_names_what_passes_between_the_two(axes):
    diagrams.agent_environment_loop(axes, agent="cat", environment="room")
    assert {text.get_text() for text in axes.texts} == {"cat", "room", "action", "next state, reward"}


def test_loop_sends_the_action_from_the_agent_and_the_reward_back(axes):
    diagrams.agent_environment_loop(axes, agent="cat", environment="room")
    place = {text.get_text(): np.array(text.get_position()) for text in axes.texts}

    def way(label):
        """Return the texts of the boxes where the arrow beside `label` starts and ends."""
        arrows = [patch._posA_posB for patch in axes.patches if isinstance(patch, FancyArrowPatch)]
        beside = min(arrows, key=lambda ends: np.hypot(*(np.mean(ends, axis=0) - place[label])))
        return [min(("cat", "room"), key=lambda box: np.hypot(*(place[box] - end))) for end in beside]

    assert way("action") == ["cat", "room"]
    assert way("next state, reward") == ["room", "cat"]
    heads = {type(patch.get_arrowstyle()) for patch in axes.patches if isinstance(patch, FancyArrowPatch)}
    assert heads == {ArrowStyle.CurveFilledB}  # a head at the end, none at the start


def test_map_winds_from_station_to_station(axes):
    """Six stations: five to the right, the sixth below the fifth, so that the path never jumps."""
    diagrams.course_map(axes, [(f"{number:02}", "title") for number in range(6)])
    numbers = [text for text in axes.texts if text.get_text().isdigit()]
    assert [text.get_text() for text in numbers] == ["00", "01", "02", "03", "04", "05"]
    assert [round(text.get_position()[0]) for text in numbers] == [0, 1, 2, 3, 4, 4]
    assert numbers[5].get_position()[1] < numbers[4].get_position()[1] - 0.5


def test_values_that_differ_by_rounding_only_are_no_preference(axes, tiny):
    q_values = np.zeros((12, 5))
    q_values[0] = [0.0, 1e-12, 0.0, 0.0, 0.0]
    plots.policy(axes, tiny, q_values, treats_left=())
    assert arrow_directions(axes) == set()


@pytest.mark.parametrize("value", np.linspace(-1, 1, 21))
def test_numbers_can_be_read_on_every_colour(value):
    """Contrast of at least 4.5:1 between number and ground, as WCAG 2.2 asks."""

    def luminance(parts):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    ground = plots.DIVERGING((value + 1) / 2)
    ink = {"black": 0.0, "white": 1.0}[plots.ink(ground)]
    light, dark = sorted([luminance(ground[:3]), ink], reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


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
