"""What all worlds on a layout share, whatever moves in them: pictures, text maps, a place to begin."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import gymnasium as gym
import numpy as np
from gymnasium.core import ActType, ObsType

from rl_helpers.worlds.drawing.art import TILE, Painter
from rl_helpers.worlds.maps.layouts import Layout

Start = TypeVar("Start")


class Scene(NamedTuple):
    """What a picture shows beside the room itself.

    Attributes:
        row, column: of Bob's tile, in cells from the top left; real numbers where he does not keep to cells.
        treats_left: 0 or 1 for each rug.
        facing: the `Action` that he last moved by; None: towards the viewer.
        scratched: the reward, if he has just scratched.
    """

    row: float
    column: float
    treats_left: tuple[int, ...]
    facing: int | None
    scratched: float | None


class LayoutEnv(gym.Env[ObsType, ActType]):
    """A world on a layout; a class that extends it says what is to be seen: `scene`, `text`, `describe`."""

    metadata = {  # noqa: RUF012 (Gymnasium's way)
        "render_modes": ["rgb_array", "ansi"],
        "render_fps": 6,
        "reward_unit": "treats",
    }

    def __init__(self, layout: Layout, painter: Painter, render_mode: str | None):
        if render_mode not in (None, *self.metadata["render_modes"]):
            raise ValueError(f'render_mode is {render_mode!r}: choose "rgb_array", "ansi" or None')
        self.render_mode = render_mode
        self.layout, self._painter = layout, painter
        self.n_rows, self.n_columns = layout.n_rows, layout.n_columns
        self.tile = TILE
        self.last_reward = 0.0
        self._playing = False  # whether an episode has begun and is not over

    def render(self) -> np.ndarray | str | None:
        """Return the world as a new (height, width, 3) uint8 array, or as text, by `render_mode`."""
        if self.render_mode == "rgb_array":
            return self.picture()
        if self.render_mode == "ansi":
            return self.text()
        gym.logger.warn('nothing is rendered: give render_mode="rgb_array" or "ansi" to gym.make')
        return None

    def picture(self, *, bob: bool = True, treats_left: Sequence[int] | None = None) -> np.ndarray:
        """Draw the world, whatever the render mode; the point (x, y) is at pixel (x, y) × `tile`.

        Args:
            bob: False leaves Bob out, for plots that are drawn over the room.
            treats_left: 0 or 1 for each rug; as they are now if not given.

        Returns:
            A new (n_rows × tile, n_columns × tile, 3) uint8 array.
        """
        scene = self.scene()
        treats_left = scene.treats_left if treats_left is None else tuple(treats_left)
        if not bob:
            return self._painter.room(treats_left)
        return self._painter.frame(
            scene.row, scene.column, treats_left, facing=scene.facing, scratched=scene.scratched
        )

    def scene(self) -> Scene:
        """Return what is to be seen: before the first reset, the world as an episode finds it."""
        raise NotImplementedError

    def text(self) -> str:
        """Draw the world as a text map with a line about the last step."""
        raise NotImplementedError

    def describe(self) -> str:
        """Say in words what the picture shows, as an alt text."""
        raise NotImplementedError

    def _drawn_start(self, starts: Sequence[Start]) -> Start:
        """Return where an episode begins: each start is as probable, and a single one needs no chance."""
        return starts[0 if len(starts) == 1 else int(self.np_random.integers(len(starts)))]
