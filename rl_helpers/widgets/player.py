"""A canvas in the notebook on which a person plays an environment."""

import asyncio
import time
import weakref
import zlib
from pathlib import Path

import gymnasium as gym
import traitlets

from rl_helpers.arguments import number_in
from rl_helpers.notebook import show
from rl_helpers.super_bob.env import SuperBobEnv
from rl_helpers.widgets.clock import Pacer, Window
from rl_helpers.widgets.controls import chords_of, controls_for, pressed_action
from rl_helpers.widgets.game import Game, enlargement, game_name
from rl_helpers.widgets.static_picture import StaticPictureWidget

HERE = Path(__file__).parent
WIDEST, HIGHEST = 640, 420  # CSS pixels: with buttons and score it fits a slide of 1280 × 720
PLAYERS = weakref.WeakValueDictionary()  # by the `id` of the world, which lives as long as its player
TAKEN = "This game is over here: its environment is played in a newer widget."


def play(
    env,
    *,
    actions=None,
    keys=None,
    fps=None,
    max_steps=None,
    title=None,
    seed=0,
    idle=0,
):
    """Let a person play an environment in the notebook, with the keyboard or with buttons.

    Turn by turn, one key press is one step. In real time the clock runs: a key acts for as long as it is
    held, and stops when the page is hidden or looks elsewhere. Two keys held together are the action that is
    both, where there is one: Super Bob runs and jumps. Give him `frame_skip=1` for 60 steps a second.

    Args:
        env: an environment with render mode "rgb_array"; it belongs to this player from now on.
        actions: from a button's label to an action; by default the environment's own.
        keys: from a key ("ArrowLeft", "a", " ") to an action; by default arrows, and Space for the rest.
        fps: steps a second. None: turn by turn for Bob's rooms and others with countable states, and for the
            rest in real time at the environment's own pace.
        max_steps: ends every episode after that many steps.
        title: over the canvas; by default the environment's name.
        seed: of the first episode.
        idle: the action when no key is held, in real time.

    Returns:
        A `Player`: make it the last line of a cell, and read its `scores` in a later one.

    Raises:
        ValueError: if the environment draws no pictures, or an action does not exist.

    >>> import gymnasium as gym
    >>> player = play(gym.make("Bob/Room-v0", render_mode="rgb_array"))
    >>> player.scores
    []
    """
    game = Game(env, max_steps=max_steps, seed=seed)
    controls = controls_for(env, actions, keys)
    if fps is None:
        fps = 0.0 if _in_turns(env) else env.metadata.get("render_fps") or 30
    fps = number_in("fps", fps, 0, 240)
    if fps and idle not in env.action_space:
        raise ValueError(
            f"idle is {idle!r}, expected one of {env.action_space}: it acts while no key is held"
        )
    title = title or f"Play: {game_name(env)}"
    return Player(game, controls, fps=fps, idle=idle, title=title, chords=chords_of(env))


def _in_turns(env):
    if isinstance(env.unwrapped, SuperBobEnv):
        return False
    countable = isinstance(env.observation_space, gym.spaces.Discrete)
    return countable or (env.spec is not None and env.spec.namespace == "Bob")


class Player(StaticPictureWidget):
    """The widget that `play` returns.

    Attributes:
        scores: returns of the finished episodes, a list of floats.
        state: "ready", "playing", "paused", "over", "error" or "closed".
        error: what the environment raised, or None.
    """

    _esm = HERE / "player.js"
    _css = HERE / "widgets.css"
    title = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    real_time = traitlets.Bool().tag(sync=True)
    # Of the canvas: pixels as they are drawn, and CSS pixels on the page.
    size = traitlets.List().tag(sync=True)
    css_size = traitlets.List().tag(sync=True)

    def __init__(
        self, game, controls, *, fps, idle, title, chords=None, clock=time.monotonic, sleep=asyncio.sleep
    ):
        frame = game.frame()
        height, width = frame.shape[:2]
        scale = enlargement(game.env, frame, WIDEST, HIGHEST)
        super().__init__(
            title=title,
            controls=[control.for_page() for control in controls],
            real_time=bool(fps),
            size=[width, height],
            css_size=[round(width * scale), round(height * scale)],
        )
        self.state, self.error = "ready", None
        self._game, self._controls, self._fps, self._idle = game, controls, fps, idle
        self._clock, self._sleep, self._task = clock, sleep, None
        self._window = Window(now=clock())
        self._held, self._tapped, self._chords = [], None, chords
        self._first = show.picture(frame, alt=game.describe(), width=self.css_size[0])
        self._take_over(game.env.unwrapped)
        self.on_msg(self._receive)

    @property
    def scores(self):
        """Returns of the finished episodes, oldest first."""
        return list(self._game.scores)

    def static_html(self):
        """Return the first picture."""
        return self._first.html

    def close(self):
        """Stop the clock and let go of the page."""
        self._stop("closed")
        super().close()

    def _take_over(self, world):
        """Stop the player that had this environment: two hands on one game would mix up the scores."""
        before = PLAYERS.get(id(world))
        if before is not None:
            before._stop("closed")
            before._show(TAKEN)
        PLAYERS[id(world)] = self

    # What the page says.

    def _receive(self, _, message, buffers):
        kind = message.get("kind")
        if kind == "drawn":
            self._window.acknowledge(message["number"], now=self._clock())
            return
        if self.state in ("error", "closed") and kind != "hello":
            return
        try:
            getattr(self, f"_on_{kind}")(message)
        except Exception as error:  # Whatever it is: the person at the keyboard must see it.
            self._fail(error)

    def _on_hello(self, message):
        """A page has come up: it knows nothing of earlier frames."""
        if self.state == "playing" and self.real_time:
            self._stop("paused")
        self._window.acknowledge(self._window.sent, now=self._clock())
        self._show()

    def _on_press(self, message):
        control = message["control"]
        action = self._controls[control].action
        if self.state == "over":
            return
        if not self.real_time:
            self.state = "playing"
            self._step(action)
            self._show()
            return
        self._held.append(control)
        self._tapped = control  # A tap shorter than a tick still acts for one.
        self._start()

    def _on_release(self, message):
        self._held = [control for control in self._held if control != message["control"]]

    def _on_go(self, message):
        if self.state in ("ready", "paused"):
            self._start()

    def _on_pause(self, message):
        if self.state == "playing" and self.real_time:
            self._stop("paused")
            self._show()

    def _on_again(self, message):
        self._stop("ready")
        self._game.reset()
        self._start()

    # The game.

    def _start(self):
        if self.state == "playing":
            return
        self.state = "playing"
        self._show()
        if self.real_time:
            self._window.heard = self._clock()
            self._task = asyncio.get_running_loop().create_task(self._run())

    def _stop(self, state):
        self.state = state
        self._held, self._tapped = [], None
        task, self._task = self._task, None
        if task is not None and not task.done():
            task.cancel()

    async def _run(self):
        pacer = Pacer(self._fps, now=self._clock())
        try:
            while self.state == "playing":
                await self._sleep(pacer.wait(now=self._clock()))
                self._tick()
        except Exception as error:
            self._fail(error)

    def _tick(self):
        """Do one step in real time, and show it if the page keeps up."""
        if self._window.is_deserted(now=self._clock()):
            self._task = None  # This is the task: it ends by itself.
            self._stop("paused")
        else:
            self._step(self._acting())
        if self.state != "playing" or self._window.is_open():
            self._show()

    def _acting(self):
        held = [self._controls[control].action for control in self._held]
        tapped = [] if self._tapped is None else [self._controls[self._tapped].action]
        self._tapped = None
        return pressed_action(held, tapped, self._chords, self._idle)

    def _step(self, action):
        self._game.step(action)
        if self._game.over:
            self._task = None
            self._stop("over")

    def _fail(self, error):
        self.error = error
        self._stop("error")
        self._show()

    # What the page sees.

    def _show(self, message=None):
        buffers = []
        content = {"kind": "show", "state": self.state, "message": message or self._message()}
        content["numbers"] = self._numbers()
        if self.state not in ("error", "closed"):
            content |= {"number": self._window.send(), "description": self._description()}
            # Level 1: a fifth of a millisecond for a screen of Atari, a third of the time a PNG takes.
            buffers = [zlib.compress(self._game.frame().tobytes(), 1)]
        self.send(content, buffers)

    def _description(self):
        """Return the picture in words; in real time only when it stands still."""
        return self._game.describe() if self.state != "playing" or not self.real_time else None

    def _numbers(self):
        game = self._game
        if (told := game.told()) is not None:
            return told
        numbers = [["Return", _number(game.episode_return)], ["Steps", str(game.length)]]
        if game.lives is not None:
            numbers.append(["Lives", str(game.lives)])
        return [*numbers, ["Best", _number(max(game.scores)) if game.scores else "–"]]

    def _message(self):
        game = self._game
        if self.state == "ready":
            return "Click the picture to play with keys, or use the buttons."
        if self.state == "paused":
            return "Paused: click to go on."
        if self.state == "over":
            return (
                f"Episode over after {game.length} steps, return {_number(game.episode_return)}: "
                "press Enter or Space, or the button, to start again."
            )
        if self.state == "error":
            kind = type(self.error).__name__
            return f"The environment stopped with {kind}: {self.error}. Run the cell again."
        if self.state == "closed":
            return "This widget is closed: run the cell again to play."
        if self.real_time or not game.length:
            return f"Playing: return {_number(game.episode_return)}."
        return f"Step {game.length}: reward {_number(game.reward)}, return {_number(game.episode_return)}."


def _number(value):
    return f"{value:,g}".replace("-", "−")
