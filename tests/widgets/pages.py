"""Widgets without a browser: environments, a clock, and a page that a test holds in its hands and reads."""

import asyncio
import re
import zlib
from html.parser import HTMLParser

import gymnasium as gym
import numpy as np

import rl_helpers  # noqa: F401  registers Bob's worlds
from rl_helpers import widgets
from rl_helpers.agents import QLearningAgent
from rl_helpers.notebook import show
from rl_helpers.widgets.controls import Control
from rl_helpers.widgets.game import Game
from rl_helpers.widgets.player import Player


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


CONTROLS = [Control("Wait", 0, "ArrowLeft"), Control("Earn", 1, "ArrowRight"), Control("Break", 2, " ")]


def in_turns(monkeypatch, **options):
    player = widgets.play(
        gym.make("Bob/Room-v0", layout="BRP", render_mode="rgb_array", **options), title="Steer Bob"
    )
    return player, Page(player, monkeypatch)


def in_real_time(monkeypatch, *, n_steps=5, fps=10, max_steps=None):
    clock, env = Clock(), Counter(n_steps=n_steps)
    game = Game(env, max_steps=max_steps)
    player = Player(game, CONTROLS, fps=fps, idle=0, title="Count", chords={}, clock=clock, sleep=clock.sleep)
    return player, Page(player, monkeypatch), env, clock


async def ticks(player, clock, n_ticks):
    """Let the clock run for a number of ticks, or until the player stops."""
    until = len(clock.naps) + n_ticks
    while len(clock.naps) < until and player.state == "playing":
        await asyncio.sleep(0)


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


def table_rows(markup):
    rows = re.findall(r"<tr.*?</tr>", markup)
    return [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?</td>", row)] for row in rows]


def row_names(markup):
    return [re.sub("<b>.*?</b>", "", name) for name in re.findall('scope="row".*?>(.*?)</th>', markup)]
