"""Step it: one learning step of Q-learning at a time, with the room, the table and the formula."""

import copy
import html
from pathlib import Path

import numpy as np
import traitlets

from rl_helpers.arguments import count
from rl_helpers.notebook import show
from rl_helpers.training import Transition
from rl_helpers.widgets.controls import action_names, state_name
from rl_helpers.widgets.formula import formula_html, number
from rl_helpers.widgets.game import Game, enlarged
from rl_helpers.widgets.static_picture import StaticPictureWidget
from rl_helpers.widgets.table import table_html

HERE = Path(__file__).parent
PICTURE = 384, 320  # at most so many CSS pixels wide and high: beside it the formula fits a slide
LONGEST_EPISODE = 100_000  # steps; an episode without an end must not hold up the notebook for ever
LONGEST_SEARCH = 5_000  # steps; a table that has learned all there is to learn changes no more


def step_through(env, agent, *, seed=0):
    """Watch Q-learning learn, one step at a time.

    The agent itself acts and updates: it has learned what is shown when the cell is left.

    Args:
        env: an environment with countable states and render mode "rgb_array".
        agent: a `QLearningAgent` made for it.
        seed: of the first episode.

    Returns:
        A `Stepper`: make it the last line of a cell.

    Raises:
        ValueError: if the environment draws no pictures, or the agent's table has another size.

    >>> import gymnasium as gym
    >>> from rl_helpers.agents import QLearningAgent
    >>> env = gym.make("Bob/Room-v0", layout="tiny", render_mode="rgb_array")
    >>> agent = QLearningAgent(12, 5, rng=np.random.default_rng(0))
    >>> stepper = step_through(env, agent)
    >>> stepper.step(3)
    >>> agent.n_steps
    3
    """
    shape = (getattr(env.observation_space, "n", None), getattr(env.action_space, "n", None))
    if agent.q_values.shape != shape:
        raise ValueError(
            f"the agent's table is {agent.q_values.shape}, the environment has {shape[0]} states and "
            f"{shape[1]} actions: make the agent with these numbers"
        )
    return Stepper(Game(env, seed=seed), agent, seed)


class Stepper(StaticPictureWidget):
    """The widget that `step_through` returns; its buttons do what its methods do."""

    _esm = HERE / "stepper.js"
    _css = HERE / "widgets.css"
    invitation = "Run this cell to step through it yourself."
    content = traitlets.Unicode().tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)

    def __init__(self, game, agent, seed):
        super().__init__()
        self._game, self._agent, self._seed = game, agent, seed
        self._at_first = copy.deepcopy(vars(agent))
        self._names = [name.lower() for name in action_names(game.env)]
        self._begin()
        self._first = self.as_html()
        self.on_msg(self._receive)

    def step(self, n_steps=1):
        """Let the agent learn for a number of steps; a new episode begins by itself."""
        for _ in range(count("n_steps", n_steps)):
            self._learn()
        self._draw()

    def next_change(self):
        """Let the agent learn until a number in the table changes, for 5,000 steps at most.

        The number is the one to be seen, with its three decimals; the message says if none has changed.
        """
        note = f"No number in the table has changed in {LONGEST_SEARCH:,} steps. "
        for n_steps in range(1, LONGEST_SEARCH + 1):
            self._learn()
            if self._has_changed():
                note = f"A number has changed after {n_steps:,} step{'s' if n_steps > 1 else ''}. "
                break
        self._draw(note)

    def episode(self):
        """Let the agent learn to the end of the episode, or through the next one."""
        for _ in range(LONGEST_EPISODE):
            self._learn()
            if self._game.over:
                break
        self._draw()

    def again(self):
        """Forget everything learned here, and begin with the first episode."""
        vars(self._agent).clear()
        vars(self._agent).update(copy.deepcopy(self._at_first))
        self._game.reset(seed=self._seed)
        self._begin()

    def as_html(self):
        """Return what the widget shows now as a static picture, a `Shown`."""
        return show.Shown(f"<div><p>{html.escape(self.message)}</p>{self.content}</div>", self.message)

    def static_html(self):
        """Return the picture before the first step."""
        return self._first.html

    def _begin(self):
        self._episode, self._transition, self._before, self._choice = 1, None, None, ""
        self._draw()

    def _receive(self, _, message, buffers):
        try:
            if message.get("kind") == "step":
                self.step(message["n_steps"])
            elif message.get("kind") == "next_change":
                self.next_change()
            elif message.get("kind") == "episode":
                self.episode()
            elif message.get("kind") == "again":
                self.again()
        except Exception as error:  # Whatever it is: the one who pressed the button must see it.
            self.message = f"Stopped with {type(error).__name__}: {error}. Run the cell again."
        self.send({"kind": "done"})  # What it says may be what it said before.

    def _learn(self):
        """Do what `run_episode` does in one pass of its loop, and keep what is to be shown."""
        if self._game.over:
            self._agent.end_episode()
            self._game.reset()
            self._episode += 1
        self._before = self._agent.q_values
        state = self._game.state
        action = self._agent.act(state)
        self._choice = choice_in_words(self._before[state], action, self._names)
        self._game.step(action)
        self._transition = Transition(
            state, action, self._game.reward, self._game.state, self._game.terminated
        )
        self._agent.update(self._transition)

    def _has_changed(self):
        entry = self._transition[:2]
        return number(self._before[entry]) != number(self._agent.q_values[entry])

    def _draw(self, note=""):
        env, transition = self._game.env, self._transition
        frame = enlarged(env, self._game.frame(), *PICTURE)
        picture = show.picture(frame, alt=self._game.describe(), width=min(PICTURE[0], frame.shape[1])).html
        table = table_html(
            env,
            self._agent.q_values,
            self._names,
            self._game.state,
            transition=transition,
            before=self._before,
        )
        if transition is None:
            formula = "<p>Nothing learned yet: every entry is as it was at the start.</p>"
        else:
            formula = formula_html(self._agent, transition, self._before, self._names[transition.action])
        self.message = note + self._words()
        self.content = (
            '<div style="display:flex;flex-wrap:wrap;gap:8px 28px;align-items:flex-start">'
            f"<div>{picture}</div><div>{formula}{table}</div></div>"
        )

    def _words(self):
        env, transition = self._game.env, self._transition
        if transition is None:
            return f"Episode 1 begins in state {state_name(env, self._game.state)}."
        state, action, reward, next_state, terminated = transition
        name = self._names[action]
        end = "This ends the episode. " if terminated else ""
        if self._game.over and not terminated:
            end = "Time is up: the episode is truncated, and the next state still counts. "
        following = f"{state} again" if next_state == state else state_name(env, next_state)
        return (
            f"Episode {self._episode}, step {self._game.length}, in state {state_name(env, state)}: "
            f"{self._choice} Reward {number(reward)}, next state {following}. {end}"
            f"Q({state}, {name}) goes from {number(self._before[state, action])} to "
            f"{number(self._agent.q_values[state, action])}."
        )


def choice_in_words(q_values, action, names):
    """Say whether an action was random or greedy, as far as the values tell.

    A random draw may hit the best action: then it looks greedy, and does the same.

    Args:
        q_values: Q(s, ·) before the update, (n_actions,).
        action: what the agent chose.
        names: of the actions.

    Returns:
        A sentence.

    >>> choice_in_words(np.array([0.0, 1.0]), 0, ["left", "right"])
    'left, a random action: exploring.'
    >>> choice_in_words(np.array([0.0, 1.0]), 1, ["left", "right"])
    'right, the greedy action: the largest value of its row.'
    """
    best = np.flatnonzero(np.asarray(q_values) == np.max(q_values))
    if action not in best:
        return f"{names[action]}, a random action: exploring."
    if len(best) == 1:
        return f"{names[action]}, the greedy action: the largest value of its row."
    return f"{names[action]}, drawn by lot: {len(best)} actions share the largest value of the row."
