"""A short corridor whose places look alike, and one of which turns actions round: `Bob/Corridor-v0`."""

from enum import IntEnum
from math import sqrt
from typing import Any

import gymnasium as gym
import numpy as np

from rl_helpers.worlds.descriptions import text_map
from rl_helpers.worlds.drawing.art import Painter
from rl_helpers.worlds.dynamics import Model
from rl_helpers.worlds.layout_env import LayoutEnv, Scene
from rl_helpers.worlds.maps.actions import Action
from rl_helpers.worlds.maps.layouts import Layout

ROWS = ("B..P",)
SWITCHED = 1  # the place where left leads right and right leads left
GOAL = 3
BEST_RIGHT = 2 - sqrt(2)
"""The best probability of right where all places look alike, about 0.59: there `start_value` is largest."""


class Side(IntEnum):
    """What Bob can do in the corridor."""

    LEFT = 0
    RIGHT = 1


class CorridorEnv(LayoutEnv[int, int]):
    """Three places in a row and Bob's post behind them; in the dark all places look alike.

    ## Action space
    `Discrete(2)`: `Side.LEFT` 0, `RIGHT` 1. In the middle place left leads right and right leads left. Left
    of the first place is a wall.

    ## Observation space
    `Discrete(1)`: Bob does not know where he is, the observation is always 0. With `alike=False`
    `Discrete(4)`, the number of the place, 3 the post.

    ## Starting state
    The first place.

    ## Rewards
    −1 a step.

    ## Episode end
    Terminated at the post. The textbook has no time limit; `gym.make` truncates after 1,000 steps.

    ## Arguments
    See `__init__`. With `alike=False` the exact model is in `P[state][action]`, as in Gymnasium's toy-text
    worlds; where places look alike there is none of what Bob sees, and `P` is None.

    ## Source
    Sutton & Barto (2018), example 13.1.

    >>> import gymnasium as gym, rl_helpers
    >>> env = gym.make("Bob/Corridor-v0")
    >>> env.reset(seed=0)
    (0, {'place': 0})
    >>> [env.step(side)[:3] for side in (Side.RIGHT, Side.LEFT, Side.RIGHT)]
    [(0, -1.0, False), (0, -1.0, False), (0, -1.0, True)]
    """

    def __init__(self, alike: bool = True, *, render_mode: str | None = None):
        """Build the corridor.

        Args:
            alike: whether all places look alike.
            render_mode: "rgb_array", "ansi" or None.

        Raises:
            ValueError: if an argument is out of its range.
        """
        super().__init__(Layout(ROWS), Painter(ROWS), render_mode)
        if alike not in (True, False):
            raise ValueError(f"alike is {alike!r}: give True or False")
        self.alike = bool(alike)
        self.n_states = 1 if self.alike else GOAL + 1
        self.action_space = gym.spaces.Discrete(len(Side))
        self.observation_space = gym.spaces.Discrete(self.n_states)
        self.P: Model | None = None if self.alike else corridor_model()
        self.initial_state_distrib = np.eye(self.n_states)[0]
        self.place = 0
        self.last_action: int | None = None
        self._facing: Action | None = None

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Begin an episode in the first place.

        Args:
            seed: starts the random numbers afresh; there are none here.
            options: there are none here.

        Returns:
            The observation, and `{"place": where Bob is}`.
        """
        super().reset(seed=seed)
        if options:
            raise ValueError(f"options are {options!r}: there are none here, leave them out")
        self.place, self._playing = 0, True
        self.last_action, self.last_reward, self._facing = None, 0.0, None
        return 0, {"place": 0}

    def step(self, action: int) -> tuple[int, float, bool, bool, dict[str, Any]]:
        """Go left or right; see Gymnasium's `Env.step` for the five values it returns."""
        if not self._playing:
            raise gym.error.ResetNeeded("no episode has begun or it is over: call reset before the next step")
        if action not in self.action_space:
            raise ValueError(f"the action is {action!r}: give 0 for left or 1 for right")
        self.last_action = int(action)
        place = next_place(self.place, self.last_action)
        if place != self.place:
            self._facing = Action.RIGHT if place > self.place else Action.LEFT
        self.place, self.last_reward = place, -1.0
        terminated = place == GOAL
        self._playing = not terminated
        return 0 if self.alike else place, self.last_reward, terminated, False, {"place": place}

    def scene(self) -> Scene:
        """Return what is to be seen, by whoever is not in the dark."""
        return Scene(0, self.place, (), self._facing, None)

    def text(self) -> str:
        """Draw the corridor as a text map with a line about the last step."""
        done = "start"
        if self.last_action is not None:
            done = f"{Side(self.last_action).name}, reward {self.last_reward:g}"
        return text_map(self.layout, 0, self.place, (), done)

    def describe(self) -> str:
        """Say in words what the picture shows, as an alt text."""
        where = "at his post" if self.place == GOAL else f"in place {self.place} of a corridor"
        return (
            f"Bob the cat is {where}. The corridor has three places, 0 to 2 from the left, and a scratching "
            "post behind them on the right; in place 1 his steps lead the other way."
        )


def next_place(place: int, side: int) -> int:
    """Return where a step leads.

    >>> next_place(0, Side.LEFT), next_place(0, Side.RIGHT), next_place(1, Side.RIGHT)
    (0, 1, 0)
    """
    step = 1 if side == Side.RIGHT else -1
    return max(0, place - step if place == SWITCHED else place + step)


def corridor_model() -> Model:
    """List what follows each action in each place, `model[place][action]`; the post leads to itself."""
    model: Model = {
        place: {int(side): [(1.0, (to := next_place(place, side)), -1.0, to == GOAL)] for side in Side}
        for place in range(GOAL)
    }
    return model | {GOAL: {int(side): [(1.0, GOAL, 0.0, True)] for side in Side}}


def start_value(right: float | np.ndarray) -> float | np.ndarray:
    """Return the exact value of the first place for who goes right with the same probability everywhere.

    With p = `right` and γ = 1: v₀ = −1 + p v₁ + (1 − p) v₀, v₁ = −1 + p v₀ + (1 − p) v₂ and
    v₂ = −1 + (1 − p) v₁, and from these v₀ = (2p − 4) / (p (1 − p)). It is largest at p = 2 − √2.

    Args:
        right: p, 0 < p < 1, any shape.

    >>> round(start_value(BEST_RIGHT), 2), round(start_value(0.5), 2)
    (-11.66, -12.0)
    """
    return (2 * right - 4) / (right * (1 - right))
