"""A finite world that is played from its transition model `P`: what rooms and mazes on a grid share."""

from operator import index
from typing import Any, NamedTuple

import gymnasium as gym
import numpy as np

from rl_helpers.worlds import dynamics
from rl_helpers.worlds.descriptions import describe_room, text_map, thing_at
from rl_helpers.worlds.drawing.art import Painter
from rl_helpers.worlds.layout_env import LayoutEnv, Scene
from rl_helpers.worlds.maps.actions import Action
from rl_helpers.worlds.maps.layouts import Layout


class Stage(NamedTuple):
    """A world for as long as its walls and its furniture stay where they are."""

    layout: Layout
    model: dynamics.Model
    painter: Painter


class ModelEnv(LayoutEnv[int, int]):
    """A world whose steps are drawn from its model, as Gymnasium's toy-text worlds do.

    Attributes:
        P: the exact model of the present stage, `P[state][action]`, a list of
            (probability, next state, reward, terminated).
        initial_state_distrib: probability of every state at the start of an episode, float (n_states,).
        state: where Bob is, None before the first `reset`.
        last_action, last_reward: of the last step of this episode; None and 0 before there is one.
    """

    kind = "room"

    def __init__(self, stage: Stage, render_mode: str | None):
        super().__init__(stage.layout, stage.painter, render_mode)
        self._enter(stage)
        self.n_states = len(self.P)
        self.action_space = gym.spaces.Discrete(len(self.P[0]))
        self.observation_space = gym.spaces.Discrete(self.n_states)
        treats = (1,) * len(self.layout.rugs)
        self._starts = [self.encode(row, column, *treats) for row, column in self.layout.starts]
        self.initial_state_distrib = np.zeros(self.n_states)
        self.initial_state_distrib[self._starts] = 1 / len(self._starts)
        self.state: int | None = None
        self.last_action: int | None = None

    def encode(self, row: int, column: int, *treats_left: int) -> int:
        """Return the number of the state with Bob in a cell and these treats left.

        Args:
            row: 0 to n_rows − 1, from the top.
            column: 0 to n_columns − 1, from the left.
            treats_left: 0 or 1 for each rug, in reading order; nothing where there are none, as in a maze.

        Returns:
            (row × n_columns + column) × 2^n_rugs + treats left, read in binary.

        >>> import gymnasium as gym, rl_helpers
        >>> gym.make("Bob/Maze-v0").unwrapped.encode(2, 1)
        19
        >>> gym.make("Bob/Room-v0", layout="BRP").unwrapped.encode(0, 1, 1)
        3
        """
        n_rugs = len(self.layout.rugs)
        if not (0 <= row < self.n_rows and 0 <= column < self.n_columns):
            raise ValueError(
                f"row {row}, column {column} is outside of the {self.kind}: give a row from 0 to "
                f"{self.n_rows - 1} and a column from 0 to {self.n_columns - 1}"
            )
        if len(treats_left) != n_rugs or any(treat not in (0, 1) for treat in treats_left):
            raise ValueError(
                f"treats_left is {treats_left}, the {self.kind} has {n_rugs} rugs: "
                "give 0 or 1 for each of them"
            )
        return dynamics.encode(self.layout, index(row), index(column), tuple(map(int, treats_left)))

    def decode(self, state: int) -> tuple[int, ...]:
        """Return (row, column, treat left on each rug) of a state.

        >>> import gymnasium as gym, rl_helpers
        >>> gym.make("Bob/Maze-v0").unwrapped.decode(19)
        (2, 1)
        >>> gym.make("Bob/Room-v0", layout="BRP").unwrapped.decode(3)
        (0, 1, 1)
        """
        if not 0 <= state < self.n_states:
            raise ValueError(f"there is no state {state}: give a number from 0 to {self.n_states - 1}")
        return dynamics.decode(self.layout, int(state))

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: starts the random numbers afresh, and with them whatever is counted over episodes.
            options: `{"state": state}` begins in that state.

        Returns:
            The state, and `{"prob": probability of that start}`.
        """
        super().reset(seed=seed)
        self._set_stage(restart=seed is not None)
        state, probability = self._drawn_start(self._starts), 1 / len(self._starts)
        if options:
            state, probability = self._chosen_start(options), 1.0
        self.state, self._playing = state, True
        self.last_action, self.last_reward = None, 0.0
        return state, {"prob": probability}

    def step(self, action: int) -> tuple[int, float, bool, bool, dict[str, Any]]:
        """Do one action; see Gymnasium's `Env.step` for the five values it returns."""
        if not self._playing:
            when = "has not begun" if self.state is None else "is over"
            raise gym.error.ResetNeeded(f"the episode {when}: call reset before the next step")
        # For speed (steps in `tools.bench worlds`): what has outcomes is an action, and needs no other check.
        try:
            outcomes = self.P[self.state][action]
        except (KeyError, TypeError):
            action = self._known_action(action)
            outcomes = self.P[self.state][action]
        outcome = outcomes[0] if len(outcomes) == 1 else self._drawn_outcome(outcomes)
        probability, self.state, self.last_reward, terminated = outcome
        self.last_action = action
        if terminated:
            self._playing = False
        return self.state, self.last_reward, terminated, False, {"prob": probability}

    def scene(self) -> Scene:
        """Return what is to be seen: before the first reset, the world as an episode finds it."""
        row, column, *treats_left = self.decode(self._starts[0] if self.state is None else self.state)
        return Scene(row, column, tuple(treats_left), self.last_action, self._scratched())

    def text(self) -> str:
        """Draw the world as a text map with a line about the last step."""
        scene, done = self.scene(), "start"
        if self.last_action is not None:
            done = f"{Action(self.last_action).name}, reward {self.last_reward:g}"
        return text_map(self.layout, scene.row, scene.column, scene.treats_left, done)

    def describe(self) -> str:
        """Say in words what the picture shows, as an alt text."""
        row, column, treats_left, *_ = self.scene()
        bob = f"on {thing_at(self.layout, row, column)} at row {row}, column {column}"
        return describe_room(self.layout, bob, treats_left, self._happened())

    def _enter(self, stage: Stage) -> None:
        self.layout, self.P, self._painter = stage

    def _set_stage(self, *, restart: bool) -> None:
        """Prepare the world for an episode; `restart`: as it is when the random numbers start afresh."""

    def _scratched(self) -> float | None:
        """Return what rises above Bob in the picture: the reward, if he has just scratched."""
        raise NotImplementedError

    def _happened(self) -> str:
        """Say in a sentence what the last step brought, or nothing."""
        raise NotImplementedError

    def _refused_as_start(self, row: int, column: int) -> str | None:
        """Say of a cell why no episode can begin there, None if one can."""
        return "a wall: begin in a cell where Bob can stand" if self.layout.is_wall(row, column) else None

    def _chosen_start(self, options: dict[str, Any]) -> int:
        if set(options) != {"state"}:
            raise ValueError(f'options are {options!r}: the only one here is {{"state": state}}')
        state = options["state"]
        if state not in self.observation_space:
            raise ValueError(
                f'options["state"] is {state!r}: give a number from 0 to {self.n_states - 1}, see encode'
            )
        reason = self._refused_as_start(*self.decode(int(state))[:2])
        if reason:
            raise ValueError(f'options["state"] is {state}, {reason}')
        return int(state)

    def _known_action(self, action: Any) -> int:
        if action not in self.action_space:
            names = ", ".join(f"{known} {Action(known).name}" for known in range(self.action_space.n))
            raise ValueError(f"the action is {action!r}: give one of {names}")
        return int(action)

    def _drawn_outcome(self, outcomes: list[dynamics.Outcome]) -> dynamics.Outcome:
        remaining = self.np_random.random()
        for outcome in outcomes:
            remaining -= outcome[0]
            if remaining < 0:
                break
        return outcome
