"""Bob's room without the grid: `Bob/ContinuousRoom-v0`."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from math import cos, floor, pi, remainder, sin
from typing import Any

import gymnasium as gym
import numpy as np

from rl_helpers.worlds import dynamics
from rl_helpers.worlds.descriptions import describe_room, scratch_in_words, text_map, thing_at
from rl_helpers.worlds.drawing.art import Painter
from rl_helpers.worlds.layout_env import LayoutEnv, Scene
from rl_helpers.worlds.maps.actions import Action
from rl_helpers.worlds.maps.layouts import parse_layout

MAX_MOVE = 0.5  # cells a step; below 1, so that no wall can be jumped over
MAX_TURN = pi / 4  # radians a step
HALF_BODY = 0.3  # cells from Bob's centre to his sides; below 0.5, so that he fits through every gap
TOUCH = 1e-9  # standing against a wall is not standing in it, whatever the rounding

HEADINGS = {Action.RIGHT: 0.0, Action.DOWN: pi / 2, Action.LEFT: pi, Action.UP: -pi / 2}
"""Headings in radians: 0 is to the right and, y pointing down, a positive turn is clockwise."""


class ContinuousRoomEnv(LayoutEnv[np.ndarray, np.ndarray]):
    """Bob's room without the grid: where he is and where he looks are real numbers.

    ## Action space
    `Box([-1, -1, 0], [1, 1, 1], float32)`: (speed, turn, scratch). In one step Bob turns by turn × π/4, walks
    speed × 0.5 cells along his new heading (backwards if negative), and scratches what lies under his centre
    if scratch > 0.5. Walls stop him across, not along: he slides.

    ## Observation space
    `Box` of float32: (x, y, heading, treat left on each rug). x points right and y down, in cells from the
    top left corner of the room: the centre of cell (row, column) is at (column + 0.5, row + 0.5). The
    heading is in radians, −π to π, 0 to the right, π/2 down. Treats are 0 or 1, rugs in reading order.

    ## Starting state
    Bob in the centre of a `B` of the layout (several: drawn uniformly), heading right, a treat on every rug.

    ## Rewards
    As in `Bob/Room-v0`: rug +1 once an episode, post +5, couch −1, drapes −5, anything else 0.

    ## Episode end
    Terminated by scratching the post (success) or the drapes (failure). Truncated after 200 steps by
    `gym.make`.

    ## Arguments
    See `__init__`. A walk on the grid is repeated by the actions of `continuous_actions`:

    >>> import gymnasium as gym, rl_helpers
    >>> env = gym.make("Bob/ContinuousRoom-v0", layout="B.#|..P".replace("|", chr(10)))
    >>> position, info = env.reset(seed=0)
    >>> for action in continuous_actions([Action.RIGHT, Action.DOWN, Action.RIGHT, Action.SCRATCH]):
    ...     position, reward, terminated, truncated, info = env.step(action)
    >>> position.round(3).tolist(), reward, terminated, info["cell"]
    ([2.5, 1.5, 0.0], 5.0, True, (1, 2))
    """

    metadata = LayoutEnv.metadata | {"render_fps": 12}

    def __init__(
        self,
        layout: str = "default",
        *,
        rewards: Mapping[str, float] | None = None,
        render_mode: str | None = None,
    ):
        """Build a room.

        Args:
            layout: a text map or the name of one, see `rl_helpers.worlds.parse_layout`.
            rewards: those to change, by name: rug, post, couch, drapes, cushion, step.
            render_mode: "rgb_array", "ansi" or None.

        Raises:
            ValueError: if an argument is out of its range.
        """
        parsed = parse_layout(layout)
        super().__init__(parsed, Painter(parsed.rows), render_mode)
        self.rewards = dynamics.check_rewards(rewards)
        n_rugs = len(self.layout.rugs)
        self.action_space = gym.spaces.Box(np.float32([-1, -1, 0]), np.float32([1, 1, 1]))
        self.observation_space = gym.spaces.Box(
            np.float32([0, 0, -pi] + [0] * n_rugs),
            np.float32([self.n_columns, self.n_rows, pi] + [1] * n_rugs),
        )
        self._stand_at(*self.layout.starts[0])

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[np.ndarray, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: starts the random numbers afresh.
            options: `{"position": (x, y), "heading": radians}` begins there; either may be left out.

        Returns:
            The observation, and `{"cell": (row, column) under Bob's centre}`.
        """
        super().reset(seed=seed)
        self._stand_at(*self._drawn_start(self.layout.starts))
        if not set(options or {}) <= {"position", "heading"}:
            raise ValueError(f'options are {options!r}: those here are "position", (x, y), and "heading"')
        if options and "position" in options:
            self.x, self.y = self._check_position(options["position"])
        if options and "heading" in options:
            self.heading = remainder(float(options["heading"]), 2 * pi)
        self._playing = True
        return self._observation(), {"cell": self.cell}

    def step(self, action: Sequence[float]) -> tuple[np.ndarray, float, bool, bool, dict[str, Any]]:
        """Turn, walk, and perhaps scratch; see Gymnasium's `Env.step` for the five values it returns."""
        if not self._playing:
            raise gym.error.ResetNeeded("no episode has begun or it is over: call reset before the next step")
        speed, turn, pressed = self._check_action(action)
        self.heading = remainder(self.heading + turn * MAX_TURN, 2 * pi)
        self.x = self._slide_x(speed * MAX_MOVE * cos(self.heading))
        self.y = self._slide_y(speed * MAX_MOVE * sin(self.heading))
        reward, terminated, self._scratched = self.rewards["step"], False, None
        if pressed > 0.5:
            earned, self.treats_left, terminated = dynamics.scratch(
                self.layout, *self.cell, self.treats_left, self.rewards
            )
            self._scratched = earned
            reward += earned
        self.last_reward, self._playing = reward, not terminated
        return self._observation(), reward, terminated, False, {"cell": self.cell}

    @property
    def cell(self) -> tuple[int, int]:
        """(row, column) of the cell under Bob's centre."""
        return floor(self.y), floor(self.x)

    def scene(self) -> Scene:
        """Return what is to be seen: before the first reset, the room as an episode finds it."""
        return Scene(self.y - 0.5, self.x - 0.5, self.treats_left, self._facing(), self._scratched)

    def text(self) -> str:
        """Draw the room as a text map with a line about the last step."""
        done = f"x {self.x:.2f}, y {self.y:.2f}, heading {self.heading:.2f}, reward {self.last_reward:g}"
        return text_map(self.layout, *self.cell, self.treats_left, done)

    def describe(self) -> str:
        """Say in words what the picture shows, as an alt text."""
        bob = (
            f"on {thing_at(self.layout, *self.cell)} at x {self.x:.1f}, y {self.y:.1f}, "
            f"facing {self._facing().name.lower()}"
        )
        return describe_room(self.layout, bob, self.treats_left, scratch_in_words(self._scratched))

    def _stand_at(self, row: int, column: int) -> None:
        self.x, self.y, self.heading = column + 0.5, row + 0.5, 0.0
        self.treats_left = (1,) * len(self.layout.rugs)
        self._scratched: float | None = None
        self.last_reward = 0.0

    def _observation(self) -> np.ndarray:
        return np.array([self.x, self.y, self.heading, *self.treats_left], dtype=np.float32)

    def _facing(self) -> Action:
        """Return the direction of the grid that is nearest to the heading."""
        return max(HEADINGS, key=lambda action: cos(self.heading - HEADINGS[action]))

    def _slide_x(self, distance: float) -> float:
        rows = {floor(self.y - HALF_BODY + TOUCH), floor(self.y + HALF_BODY - TOUCH)}
        return _stopped(
            self.x, distance, lambda column: any(self.layout.is_wall(row, column) for row in rows)
        )

    def _slide_y(self, distance: float) -> float:
        columns = {floor(self.x - HALF_BODY + TOUCH), floor(self.x + HALF_BODY - TOUCH)}
        return _stopped(
            self.y, distance, lambda row: any(self.layout.is_wall(row, column) for column in columns)
        )

    def _check_action(self, action: Sequence[float]) -> tuple[float, float, float]:
        try:
            speed, turn, pressed = action.tolist() if isinstance(action, np.ndarray) else map(float, action)
            valid = -1 <= speed <= 1 and -1 <= turn <= 1 and 0 <= pressed <= 1
        except (TypeError, ValueError):
            valid = False
        if not valid:
            raise ValueError(
                f"the action is {action!r}: give (speed, turn, scratch), speed and turn from -1 to 1, "
                "scratch from 0 to 1"
            )
        return speed, turn, pressed

    def _check_position(self, position: Sequence[float]) -> tuple[float, float]:
        x, y = map(float, position)
        sides = (TOUCH - HALF_BODY, HALF_BODY - TOUCH)
        for down, right in product(sides, sides):
            if self.layout.is_wall(floor(y + down), floor(x + right)):
                raise ValueError(
                    f'options["position"] is {position}, Bob would stand in a wall there: keep his centre '
                    f"{HALF_BODY} cells from every wall and from the rim of the room"
                )
        return x, y


def _stopped(position: float, distance: float, is_wall: Callable[[int], bool]) -> float:
    """Return where a walk along one axis ends: after the distance, or with Bob's side against a wall."""
    target = position + distance
    if distance > 0 and is_wall(ahead := floor(target + HALF_BODY - TOUCH)):
        return ahead - HALF_BODY
    if distance < 0 and is_wall(ahead := floor(target - HALF_BODY + TOUCH)):
        return ahead + 1 + HALF_BODY
    return target


def continuous_actions(actions: Iterable[int], heading: float = 0.0) -> list[np.ndarray]:
    """Translate a walk on the grid into actions of the continuous room that lead through the same cells.

    Args:
        actions: what Bob does on the grid; a walk that bumps into no wall, for there he stops elsewhere.
        heading: where he looks at first, in radians; one of the four directions of the grid.

    Returns:
        float32 arrays (speed, turn, scratch): a quarter turn takes two of them, a cell another two.

    >>> [action.tolist() for action in continuous_actions([Action.RIGHT, Action.SCRATCH])]
    [[1.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
    """
    translated: list[tuple[float, float, float]] = []
    for action in map(Action, actions):
        if action == Action.SCRATCH:
            translated.append((0, 0, 1))
            continue
        turn = remainder(HEADINGS[action] - heading, 2 * pi)
        n_turns = round(abs(turn) / MAX_TURN)
        translated += [(0, 1 if turn > 0 else -1, 0)] * n_turns + [(1, 0, 0)] * round(1 / MAX_MOVE)
        heading = HEADINGS[action]
    return [np.array(action, dtype=np.float32) for action in translated]
