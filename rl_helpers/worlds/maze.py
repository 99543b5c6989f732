"""The textbook's mazes with Bob in them: `Bob/Maze-v0`."""

from collections.abc import Sequence
from operator import index
from typing import Any, NamedTuple

import gymnasium as gym
import numpy as np

from rl_helpers.worlds.actions import MOVES, Action
from rl_helpers.worlds.arguments import check_action, check_start
from rl_helpers.worlds.descriptions import describe_room, text_map, thing_at
from rl_helpers.worlds.drawing.art import TILE, Painter
from rl_helpers.worlds.dynamics import room as dynamics
from rl_helpers.worlds.maps.layouts import POST, Layout
from rl_helpers.worlds.maps.mazes import check_change, check_maze, maze_model, parse_maze


class Stage(NamedTuple):
    """A maze for as long as its walls stay where they are."""

    layout: Layout
    model: dynamics.Model
    painter: Painter


class MazeEnv(gym.Env[int, int]):
    """Bob looks for the way to his post; in some mazes the walls move.

    ## Action space
    `Discrete(4)`: `Action.UP` 0, `RIGHT` 1, `DOWN` 2, `LEFT` 3. Bumping into a wall leaves Bob where he is.

    ## Observation space
    `Discrete(n_rows * n_columns)`, the cell as one integer: `state = row * n_columns + column`. Every cell is
    counted, walls too.

    ## Starting state
    Bob on an `S` of the map (several: drawn uniformly).

    ## Rewards
    +1 for the step that enters the goal, 0 for every other.

    ## Episode end
    Terminated by entering the goal. The textbook lets an episode last as long as it takes; `gym.make`
    truncates after 10,000 steps, so that an agent that runs in circles ends too.

    ## Moving walls
    Time steps are counted over all episodes, from the last `reset(seed=...)`, which also puts the walls back.
    They move after step `changes_after`, in the middle of an episode: `P`, `layout` and the picture are the
    new ones from then on. If a wall comes down where Bob stands, he can walk out of it, never in.

    ## Arguments
    See `__init__`. The exact model of the present walls is in `P[state][action]`: a list of one
    (probability, next state, reward, terminated), as in Gymnasium's toy-text worlds.

    ## Source
    Sutton & Barto (2018), examples 8.1 to 8.3.

    >>> import gymnasium as gym, rl_helpers
    >>> env = gym.make("Bob/Maze-v0", layout="S.G")
    >>> env.reset(seed=0)
    (0, {'prob': 1.0})
    >>> [env.step(Action.RIGHT)[:3] for _ in range(2)]
    [(1, 0.0, False), (2, 1.0, True)]
    """

    metadata = {"render_modes": ["rgb_array", "ansi"], "render_fps": 6}  # noqa: RUF012 (Gymnasium's way)

    def __init__(
        self,
        maze: str = "dyna",
        *,
        layout: str | None = None,
        change_at: int | None = None,
        render_mode: str | None = None,
    ):
        """Build a maze.

        Args:
            maze: the name of one: "dyna", "blocking" or "shortcut".
            layout: a text map of your own in place of a named maze, see `parse_maze`.
            change_at: the walls of "blocking" and "shortcut" move after so many time steps; 1,000 and 3,000
                if not given.
            render_mode: "rgb_array", "ansi" or None.

        Raises:
            TypeError: if the layout is not a string, or `change_at` not a number.
            ValueError: if an argument is out of its range.
        """
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise ValueError(f'render_mode is {render_mode!r}: choose "rgb_array", "ansi" or None')
        self.render_mode = render_mode
        plan = check_maze(maze, layout)
        self.changes_after = check_change(plan, change_at)
        layouts = [parse_maze(text) for text in (plan.first, plan.later) if text is not None]
        self._stages = [Stage(drawn, maze_model(drawn), Painter(drawn.rows)) for drawn in layouts]
        first_steps = (0, self.changes_after)[: len(layouts)]
        self.P_by_step = dict(zip(first_steps, (stage.model for stage in self._stages), strict=True))
        self.n_steps = 0
        self._enter(self._stages[0])

        self.n_rows, self.n_columns = self.layout.n_rows, self.layout.n_columns
        self.n_states = len(self.P)
        self.tile = TILE
        self.action_space = gym.spaces.Discrete(len(MOVES))
        self.observation_space = gym.spaces.Discrete(self.n_states)
        self._starts = [self.encode(row, column) for row, column in self.layout.starts]
        self.initial_state_distrib = np.zeros(self.n_states)
        self.initial_state_distrib[self._starts] = 1 / len(self._starts)
        self.state: int | None = None
        self._playing: dynamics.Model = {}  # P during an episode, empty outside: then every step is an error
        self.last_action: int | None = None
        self.last_reward = 0.0

    def encode(self, row: int, column: int) -> int:
        """Return the number of the state with Bob in a cell, row × n_columns + column.

        Args:
            row: 0 to n_rows − 1, from the top.
            column: 0 to n_columns − 1, from the left.

        >>> MazeEnv("dyna").encode(2, 1)
        19
        """
        if not (0 <= row < self.layout.n_rows and 0 <= column < self.layout.n_columns):
            raise ValueError(
                f"row {row}, column {column} is outside of the maze: give a row from 0 to "
                f"{self.layout.n_rows - 1} and a column from 0 to {self.layout.n_columns - 1}"
            )
        return dynamics.encode(self.layout, index(row), index(column), ())

    def decode(self, state: int) -> tuple[int, int]:
        """Return (row, column) of a state.

        >>> MazeEnv("dyna").decode(19)
        (2, 1)
        """
        if not 0 <= state < self.n_states:
            raise ValueError(f"there is no state {state}: give a number from 0 to {self.n_states - 1}")
        return divmod(int(state), self.n_columns)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: starts the random numbers afresh, and the count of time steps with them.
            options: `{"state": state}` begins in that state.

        Returns:
            The state, and `{"prob": probability of that start}`.
        """
        super().reset(seed=seed)
        if seed is not None:
            self.n_steps = 0
            self._enter(self._stages[0])
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
            outcome = self._playing[self.state][action][0]
        except (KeyError, TypeError):
            action = self._check_action(action)
            outcome = self._playing[self.state][action][0]
        probability, self.state, self.last_reward, terminated = outcome
        self.last_action = action
        self.n_steps += 1
        if self.n_steps == self.changes_after:
            self._enter(self._stages[1])
            self._playing = self.P
        if terminated:
            self._playing = {}
        return self.state, self.last_reward, terminated, False, {"prob": probability}

    def render(self) -> np.ndarray | str | None:
        """Return the maze as a new (height, width, 3) uint8 array, or as text, by `render_mode`."""
        if self.render_mode == "rgb_array":
            return self.picture()
        if self.render_mode == "ansi":
            name = None if self.last_action is None else Action(self.last_action).name
            done = f"{name}, reward {self.last_reward:g}" if name else "start"
            return text_map(self.layout, *self._cell(), (), done)
        gym.logger.warn('nothing is rendered: give render_mode="rgb_array" or "ansi" to gym.make')
        return None

    def picture(self, *, bob: bool = True, treats_left: Sequence[int] | None = None) -> np.ndarray:
        """Draw the maze, whatever the render mode; cell (row, column) begins at pixel (row, column) × `tile`.

        Args:
            bob: False leaves Bob out, for plots that are drawn over the maze.
            treats_left: empty, for a maze has no rugs; plots that serve rooms too give it.

        Returns:
            A new (n_rows × tile, n_columns × tile, 3) uint8 array.
        """
        if treats_left:
            raise ValueError(f"treats_left is {treats_left}, a maze has no rugs: give treats_left=()")
        if not bob:
            return self._painter.room()
        return self._painter.frame(*self._cell(), facing=self.last_action, scratched=self.last_reward or None)

    def describe(self) -> str:
        """Say in words what the picture shows, as an alt text."""
        row, column = self._cell()
        bob = f"on {thing_at(self.layout, row, column)} at row {row}, column {column}"
        happened = f"He has just reached his post: reward {self.last_reward:+g}." if self.last_reward else ""
        return describe_room(self.layout, bob, (), happened)

    def _cell(self) -> tuple[int, int]:
        """Return where Bob is to be seen: before the first reset, where an episode finds him."""
        return self.decode(self._starts[0] if self.state is None else self.state)

    def _enter(self, stage: Stage) -> None:
        self.layout, self.P, self._painter = stage

    def _check_action(self, action: Any) -> int:
        return check_action(action, MOVES, playing=bool(self._playing), begun=self.state is not None)

    def _refused_as_start(self, state: int) -> str | None:
        row, column = self.decode(state)
        if self.layout.is_wall(row, column) or self.layout.rows[row][column] == POST:
            return "a wall or the goal: begin in a cell from where Bob can walk on"
        return None
