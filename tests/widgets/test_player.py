import asyncio
import inspect
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import gymnasium as gym
import numpy as np
import pytest
from jupyter_core.paths import jupyter_path

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.agents import QLearningAgent
from rl_helpers.notebook import show
from rl_helpers.widgets.clock import FRAMES_IN_FLIGHT, PATIENCE
from rl_helpers.widgets.controls import Control, controls_for
from rl_helpers.widgets.formula import COLOURS
from rl_helpers.widgets.game import Game, enlarged, enlargement
from rl_helpers.widgets.player import Player
from rl_helpers.widgets.stepper import Stepper
from rl_helpers.worlds import Action


class Counter(gym.Env):
    """Action 1 earns 1, action 2 breaks; ends after five steps; the picture counts the steps."""

    metadata = {"render_modes": ["rgb_array"], "render_fps": 30}  # noqa: RUF012
    observation_space = gym.spaces.Box(0, 1)
    action_space = gym.spaces.Discrete(3)
    spec = None

    def __init__(self, *, n_steps=5, render_mode="rgb_array"):
        self.render_mode = render_mode
        self.n_steps = n_steps
        self.actions = []
        self.count = 0

    def reset(self, *, seed=None, options=None):
        super().reset(seed=seed)
        self.count = 0
        return np.zeros(1, np.float32), {"lives": 3}

    def step(self, action):
        if action == 2:
            raise OSError("the console is on fire")
        self.actions.append(action)
        self.count += 1
        observation = np.zeros(1, np.float32)
        return observation, action, self.count == self.n_steps, False, {"lives": 3 - self.count}

    def render(self):
        return np.full((4, 6, 3), self.count, np.uint8)


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self):
        self.now = 0.0
        self.naps = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.naps.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


class Page:
    """What a browser would be: takes what the widget sends, and sends what a page sends."""

    def __init__(self, widget, monkeypatch):
        self.widget = widget
        self.received = []
        monkeypatch.setattr(
            widget, "send", lambda content, buffers=None: self.received.append((content, buffers))
        )

    def says(self, **content):
        self.widget._handle_msg(
            {"content": {"data": {"method": "custom", "content": content}}, "buffers": []}
        )

    @property
    def last(self):
        return self.received[-1][0]

    def frame(self, shape=(4, 6, 3)):
        return np.frombuffer(zlib.decompress(self.received[-1][1][0]), np.uint8).reshape(shape)


def declarations(block):
    """Return the declarations of a block of CSS, from name to value."""
    return dict(re.findall(r"([\w-]+) *: *([^;]+?) *(?:;|$)", block.strip()))


CONTROLS = [Control("Wait", 0, "ArrowLeft"), Control("Earn", 1, "ArrowRight"), Control("Break", 2, " ")]


def in_turns(monkeypatch, **options):
    player = widgets.play(
        gym.make("Bob/Room-v0", layout="BRP", render_mode="rgb_array", **options), title="Steer Bob"
    )
    return player, Page(player, monkeypatch)


def in_real_time(monkeypatch, *, n_steps=5, fps=10, max_steps=None):
    clock, env = Clock(), Counter(n_steps=n_steps)
    game = Game(env, max_steps=max_steps)
    player = Player(game, CONTROLS, fps=fps, idle=0, title="Count", clock=clock, sleep=clock.sleep)
    return player, Page(player, monkeypatch), env, clock


async def ticks(player, clock, n_ticks):
    """Let the clock run for a number of ticks, or until the player stops."""
    until = len(clock.naps) + n_ticks
    while len(clock.naps) < until and player.state == "playing":
        await asyncio.sleep(0)


# Playing turn by turn.


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


# Playing in real time.


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


def test_clock_keeps_its_pace_and_never_races_after_a_break(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=100, fps=10)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 5)
        clock.now += 60.0  # another cell kept Python busy for a minute
        page.says(kind="drawn", number=player._window.sent)
        steps = len(env.actions)
        await ticks(player, clock, 5)
        assert len(env.actions) - steps <= 5
        player.close()

    asyncio.run(scene())
    assert clock.naps[:5] == pytest.approx([0.1] * 5)
    assert sum(nap == 0 for nap in clock.naps) == 1
    assert clock.naps[-2:] == pytest.approx([0.1, 0.1])


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


def test_frames_are_skipped_while_the_page_lags_but_the_game_goes_on(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=1000, fps=100)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 50)
        assert len(env.actions) >= 49
        assert len(page.received) == FRAMES_IN_FLIGHT
        page.says(kind="drawn", number=page.last["number"])
        await ticks(player, clock, 3)
        assert len(page.received) > FRAMES_IN_FLIGHT
        assert page.frame()[0, 0, 0] >= 50  # the newest frame, not the first that was skipped
        player.close()

    asyncio.run(scene())


def test_game_pauses_when_the_page_has_gone(monkeypatch):
    player, page, env, clock = in_real_time(monkeypatch, n_steps=10_000, fps=10)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 10_000)

    asyncio.run(scene())
    assert player.state == "paused"
    assert len(env.actions) <= 10 * PATIENCE + FRAMES_IN_FLIGHT + 1


def test_page_that_comes_back_can_go_on(monkeypatch):
    """A click shows that somebody is there, and a new page owes nothing for the frames of the old one."""
    player, page, _, clock = in_real_time(monkeypatch, n_steps=10_000, fps=10)

    async def scene():
        page.says(kind="go")
        await ticks(player, clock, 10_000)
        assert player.state == "paused"
        clock.now += 60.0
        page.says(kind="go")
        await ticks(player, clock, 3)
        assert player.state == "playing"
        page.says(kind="hello")
        page.says(kind="go")
        page.received.clear()
        await ticks(player, clock, 3)
        assert page.received
        player.close()

    asyncio.run(scene())


def test_numbers_of_frames_that_were_never_sent_open_nothing(monkeypatch):
    player, page, _, _ = in_real_time(monkeypatch)
    page.says(kind="drawn", number=10**9)
    assert player._window.drawn == player._window.sent


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


# Errors, and who owns an environment.


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
    player = Player(Game(Counter()), CONTROLS, fps=0, idle=0, title="Count")
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


# Keys, buttons, and the pace by default.


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


def test_worlds_with_countable_states_are_played_in_turns_and_others_at_their_own_pace():
    assert not widgets.play(gym.make("Bob/Room-v0", render_mode="rgb_array")).real_time
    player = widgets.play(Counter(), keys={"a": 0})
    assert player.real_time
    assert player._fps == 30


def test_pictures_grow_so_that_every_pixel_grows_alike():
    room = gym.make("Bob/Room-v0", layout="tiny", render_mode="rgb_array")
    room.reset(seed=0)
    frame = room.render()
    factor = enlargement(room, frame, 640, 420)
    assert (factor * 3).is_integer()
    assert factor * frame.shape[0] <= 420 < (factor + 1 / 3) * frame.shape[0]
    large = enlarged(room, frame, 384, 320)
    assert large.shape == (288, 384, 3)
    assert np.array_equal(large[::6, ::6], frame[::3, ::3])
    assert enlargement(Counter(), np.zeros((800, 400, 3)), 640, 400) == 0.5


# What stays where nothing runs.


class Pictures(HTMLParser):
    """Collects the alternative texts of all pictures."""

    def __init__(self, markup):
        super().__init__()
        self.alts = []
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.alts.append(dict(attributes)["alt"])


def stepper(*, slippery=False, **options):
    env = gym.make("Bob/Room-v0", layout="tiny", slippery=slippery, render_mode="rgb_array")
    agent = QLearningAgent(12, 5, learning_rate=0.5, discount=0.9, rng=np.random.default_rng(0), **options)
    return widgets.step_through(env, agent), agent


def slider():
    square = np.zeros((3, 3), np.uint8)
    return widgets.picture_slider(
        {alpha: show.picture(square, alt=f"curve for {alpha}") for alpha in (0.1, 0.2, 0.5)},
        label="learning rate α",
        start=0.2,
    )


@pytest.mark.parametrize(
    ("make", "alt"),
    [
        (
            lambda: widgets.play(gym.make("Bob/Room-v0", render_mode="rgb_array")),
            "Bob the cat is on free floor",
        ),
        (lambda: widgets.play(Counter(), keys={"a": 0}), "Counter"),
        (lambda: stepper()[0], "Bob the cat is on free floor"),
        (slider, "curve for 0.2"),
    ],
)
def test_stored_output_has_a_still_picture_with_words_the_same_in_every_run(make, alt):
    data, _ = make()._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    again, _ = make()._repr_mimebundle_()
    assert (data["text/html"], data["text/plain"]) == (again["text/html"], again["text/plain"])
    assert "Run this cell" in data["text/html"]
    (words,) = Pictures(data["text/html"]).alts
    assert words.startswith(alt)


def test_still_picture_is_the_first_one_whatever_was_played(monkeypatch):
    player, page = in_turns(monkeypatch)
    before = player._repr_mimebundle_()[0]["text/html"]
    page.says(kind="press", control=Action.RIGHT)
    assert player._repr_mimebundle_()[0]["text/html"] == before


# Step it.


def test_formula_shows_the_numbers_of_the_update():
    learner = QLearningAgent(3, 2, learning_rate=0.25, discount=0.9, rng=np.random.default_rng(0))
    learner.q_values = [[0.0, 2.0], [0.0, 0.0], [3.0, 5.0]]
    before = learner.q_values
    step = (0, 1, 1.0, 2, False)
    learner.update(step)
    # By hand: target = 1 + 0.9 × 5 = 5.5, error = 5.5 − 2 = 3.5, new value = 2 + 0.25 × 3.5 = 2.875.
    shown = widgets.update_formula(learner, step, before)
    numbers = table_rows(shown.html)[1]
    assert numbers == ["2.875", "=", "2", "+", "0.25", "× [", "1", "+", "0.9", "× 5", "−", "2", "]"]
    assert "TD target 5.5" in shown.html
    assert "TD error 3.5" in shown.html
    assert "<s>" not in shown.html


def test_formula_strikes_out_what_does_not_follow_a_terminal_step():
    learner = QLearningAgent(3, 2, learning_rate=0.5, discount=0.9, initial_value=4.0)
    before = learner.q_values
    step = (0, 1, 1.0, 2, True)
    learner.update(step)
    shown = widgets.update_formula(learner, step, before)
    assert "no next state" in shown.html
    assert "<s>γ</s>" in shown.html
    assert "<s>max Q(s′,·)</s>" in shown.html
    # By hand: error = 1 − 4 = −3, new value = 4 − 1.5.
    assert "TD error −3" in shown.html
    assert table_rows(shown.html)[1][0] == "2.5"


def test_formula_uses_the_next_value_from_before_the_update():
    """In a step that stays where it is, the update changes the very row it looks at."""
    learner = QLearningAgent(1, 1, learning_rate=1.0, discount=0.5)
    before = learner.q_values
    learner.update((0, 0, 1.0, 0, False))
    learner_words = repr(widgets.update_formula(learner, (0, 0, 1.0, 0, False), before))
    assert learner_words == "TD target 1, TD error 1, value from 0 to 1"


def table_rows(markup):
    rows = re.findall(r"<tr.*?</tr>", markup)
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?</td>", row)] for row in rows]


def row_names(markup):
    return [re.sub("<b>.*?</b>", "", name) for name in re.findall('scope="row".*?>(.*?)</th>', markup)]


def test_stepping_is_what_training_does():
    from rl_helpers.training import train

    watched, learner = stepper(epsilon=0.3)
    for _ in range(20):
        watched.episode()
    env = gym.make("Bob/Room-v0", layout="tiny", render_mode="rgb_array")
    trained = QLearningAgent(
        12, 5, learning_rate=0.5, discount=0.9, epsilon=0.3, rng=np.random.default_rng(0)
    )
    train(env, trained, 20, seed=0)
    assert np.array_equal(learner.q_values, trained.q_values)
    assert learner.q_values.any()


def test_buttons_step_ten_steps_episode_and_start_again(monkeypatch):
    watched, learner = stepper(slippery=True)
    page = Page(watched, monkeypatch)
    before = watched.content
    page.says(kind="step", n_steps=1)
    assert learner.n_steps == 1
    assert "Episode 1, step 1" in watched.message
    page.says(kind="step", n_steps=10)
    assert learner.n_steps == 11
    page.says(kind="episode")
    assert watched._game.over
    first_run = watched.content
    page.says(kind="step", n_steps=1)
    assert "Episode 2, step 1" in watched.message
    page.says(kind="again")
    assert learner.n_steps == 0
    assert not learner.q_values.any()
    assert watched.content == before
    watched.step(11)
    watched.episode()
    assert watched.content == first_run


def test_next_change_stops_right_where_a_number_moves():
    single, learner = stepper()
    tables = []
    update = learner.update

    def update_and_note(transition):
        update(transition)
        tables.append(learner.q_values)

    learner.update = update_and_note
    single.step(500)
    moved = [np.any(later != earlier) for earlier, later in pairwise([np.zeros((12, 5)), *tables])]
    changes = np.flatnonzero(moved) + 1
    assert changes[0] > 10
    assert 1 in np.diff(changes)  # two in a row: nothing may be jumped over

    watched, learner = stepper()
    for step, n_steps in zip(changes, np.diff(changes, prepend=0), strict=True):
        watched.next_change()
        assert learner.n_steps == step
        assert np.array_equal(learner.q_values, tables[step - 1])
        words = "1 step" if n_steps == 1 else f"{n_steps} steps"
        assert watched.message.startswith(f"A number has changed after {words}. Episode ")
    last = watched.content
    watched.again()
    watched.step(int(changes[-1]))
    assert watched.content == last


def test_next_change_goes_on_over_the_ends_of_episodes(monkeypatch):
    env = gym.make("Bob/Room-v0", layout="tiny", max_episode_steps=3, render_mode="rgb_array")
    learner = QLearningAgent(12, 5, rng=np.random.default_rng(0))
    watched = widgets.step_through(env, learner)
    ends = []
    monkeypatch.setattr(learner, "end_episode", lambda: ends.append(learner.n_steps))
    watched.next_change()
    # Three steps are just enough for the couch: right, down, scratch.
    assert watched._transition[:4] == (5, Action.SCRATCH, -1.0, 5)
    assert ends == list(range(3, learner.n_steps, 3))
    assert ends
    assert f"Episode {len(ends) + 1}, step 3" in watched.message


def test_next_change_says_so_when_nothing_changes(monkeypatch):
    rewards = {"post": 0, "couch": 0, "drapes": 0}
    env = gym.make("Bob/Room-v0", layout="tiny", rewards=rewards, render_mode="rgb_array")
    learner = QLearningAgent(12, 5, rng=np.random.default_rng(0))
    watched = widgets.step_through(env, learner)
    page = Page(watched, monkeypatch)
    page.says(kind="next_change")
    assert learner.n_steps == 5000
    assert watched.message.startswith("No number in the table has changed in 5,000 steps. Episode ")
    page.says(kind="step", n_steps=1)
    assert watched.message.startswith("Episode ")


def test_next_change_passes_over_changes_too_small_to_be_seen():
    watched, learner = stepper()
    learner.learning_rate = 1e-8
    watched.next_change()
    assert learner.n_steps == 5000
    assert "No number" in watched.message
    assert learner.q_values.any()


def test_buttons_stand_in_the_order_of_how_far_they_go():
    labels = re.findall(r'^ +\["(.*?)", \{ kind', str(Stepper._esm), re.MULTILINE)
    assert labels == ["Step", "10 steps", "Next change", "Episode", "Start again"]


def test_agent_hears_of_the_end_of_an_episode(monkeypatch):
    watched, learner = stepper()
    ends = []
    monkeypatch.setattr(learner, "end_episode", lambda: ends.append(learner.n_steps))
    watched.episode()
    length = learner.n_steps
    watched.step()
    assert ends == [length]


def test_message_says_whether_the_action_was_random_or_greedy():
    watched, learner = stepper(epsilon=0.0)
    table = np.zeros((12, 5))
    table[0, Action.DOWN] = 1.0
    learner.q_values = table
    watched.step()
    assert "down, the greedy action" in watched.message
    watched.step()
    assert "drawn by lot: 5 actions" in watched.message
    watched, learner = stepper(epsilon=1.0)
    learner.q_values = table
    watched.step()
    assert ", a random action" in watched.message  # the first draw of this seed is not down


def test_message_tells_an_end_from_a_time_limit():
    watched, learner = stepper(epsilon=0.0)
    walk = [Action.DOWN, Action.DOWN, Action.RIGHT, Action.RIGHT, Action.RIGHT, Action.UP, Action.UP]
    table, state = np.zeros((12, 5)), 0
    for action in walk:
        table[state, action] = 1.0
        state += {Action.DOWN: 4, Action.UP: -4, Action.RIGHT: 1}[action]
    table[state, Action.SCRATCH] = 1.0
    learner.q_values = table
    watched.episode()
    assert "This ends the episode." in watched.message
    assert "no next state" in watched.content
    env = gym.make("Bob/Room-v0", layout="tiny", max_episode_steps=1, render_mode="rgb_array")
    watched = widgets.step_through(env, QLearningAgent(12, 5, rng=np.random.default_rng(0)))
    watched.step()
    assert "truncated, and the next state still counts" in watched.message
    assert "no next state" not in watched.content


def test_message_names_what_bob_hides_and_a_state_once():
    watched, learner = stepper(epsilon=0.0)
    table = np.zeros((12, 5))
    table[0, Action.DOWN] = table[4, Action.RIGHT] = table[5, Action.SCRATCH] = 1.0
    learner.q_values = table
    watched.step(2)
    assert "next state 5 (row 1, column 1, couch)." in watched.message
    watched.step()
    assert "in state 5 (row 1, column 1, couch): scratch" in watched.message
    assert "Reward −1, next state 5 again." in watched.message


def test_changed_entry_is_marked_in_the_whole_table_of_a_tiny_room():
    watched, learner = stepper(epsilon=0.0, initial_value=1.0)
    watched.step()
    entries = [row for row in table_rows(watched.content) if len(row) == 5]
    states = [int(name.split(":")[0]) for name in row_names(watched.content)]
    assert states == [0, 1, 3, 4, 5, 7, 8, 9, 10, 11]  # 2 and 6 are walls
    rows = dict(zip(states, entries, strict=True))
    marked = [(state, action) for state in states for action in range(5) if "▼" in rows[state][action]]
    # Optimistic values fall: target = 0 + 0.9 × 1, new value = 1 + 0.5 × (0.9 − 1) = 0.95.
    assert marked == [tuple(np.argwhere(learner.q_values != 1.0)[0])]
    assert "0.95" in rows[marked[0][0]][marked[0][1]]
    assert watched.content.count("outline:2px solid") == 1
    assert "The Q-table without the rows of walls" in watched.content


def test_rows_and_columns_are_called_what_they_are_in_the_pictures():
    watched, _ = stepper()
    assert row_names(watched.content)[:3] == [
        "0: row 0, column 0",
        "1: row 0, column 1",
        "3: row 0, column 3",
    ]
    heads = re.findall('scope="col".*?>(.*?)<', watched.content)
    assert heads == ["state", "up", "right", "down", "left", "scratch"]
    watched.step()
    action = heads[1:][watched._transition.action]
    assert f"in state 0 (row 0, column 0): {action}, drawn by lot" in watched.message
    assert f"<b>Q(0, {action})</b>" in watched.content


def test_table_without_walls_is_called_whole():
    env = gym.make("FrozenLake-v1", render_mode="rgb_array")
    watched = widgets.step_through(env, QLearningAgent(16, 4))
    assert row_names(watched.content) == [str(state) for state in range(16)]
    assert "The whole Q-table<" in watched.content


def test_large_table_shows_the_rows_of_the_step():
    env = gym.make("Bob/Room-v0", render_mode="rgb_array")
    watched = widgets.step_through(env, QLearningAgent(96, 5, rng=np.random.default_rng(1)))
    assert row_names(watched.content) == [f"{env.unwrapped.encode(3, 0, 1)}: row 3, column 0"]
    assert "The Q-table: 1 of 96 rows" in watched.content
    watched.step()
    state, _, _, next_state, _ = watched._transition
    shown = [row for row in table_rows(watched.content) if len(row) == 5]
    assert len(shown) == len({state, next_state})
    assert f">{state}: row" in watched.content
    assert f">{next_state}: row" in watched.content


def test_still_picture_of_a_later_step_can_be_shown():
    watched, _ = stepper()
    watched.step(3)
    picture = watched.as_html()
    assert "Episode 1, step 3" in picture.html
    assert len(Pictures(picture.html).alts) == 1


def test_error_of_the_agent_is_shown(monkeypatch):
    watched, learner = stepper()
    page = Page(watched, monkeypatch)

    def broken(transition):
        raise KeyError("lost")

    monkeypatch.setattr(learner, "update", broken)
    page.says(kind="step", n_steps=1)
    assert "Stopped with KeyError" in watched.message


def test_agent_of_another_size_is_refused():
    env = gym.make("Bob/Room-v0", layout="tiny", render_mode="rgb_array")
    with pytest.raises(ValueError, match=r"table is \(96, 5\), the environment has 12 states and 5 actions"):
        widgets.step_through(env, QLearningAgent(96, 5))


# Pictures under a slider.


def test_slider_holds_every_picture_and_says_where_it_stands():
    control = slider()
    assert control.value == 0.2
    assert [Pictures(markup).alts for markup in control.pictures] == [
        ["curve for 0.1"],
        ["curve for 0.2"],
        ["curve for 0.5"],
    ]
    control._handle_msg({"content": {"data": {"method": "update", "state": {"index": 2}}}, "buffers": []})
    assert control.value == 0.5


def test_slider_takes_png_bytes_with_their_words():
    from matplotlib.figure import Figure

    png = show.figure_png(Figure(figsize=(1, 1)))
    control = widgets.picture_slider({"a": (png, "an empty figure")}, label="kind", width=96)
    assert Pictures(control.pictures[0]).alts == ["an empty figure"]
    assert 'width="96"' in control.pictures[0]


def test_slider_refuses_what_it_cannot_show():
    picture = show.picture(np.zeros((3, 3), np.uint8), alt="black")
    with pytest.raises(ValueError, match="pictures is empty"):
        widgets.picture_slider({}, label="α")
    with pytest.raises(ValueError, match=r"start is 3, expected one of 1, 2"):
        widgets.picture_slider({1: picture, 2: picture}, label="α", start=3)
    with pytest.raises(ValueError, match=r"pictures\[1\] is a int, expected \(PNG bytes, alt text\)"):
        widgets.picture_slider({1: 5}, label="α")


def test_every_value_is_drawn_once_and_its_figure_closed():
    from matplotlib import pyplot as plt

    plt.switch_backend("agg")
    drawn = []

    def draw(value):
        drawn.append(value)
        return plt.figure(figsize=(1, 1))

    pictures = widgets.draw_all([0.1, 0.5], draw, alt="curve for α = {}")
    assert drawn == [0.1, 0.5]
    assert plt.get_fignums() == []
    assert Pictures(pictures[0.5].html).alts == ["curve for α = 0.5"]
    pictures = widgets.draw_all([1], draw, alt=lambda value: f"number {value}")
    assert Pictures(pictures[1].html).alts == ["number 1"]


# Seen by everybody: WCAG 2.2, in JupyterLab's themes and without any.

CSS = re.sub(r"/\*.*?\*/", "", str(Player._css), flags=re.DOTALL)
RULES = [
    (selector.strip(), declarations(body)) for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", CSS)
]
OWN = RULES[0][1]
NO_TEXT = {".bob-canvas"}


def theme(name):
    """Return the variables of a theme as JupyterLab brings it."""
    if name is None:
        return {}
    (path,) = [
        path
        for folder in jupyter_path("lab", "themes", "@jupyterlab", f"theme-{name}-extension")
        for path in Path(folder).glob("index.css")
    ][:1]
    return declarations(re.search(r":root *\{(.*?)\}", path.read_text(encoding="utf-8"), re.DOTALL)[1])


def colour(value, variables, under=(1.0, 1.0, 1.0)):
    """Return the red, green and blue (0 to 1) of a CSS colour laid over another."""
    known = re.fullmatch(r"var\((--[\w-]+)(?:, *(.*))?\)", value)
    if known:
        return colour(variables.get(known[1], known[2]), variables, under)
    numbers = [float(number) for number in re.findall(r"[\d.]+", value)]
    if value.startswith("#"):
        digits = value[1:] if len(value) == 7 else "".join(2 * digit for digit in value[1:])
        numbers = [*bytes.fromhex(digits), 1.0]
    elif not value.startswith("rgb"):
        numbers = {"white": [255, 255, 255, 1.0], "black": [0, 0, 0, 1.0]}[value]
    alpha = numbers[3] / (100 if "%" in value else 1)
    return alpha * np.array(numbers[:3]) / 255 + (1 - alpha) * np.array(under)


def contrast(one, other):
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted(
        np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4) @ [0.2126, 0.7152, 0.0722]
        for rgb in (np.asarray(one), np.asarray(other))
    )
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard():
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast(colour("#777777", {}), colour("white", {})) == pytest.approx(4.48, abs=0.01)
    assert colour("rgb(0 0 0 / 80%)", {}) == pytest.approx([0.2] * 3)
    assert colour("var(--a, #fff)", {"--a": "rgba(0,0,0,.5)"}) == pytest.approx([0.5] * 3)


def test_colours_of_the_formula_carry_black_text():
    for value in COLOURS.values():
        assert contrast(colour(value, {}), (0, 0, 0)) >= 4.5


@pytest.mark.parametrize("name", [None, "light", "dark"])
def test_text_stands_out_from_what_is_behind_it(name):
    variables = theme(name) | OWN
    paper = colour("var(--paper)", variables)
    assert "opacity" not in CSS
    texts = 0
    for selector, rule in RULES:
        if selector in NO_TEXT or not {"color", "background"} & rule.keys():
            continue
        ink = rule.get("color", "var(--ink)").replace("inherit", "var(--ink)")
        behind = rule.get("background", "none")
        for value in ["var(--paper)", "var(--shade)"] if behind == "none" else [behind]:
            ground = colour(value, variables, paper)
            assert contrast(colour(ink, variables, ground), ground) >= 4.5, (selector, value)
            texts += 1
    assert texts >= 8


@pytest.mark.parametrize("name", [None, "light", "dark"])
def test_ring_shows_where_the_focus_is(name):
    rings = [(selector, rule) for selector, rule in RULES if ":focus" in selector and "outline" in rule]
    ((selectors, ring),) = rings
    assert ring["outline"] == "3px solid var(--focus)"
    for widget in ("player", "stepper", "slider"):
        # JupyterLab has a rule of its own for the focus, as specific as a class and an element.
        assert f".bob-{widget}.bob-{widget} :focus-visible" in selectors
    assert not re.search(r"outline: *(none|0)", CSS)
    variables = theme(name) | OWN
    for ground in ("var(--paper)", "var(--shade)"):
        assert contrast(colour("var(--focus)", variables), colour(ground, variables)) >= 3
    # Nothing outside of a widget may cut the ring off: it fits into the padding.
    space = min(int(side) for side in re.findall(r"\d+", OWN["padding"]))
    assert space >= 3 + int(ring["outline-offset"].removesuffix("px"))


def test_controls_are_large_enough_to_hit():
    sizes = {
        selector: {int(rule[side].removesuffix("px")) for side in ("min-height", "min-width") if side in rule}
        for selector, rule in RULES
        if "button" in selector and ":" not in selector and "[" not in selector
    }
    assert sizes[".bob-player button,\n.bob-stepper button"] == {44}
    assert int(dict(RULES)[".bob-line input"]["height"].removesuffix("px")) >= 24


def test_nothing_moves_but_the_game():
    scripts = "".join(str(widget._esm) for widget in (Player, Stepper, widgets.PictureSlider))
    assert not re.search("animation|transition|@keyframes|scroll-behavior", CSS)
    assert not re.search(r"smooth|\.animate\(|setInterval|scrollIntoView", scripts)
    assert not re.search("<marquee|<blink|animat|transition", stepper()[0].content.split("base64")[0])


# The package.


def test_scripts_and_styles_come_with_the_package():
    for widget in (Player, Stepper, widgets.PictureSlider):
        assert "export default" in str(widget._esm)
        assert ".bob-player" in str(widget._css)


def test_importing_the_course_does_not_import_widgets():
    code = "import sys, rl_helpers; sys.exit(any('widget' in name for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_options_of_play_are_keywords():
    parameters = list(inspect.signature(widgets.play).parameters.values())
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters[1:])
