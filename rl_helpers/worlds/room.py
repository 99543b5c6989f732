"""Bob's room on a grid: `Bob/Room-v0`."""

from collections.abc import Mapping, Sequence
from numbers import Integral
from operator import index
from typing import Any

import gymnasium as gym
import numpy as np

from rl_helpers.worlds.actions import Action
from rl_helpers.worlds.arguments import check_action, check_start
from rl_helpers.worlds.descriptions import describe_room, scratch_in_words, text_map, thing_at
from rl_helpers.worlds.drawing.art import TILE, Painter
from rl_helpers.worlds.dynamics import room as dynamics
from rl_helpers.worlds.maps.layouts import Layout, parse_layout


class RoomEnv(gym.Env[int, int]):
    """Bob, a cat, should use the scratching post and the rug, not the couch and the drapes.

    ## Action space
    `Discrete(5)`: `Action.UP` 0, `RIGHT` 1, `DOWN` 2, `LEFT` 3, `SCRATCH` 4. Bob walks on every cell but
    walls; bumping into a wall leaves him where he is. He scratches what is in the cell he stands on.

    ## Observation space
    `Discrete(n_rows * n_columns * 2**n_rugs)`, the state as one integer:
    `state = (row * n_columns + column) * 2**n_rugs + treats`, where `treats` is read in binary, one digit a
    rug in reading order, 1 while its treat is there. Every cell is counted, walls too.

    ## Starting state
    Bob on a `B` of the layout (several: drawn uniformly), a treat on every rug.

    ## Rewards
    Scratching: rug +1 (one treat, once an episode), post +5, couch −1, drapes −5, anything else 0.
    Walking: 0.

    ## Episode end
    Terminated by scratching the post (success) or the drapes (failure). Truncated after 100 steps by
    `gym.make`.

    ## Arguments
    See `__init__`. The exact model is in `P[state][action]`: a list of
    (probability, next state, reward, terminated), as in Gymnasium's toy-text worlds.

    >>> import gymnasium as gym, rl_helpers
    >>> env = gym.make("Bob/Room-v0", layout="B.P")
    >>> env.reset(seed=0)
    (0, {'prob': 1.0})
    >>> env.step(Action.RIGHT)
    (1, 0.0, False, False, {'prob': 1.0})
    >>> [env.step(action)[:3] for action in (Action.RIGHT, Action.SCRATCH)]
    [(2, 0.0, False), (2, 5.0, True)]
    """

    metadata = {"render_modes": ["rgb_array", "ansi"], "render_fps": 6}  # noqa: RUF012 (Gymnasium's way)

    def __init__(
        self,
        layout: str = "default",
        *,
        slippery: bool | float = False,
        rearrange_every: int | None = None,
        rewards: Mapping[str, float] | None = None,
        render_mode: str | None = None,
    ):
        """Build a room.

        Args:
            layout: a text map or the name of one, see `rl_helpers.worlds.maps.layouts.parse_layout`.
            slippery: True lets a move go to each of its two sides with probability 0.1; a number is the
                probability of both together, 0 to 1. Scratching never slips.
            rearrange_every: the furniture moves every so many episodes, counted from the last
                `reset(seed=...)`, which also puts it back; None: never.
            rewards: those to change, by name: rug, post, couch, drapes, cushion, step.
            render_mode: "rgb_array", "ansi" or None.

        Raises:
            ValueError: if an argument is out of its range.
        """
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise ValueError(f'render_mode is {render_mode!r}: choose "rgb_array", "ansi" or None')
        if rearrange_every is not None and not _is_count(rearrange_every):
            raise ValueError(f"rearrange_every is {rearrange_every!r}: give a number of episodes, or None")
        self.render_mode = render_mode
        self._drawn_layout = parse_layout(layout)
        self._slip = dynamics.check_slip(slippery)
        self._rewards = dynamics.check_rewards(rewards)
        self.rearrange_every = rearrange_every
        self._n_resets = 0
        if rearrange_every is not None:
            self._drawn_layout.rearranged(np.random.default_rng(0))  # complains now if there is no space
        self._furnish(self._drawn_layout)

        self.n_rows, self.n_columns = self.layout.n_rows, self.layout.n_columns
        self.n_states = len(self.P)
        self.tile = TILE
        self.action_space = gym.spaces.Discrete(len(Action))
        self.observation_space = gym.spaces.Discrete(self.n_states)
        treats = (1,) * len(self.layout.rugs)
        self._starts = [self.encode(row, column, *treats) for row, column in self.layout.starts]
        self.initial_state_distrib = np.zeros(self.n_states)
        self.initial_state_distrib[self._starts] = 1 / len(self._starts)
        self.state: int | None = None
        self._playing: dynamics.Model = {}  # P during an episode, empty outside: then every step is an error
        self.last_action: int | None = None
        self.last_reward = 0.0

    def encode(self, row: int, column: int, *treats_left: int) -> int:
        """Return the number of the state with Bob in a cell and these treats left.

        Args:
            row: 0 to n_rows − 1, from the top.
            column: 0 to n_columns − 1, from the left.
            treats_left: 0 or 1 for each rug, in reading order.

        Returns:
            (row × n_columns + column) × 2^n_rugs + treats left, read in binary.

        >>> RoomEnv("tiny").encode(2, 1), RoomEnv("BRP").encode(0, 1, 1)
        (9, 3)
        """
        n_rugs = len(self.layout.rugs)
        if not (0 <= row < self.layout.n_rows and 0 <= column < self.layout.n_columns):
            raise ValueError(
                f"row {row}, column {column} is outside of the room: give a row from 0 to "
                f"{self.layout.n_rows - 1} and a column from 0 to {self.layout.n_columns - 1}"
            )
        if len(treats_left) != n_rugs or any(treat not in (0, 1) for treat in treats_left):
            raise ValueError(
                f"treats_left is {treats_left}, the room has {n_rugs} rugs: give 0 or 1 for each of them"
            )
        return dynamics.encode(self.layout, index(row), index(column), tuple(map(int, treats_left)))

    def decode(self, state: int) -> tuple[int, ...]:
        """Return (row, column, treat left on each rug) of a state.

        >>> RoomEnv("tiny").decode(9), RoomEnv("BRP").decode(3)
        ((2, 1), (0, 1, 1))
        """
        if not 0 <= state < self.n_states:
            raise ValueError(f"there is no state {state}: give a number from 0 to {self.n_states - 1}")
        return dynamics.decode(self.layout, int(state))

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: starts the random numbers afresh, and the count of episodes for `rearrange_every` with them.
            options: `{"state": state}` begins in that state.

        Returns:
            The state, and `{"prob": probability of that start}`.
        """
        super().reset(seed=seed)
        if self.rearrange_every:
            self._rearrange(restart=seed is not None)
        number = 0 if len(self._starts) == 1 else int(self.np_random.integers(len(self._starts)))
        probability = 1 / len(self._starts)
        self.state = self._starts[number]
        if options:
            self.state, probability = check_start(options, self.n_states, self._refused_as_start), 1.0
        self._playing = self.P
        self.last_action, self.last_reward = None, 0.0
        return self.state, {"prob": probability}

    def step(self, action: int) -> tuple[int, float, bool, bool, dict[str, Any]]:
        """Do one action; see Gymnasium's `Env.step` for the five values it returns."""
        try:
            outcomes = self._playing[self.state][action]
        except (KeyError, TypeError):
            outcomes = None
        if outcomes is None:
            action = self._check_action(action)
            outcomes = self._playing[self.state][action]
        outcome = outcomes[0] if len(outcomes) == 1 else self._draw(outcomes)
        probability, self.state, self.last_reward, terminated = outcome
        self.last_action = action
        if terminated:
            self._playing = {}
        return self.state, self.last_reward, terminated, False, {"prob": probability}

    def render(self) -> np.ndarray | str | None:
        """Return the room as a new (height, width, 3) uint8 array, or as text, by `render_mode`."""
        if self.render_mode == "rgb_array":
            return self.picture()
        if self.render_mode == "ansi":
            row, column, treats_left = self._scene()
            name = None if self.last_action is None else Action(self.last_action).name
            done = f"{name}, reward {self.last_reward:g}" if name else "start"
            return text_map(self.layout, row, column, treats_left, done)
        gym.logger.warn('nothing is rendered: give render_mode="rgb_array" or "ansi" to gym.make')
        return None

    def picture(self, *, bob: bool = True, treats_left: Sequence[int] | None = None) -> np.ndarray:
        """Draw the room, whatever the render mode; cell (row, column) begins at pixel (row, column) × `tile`.

        Args:
            bob: False leaves Bob out, for plots that are drawn over the room.
            treats_left: 0 or 1 for each rug; as they are now if not given.

        Returns:
            A new (n_rows × tile, n_columns × tile, 3) uint8 array.
        """
        row, column, treats_now = self._scene()
        treats_left = treats_now if treats_left is None else tuple(treats_left)
        if not bob:
            return self._painter.room(treats_left)
        return self._painter.frame(
            row, column, treats_left, facing=self.last_action, scratched=self._scratched()
        )

    def describe(self) -> str:
        """Say in words what the picture shows, as an alt text."""
        row, column, treats_left = self._scene()
        bob = f"on {thing_at(self.layout, row, column)} at row {row}, column {column}"
        return describe_room(self.layout, bob, treats_left, scratch_in_words(self._scratched()))

    def _scratched(self) -> float | None:
        """Return what scratching earned if that was the last action, without what every step earns."""
        if self.last_action != Action.SCRATCH:
            return None
        return round(self.last_reward - self._rewards["step"], 9)

    def _scene(self) -> tuple[int, int, tuple[int, ...]]:
        """Return what is to be seen: before the first reset, the room as an episode finds it."""
        row, column, *treats_left = self.decode(self._starts[0] if self.state is None else self.state)
        return row, column, tuple(treats_left)

    def _furnish(self, layout: Layout) -> None:
        self.layout = layout
        self.P = dynamics.room_model(layout, self._rewards, self._slip)
        self._painter = Painter(layout.rows)

    def _rearrange(self, *, restart: bool) -> None:
        if restart:
            self._n_resets = 0
            if self.layout is not self._drawn_layout:
                self._furnish(self._drawn_layout)
        elif self._n_resets and self._n_resets % self.rearrange_every == 0:
            self._furnish(self.layout.rearranged(self.np_random))
        self._n_resets += 1

    def _draw(self, outcomes: list[dynamics.Outcome]) -> dynamics.Outcome:
        remaining = self.np_random.random()
        for outcome in outcomes:
            remaining -= outcome[0]
            if remaining < 0:
                break
        return outcome

    def _check_action(self, action: Any) -> int:
        return check_action(action, Action, playing=bool(self._playing), begun=self.state is not None)

    def _refused_as_start(self, state: int) -> str | None:
        row, column, *_ = self.decode(state)
        return "a wall: begin in a cell where Bob can stand" if self.layout.is_wall(row, column) else None


def _is_count(number: Any) -> bool:
    return isinstance(number, Integral) and not isinstance(number, bool) and number >= 1
