import gymnasium as gym
import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.patches import FancyArrowPatch

import rl_helpers  # noqa: F401 (registers Bob's worlds)
from rl_helpers import diagrams, plots
from rl_helpers.planning import value_iteration


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


def test_map_dashes_what_is_still_to_come(axes):
    diagrams.course_map(axes, [("00", "here", True), ("01", "later", False)])
    assert [patch.get_linestyle() for patch in axes.patches] == ["-", "--"]


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
    ink = {"black": 0.0, "white": 1.0}[plots._ink(ground)]
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
