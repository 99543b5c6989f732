"""The textbook's mazes with Bob in them: `Bob/Maze-v0`."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from rl_helpers.worlds.drawing.art import Painter
from rl_helpers.worlds.dynamics import maze_model
from rl_helpers.worlds.maps.layouts import POST
from rl_helpers.worlds.maps.mazes import check_change, check_maze, parse_maze
from rl_helpers.worlds.model_env import ModelEnv, Stage


class MazeEnv(ModelEnv):
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
    >>> from rl_helpers.worlds import Action
    >>> env = gym.make("Bob/Maze-v0", layout="S.G")
    >>> env.reset(seed=0)
    (0, {'prob': 1.0})
    >>> [env.step(Action.RIGHT)[:3] for _ in range(2)]
    [(1, 0.0, False), (2, 1.0, True)]
    """

    kind = "maze"

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
        plan = check_maze(maze, layout)
        self.changes_after = check_change(plan, change_at)
        self.layouts = tuple(parse_maze(text) for text in (plan.first, plan.later) if text is not None)
        self._stages = [Stage(drawn, maze_model(drawn), Painter(drawn.rows)) for drawn in self.layouts]
        first_steps = (0, self.changes_after)[: len(self.layouts)]
        self.P_by_step = dict(zip(first_steps, (stage.model for stage in self._stages), strict=True))
        self.n_steps = 0
        super().__init__(self._stages[0], render_mode)

    def step(self, action: int) -> tuple[int, float, bool, bool, dict[str, Any]]:
        """Do one action; see Gymnasium's `Env.step` for the five values it returns."""
        five_values = super().step(action)
        self.n_steps += 1
        if self.n_steps == self.changes_after:
            self._enter(self._stages[1])
        return five_values

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
        return super().picture(bob=bob)

    def _set_stage(self, *, restart: bool) -> None:
        if restart:
            self.n_steps = 0
            self._enter(self._stages[0])

    def _scratched(self) -> float | None:
        return self.last_reward or None  # he scratches his goal, the post, as he reaches it

    def _happened(self) -> str:
        return f"He has just reached his post: reward {self.last_reward:+g}." if self.last_reward else ""

    def _refused_as_start(self, row: int, column: int) -> str | None:
        if self.layout.is_wall(row, column) or self.layout.rows[row][column] == POST:
            return "a wall or the goal: begin in a cell from where Bob can walk on"
        return None
