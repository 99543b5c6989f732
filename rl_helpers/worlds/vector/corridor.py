"""Many copies of `Bob/Corridor-v0`, stepped together."""

import numpy as np

from rl_helpers.worlds.corridor import GOAL, CorridorEnv, Side, next_place
from rl_helpers.worlds.vector.vector_world import VectorWorld

NEXT = np.array([[next_place(place, side) for side in Side] for place in range(GOAL)])
"""Where each side leads from each place."""


class VectorCorridor(VectorWorld):
    """The rules of `CorridorEnv`, for all copies at once.

    Attributes:
        place: where Bob is in every copy, int (num_envs,).
    """

    def __init__(
        self,
        num_envs: int = 1,
        *,
        max_episode_steps: int | None = None,
        alike: bool = True,
        render_mode: str | None = None,
    ):
        """Build the corridors; nothing is drawn, whatever `render_mode`."""
        single = CorridorEnv(alike)
        super().__init__(num_envs, single.observation_space, single.action_space, max_episode_steps)
        self.alike, self.place = alike, np.zeros(num_envs, dtype=np.int64)

    def begin(self, copies: np.ndarray) -> None:
        """Put Bob in the first place."""
        self.place[copies] = 0

    def advance(self, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Go left or right."""
        self.place = NEXT[self.place, actions]
        return np.full(self.num_envs, -1.0), self.place == GOAL

    def observe(self) -> np.ndarray:
        """Return the number of the place, or 0 where all look alike."""
        return np.zeros_like(self.place) if self.alike else self.place.copy()
