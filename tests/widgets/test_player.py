import asyncio
import inspect
import re

import gymnasium as gym
import numpy as np
import pytest

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.agents import QLearningAgent
from rl_helpers.widgets.game import Game
from rl_helpers.widgets.player import Player
from rl_helpers.worlds import Action
from tests.widgets.pages import (
    CONTROLS,
    Counter,
    Page,
    in_real_time,
    in_turns,
    ticks,
)


def test_one_press_is_one_step(monkeypatch):
    player, page = in_turns(monkeypatch)
    page.says(kind="press", control=Action.RIGHT)
    page.says(kind="release", control=Action.RIGHT)
    assert page.last["numbers"] == [["Return", "0"], ["Steps", "1"], ["Best", "–"]]
    assert "row 0, column 1" in page.last["description"]
    page.says(kind="press", control=Action.SCRATCH)
    assert page.last["numbers"][0] == ["Return", "1"]
    assert page.last["message"] == "Step 2: reward 1, return 1."
    assert (player.state, player.scores) == ("playing", [])


def test_finished_episode_is_scored_and_begins_again_when_asked(monkeypatch):
    player, page = in_turns(monkeypatch)
    for control in (Action.RIGHT, Action.SCRATCH, Action.RIGHT, Action.SCRATCH):
        page.says(kind="press", control=control)
    assert (player.state, player.scores) == ("over", [6.0])
    assert "press Enter or Space" in page.last["message"]
    page.says(kind="press", control=Action.LEFT)
    assert (player.state, page.last["numbers"][1]) == ("over", ["Steps", "4"])
    page.says(kind="again")
    assert player.state == "playing"
    assert page.last["numbers"] == [["Return", "0"], ["Steps", "0"], ["Best", "6"]]
    assert player.scores == [6.0]


def test_unfinished_episode_is_not_scored(monkeypatch):
    player, page = in_turns(monkeypatch)
    page.says(kind="press", control=Action.RIGHT)
    page.says(kind="again")
    assert player.scores == []
    assert page.last["numbers"][1] == ["Steps", "0"]


def test_time_limit_ends_the_game_and_scores_it(monkeypatch):
    player, page = in_turns(monkeypatch, max_episode_steps=2)
    page.says(kind="press", control=Action.LEFT)
    page.says(kind="press", control=Action.LEFT)
    assert (player.state, player.scores) == ("over", [0.0])


def test_negative_rewards_are_written_with_a_true_minus(monkeypatch):
    player = widgets.play(gym.make("Bob/Room-v0", layout="BCP", render_mode="rgb_array"))
    page = Page(player, monkeypatch)
    page.says(kind="press", control=Action.RIGHT)
    page.says(kind="press", control=Action.SCRATCH)
    assert page.last["numbers"][0] == ["Return", "−1"]


def test_page_that_comes_up_gets_the_present_picture(monkeypatch):
    player, page = in_turns(monkeypatch)
    page.says(kind="press", control=Action.RIGHT)
    page.received.clear()
    page.says(kind="hello")
    expected = player._game.env.render()
    assert np.array_equal(page.frame(expected.shape), expected)
    assert page.last["numbers"][1] == ["Steps", "1"]


def test_scores_handed_out_cannot_be_changed():
    player = widgets.play(gym.make("Bob/Room-v0", layout="BRP", render_mode="rgb_array"))
    player.scores.append(1000.0)
    assert player.scores == []


def test_held_key_acts_until_it_is_released_and_no_key_is_idle(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=100)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 3)
        page.says(kind="press", control=1)
        await ticks(player, clock, 3)
        page.says(kind="release", control=1)
        await ticks(player, clock, 3)
        player.close()

    asyncio.run(scene())
    assert re.fullmatch("0+1110+", "".join(map(str, env.actions)))


def test_tap_shorter_than_a_tick_acts_once(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch)

    async def scene():
        page.says(kind="press", control=1)
        page.says(kind="release", control=1)
        await ticks(player, clock, 4)
        player.close()

    asyncio.run(scene())
    assert env.actions.count(1) == 1


def test_last_of_two_held_keys_wins_and_the_first_comes_back(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=100)

    async def scene():
        page.says(kind="press", control=1)
        await ticks(player, clock, 2)
        page.says(kind="press", control=0)
        await ticks(player, clock, 2)
        page.says(kind="release", control=0)
        await ticks(player, clock, 2)
        player.close()

    asyncio.run(scene())
    assert re.fullmatch("1+0+1+", "".join(map(str, env.actions)))


@pytest.mark.parametrize("reason", ["pause", "hello"])
def test_clock_stops_when_the_page_looks_elsewhere_and_goes_on_when_asked(monkeypatch, reason):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=100)

    async def scene():
        page.says(kind="press", control=1)
        await ticks(player, clock, 2)
        page.says(kind=reason)
        steps = len(env.actions)
        assert page.last["message"] == "Paused: click to go on."
        for _ in range(20):
            await asyncio.sleep(0)
        assert len(env.actions) == steps
        page.says(kind="go")
        await ticks(player, clock, 2)
        assert env.actions[steps:] == [0] * (len(env.actions) - steps)  # a key held before is forgotten
        assert len(env.actions) > steps
        player.close()

    asyncio.run(scene())


def test_end_of_the_episode_stops_the_clock_and_is_shown(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=3)

    async def scene():
        page.says(kind="press", control=1)
        await ticks(player, clock, 10)
        naps = len(clock.naps)
        for _ in range(10):
            await asyncio.sleep(0)
        assert len(clock.naps) == naps

    asyncio.run(scene())
    assert (player.state, player.scores, env.actions) == ("over", [3.0], [1, 1, 1])
    assert page.frame()[0, 0, 0] == 3
    assert ["Lives", "0"] in page.last["numbers"]


def test_max_steps_ends_the_episode(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=100, max_steps=4)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 10)

    asyncio.run(scene())
    assert (player.state, len(env.actions)) == ("over", 4)


def test_closing_stops_the_task(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=100)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 2)
        task = player._task
        player.close()
        steps = len(env.actions)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(env.actions) == steps

    asyncio.run(scene())
    assert player.state == "closed"


def test_error_of_the_environment_is_shown_and_kept(monkeypatch):
    player, page, _, clock = in_real_time(monkeypatch)

    async def scene():
        page.says(kind="press", control=2)
        await ticks(player, clock, 5)

    asyncio.run(scene())
    assert player.state == "error"
    assert page.last["message"].startswith("The environment stopped with OSError: the console is on fire.")
    assert isinstance(player.error, OSError)
    page.says(kind="press", control=1)
    assert player.state == "error"


def test_error_in_a_turn_is_shown(monkeypatch):
    player = Player(Game(Counter()), CONTROLS, fps=0, idle=0, title="Count", chords={})
    page = Page(player, monkeypatch)
    page.says(kind="press", control=2)
    assert (player.state, page.last["state"]) == ("error", "error")


def test_environment_without_pictures_is_refused_at_once():
    with pytest.raises(ValueError, match=r'render_mode is None.*render_mode="rgb_array"'):
        widgets.play(gym.make("Bob/Room-v0"))
    with pytest.raises(ValueError, match="render_mode is 'ansi'"):
        widgets.step_through(gym.make("Bob/Room-v0", render_mode="ansi"), QLearningAgent(96, 5))


def test_newer_player_takes_the_environment_over(monkeypatch):
    env = gym.make("Bob/Room-v0", layout="BRP", render_mode="rgb_array")
    first = widgets.play(env)
    page = Page(first, monkeypatch)
    second = widgets.play(env)
    assert first.state == "closed"
    assert "newer widget" in page.last["message"]
    page.says(kind="press", control=Action.RIGHT)
    assert second._game.length == 0
    assert env.unwrapped.state == env.unwrapped.encode(0, 0, 1)


def test_worlds_with_countable_states_are_played_in_turns_and_others_at_their_own_pace():
    assert not widgets.play(gym.make("Bob/Room-v0", render_mode="rgb_array")).real_time
    player = widgets.play(Counter(), keys={"a": 0})
    assert player.real_time
    assert player._fps == 30
    bob = widgets.play(gym.make("Bob/Super-v0", frame_skip=1, render_mode="rgb_array"))
    assert bob.real_time
    assert bob._fps == 60
    assert bob.css_size == [640, 416]


def test_super_bob_runs_and_jumps_while_both_keys_are_held():
    env = gym.make("Bob/Super-v0", level="meadow", frame_skip=1, render_mode="rgb_array")
    player = widgets.play(env)
    keys = [control["key"] for control in player.controls]
    player._held = [keys.index("ArrowRight"), keys.index(" ")]
    player._tick()
    assert env.unwrapped.state.vx > 0
    assert env.unwrapped.state.vy < 0
    player._held = [keys.index("ArrowRight")]
    player._tick()
    assert not env.unwrapped.state.held


def test_options_of_play_are_keywords():
    parameters = list(inspect.signature(widgets.play).parameters.values())
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters[1:])
