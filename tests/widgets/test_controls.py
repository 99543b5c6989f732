import gymnasium as gym
import pytest

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.widgets.controls import Control, controls_for
from rl_helpers.worlds import Action
from tests.widgets.pages import Counter


def test_directions_are_arrows_and_the_rest_is_space():
    env = gym.make("Bob/Room-v0")
    assert [control[1:] for control in controls_for(env)] == [
        (Action.UP, "ArrowUp"),
        (Action.RIGHT, "ArrowRight"),
        (Action.DOWN, "ArrowDown"),
        (Action.LEFT, "ArrowLeft"),
        (Action.SCRATCH, " "),
    ]


def test_breakout_has_no_button_for_doing_nothing():
    import ale_py

    gym.register_envs(ale_py)
    player = widgets.play(gym.make("ALE/Breakout-v5", frameskip=1, render_mode="rgb_array"), fps=60)
    assert [control.label for control in player._controls] == ["Fire", "Right", "Left"]
    assert player.real_time
    assert player.css_size == [320, 420]


def test_keys_can_be_given_and_a_key_without_a_button_gets_one():
    env = gym.make("FrozenLake-v1")
    controls = controls_for(env, {"West": 0}, {"a": 0, "ArrowRight": 2, "Space": 1})
    assert controls == [Control("West", 0, "a"), Control("Right", 2, "ArrowRight"), Control("Space", 1, " ")]


def test_actions_that_do_not_exist_or_are_not_named_are_refused():
    env = gym.make("FrozenLake-v1")
    with pytest.raises(ValueError, match=r"keys\['a'\] is 9"):
        controls_for(env, keys={"a": 9})
    with pytest.raises(ValueError, match="nothing says which keys play this environment: give keys"):
        controls_for(env)
    with pytest.raises(ValueError, match="idle is 7"):
        widgets.play(Counter(), keys={"a": 0}, fps=10, idle=7)
