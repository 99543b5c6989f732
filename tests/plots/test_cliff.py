import gymnasium as gym
import numpy as np

from rl_helpers.plots import cliff, new_axes, ways


def test_the_map_is_that_of_the_world():
    """What is drawn dark is where the world sends a walker back to the start."""
    axes = cliff(new_axes()[1])
    dark = {
        round(patch.get_y() + 0.5) * 12 + round(patch.get_x() + 0.5)
        for patch in axes.patches
        if np.mean(patch.get_facecolor()[:3]) < 0.35
    }
    model = gym.make("CliffWalking-v1").unwrapped.P
    falls = {24 + column for column in range(12) if model[24 + column][2][0][2] == -100}
    assert dark == {state + 12 for state in falls}
    places = {text.get_text(): text.get_position() for text in axes.texts}
    assert np.round(places["start"]).tolist() == [0, 3]
    assert np.round(places["goal"]).tolist() == [11, 3]


def test_many_ways_are_drawn_apart_and_stay_in_their_cells():
    path = [36, 24, 25, 26]
    axes = ways(cliff(new_axes()[1]), [path] * 50, colour="black", label="fifty")
    drawn = np.array([line.get_xydata() for line in axes.lines])
    assert len(np.unique(drawn[:, 0], axis=0)) == 50
    assert np.abs(drawn - [[0, 3], [0, 2], [1, 2], [2, 2]]).max() < 0.5
    assert list(axes.get_legend_handles_labels()[1]) == ["fifty"]
