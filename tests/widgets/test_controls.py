import re

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import plots, widgets
from rl_helpers.widgets.controls import (
    Control,
    action_names,
    chords_of,
    controls_for,
    pressed_action,
    state_name,
)
from rl_helpers.widgets.table import possible_states
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


class NorthFirst(gym.Env):
    """A world of somebody else, whose attributes have the names of Bob's: south is action 1, east is 2."""

    metadata = {"render_modes": ["rgb_array"], "render_fps": None}  # noqa: RUF012
    observation_space, action_space = gym.spaces.Discrete(6), gym.spaces.Discrete(4)
    render_mode, spec = "rgb_array", None
    n_columns, n_rows, tile, layout, kind = 3, 2, 7, "grid", "room"
    player, rug = [1, 2], None

    def decode(self, state):
        return "cell", state

    def describe(self, verbose):
        raise AssertionError("not for us")

    get_action_meanings = None

    def reset(self, *, seed=None, options=None):
        return 0, {"lives": "nine"}

    def step(self, action):
        return 1, 0.0, False, False, {"lives": None}

    def render(self):
        return np.zeros((14, 21, 3), np.uint8)


class Meant(NorthFirst):
    """Says what its actions mean, but for one."""

    def get_action_meanings(self):
        return ["UP", "DOWN", "RIGHT"]


@pytest.mark.parametrize("world", [NorthFirst, Meant])
def test_worlds_of_others_are_not_taken_for_bobs(world):
    env = world()
    assert action_names(env) == ["0", "1", "2", "3"]
    with pytest.raises(ValueError, match="nothing says which keys play this environment"):
        widgets.play(env)
    assert state_name(env, 4) == "4"
    assert possible_states(env, 6) == list(range(6))
    player = widgets.play(env, keys={"a": 1})
    assert env.player == [1, 2]
    assert player.css_size == [630, 420]  # 30 times as large: its pixels are not Bob's, in blocks of three
    assert "as it is drawn on the screen" in player.static_html()
    with pytest.raises(TypeError, match=r"world is a .*, expected Bob/Room-v0 or another of Bob's rooms"):
        plots.room(plots.new_axes()[1], env)
    with pytest.raises(TypeError, match=r"expected Bob/Room-v0 or Bob/Maze-v0"):
        plots.policy(plots.new_axes()[1], env, np.zeros((6, 4)))


def test_blackjack_is_played_and_keeps_its_cards():
    env = gym.make("Blackjack-v1", render_mode="rgb_array")
    widgets.play(env, keys={"h": 1, "s": 0}, fps=0)
    assert [type(card) for card in env.unwrapped.player] == [int, int]


def test_what_a_world_says_in_ataris_way_is_believed():
    class Says(NorthFirst):
        def get_action_meanings(self):
            return ["UP", "DOWN", "RIGHT", "LEFT"]

    assert [control[1:] for control in controls_for(Says())] == [
        (0, "ArrowUp"),
        (1, "ArrowDown"),
        (2, "ArrowRight"),
        (3, "ArrowLeft"),
    ]


@pytest.mark.parametrize("wrong", [["a"], "a", {1: 0}, 3, {("a",): 1}])
@pytest.mark.parametrize("which", ["keys", "actions"])
def test_keys_and_actions_are_given_by_name(which, wrong):
    with pytest.raises(TypeError, match=rf"^{which} is .*expected actions by name, such as {which}="):
        widgets.play(Counter(), **{which: wrong})


def test_keys_held_together_are_the_action_that_is_both():
    chords = chords_of(gym.make("Bob/Super-v0"))
    names = ["NOTHING", "LEFT", "RIGHT", "JUMP", "LEFT+JUMP", "RIGHT+JUMP"]
    assert {names[action] for action in chords.values()} == {"LEFT+JUMP", "RIGHT+JUMP"}

    def pressed(held, tapped=()):
        return names[pressed_action([*map(names.index, held)], [*map(names.index, tapped)], chords, 0)]

    assert pressed([]) == "NOTHING"
    assert pressed(["RIGHT", "JUMP"]) == pressed(["JUMP", "RIGHT"]) == "RIGHT+JUMP"
    assert pressed(["RIGHT", "LEFT", "JUMP"]) == "LEFT+JUMP"
    assert pressed(["RIGHT"], ["JUMP"]) == "RIGHT+JUMP"
    assert pressed([], ["JUMP"]) == "JUMP"
    assert pressed(["RIGHT", "LEFT"]) == "LEFT"


def test_super_bob_runs_with_arrows_and_jumps_with_space():
    controls = controls_for(gym.make("Bob/Super-v0"))
    assert {control.label: (control.action, control.key) for control in controls} == {
        "Left": (1, "ArrowLeft"),
        "Right": (2, "ArrowRight"),
        "Jump": (3, " "),
    }


def test_worlds_without_names_have_no_chords():
    assert chords_of(gym.make("FrozenLake-v1")) == chords_of(gym.make("Pendulum-v1")) == {}


@pytest.mark.parametrize("key", ["arrow left", "left", "Arrow Left", "ctrl+a"])
def test_keys_that_no_browser_knows_are_refused(key):
    with pytest.raises(
        ValueError, match=rf"keys has '{re.escape(key)}', which names no key, expected what it wri"
    ):
        controls_for(gym.make("Bob/Room-v0"), keys={key: 0})


@pytest.mark.parametrize("key", ["a", " ", "Space", "ä", "F1", "PageUp"])
def test_keys_that_browsers_know_are_taken(key):
    assert controls_for(gym.make("Bob/Room-v0"), keys={key: 0})[-1].action == 0
