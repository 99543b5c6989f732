import numpy as np
from matplotlib.patches import ArrowStyle, FancyArrowPatch

from rl_helpers.plots import diagrams


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
