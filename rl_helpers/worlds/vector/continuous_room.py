"""Many copies of `Bob/ContinuousRoom-v0`, stepped together."""

from collections.abc import Mapping

import numpy as np

from rl_helpers.worlds import dynamics
from rl_helpers.worlds.continuous_room import (
    HALF_BODY,
    MAX_MOVE,
    MAX_TURN,
    TOUCH,
    ContinuousRoomEnv,
)
from rl_helpers.worlds.dynamics.room import ENDINGS, REWARD_NAMES
from rl_helpers.worlds.maps.layouts import RUG
from rl_helpers.worlds.vector.vector_world import VectorWorld


class VectorContinuousRoom(VectorWorld):
    """The rules of `ContinuousRoomEnv`, for all copies at once.

    Attributes:
        x, y, heading: where Bob is and looks in every copy, float (num_envs,).
        treats_left: 0 or 1, float (num_envs, n_rugs).
    """

    def __init__(
        self,
        num_envs: int = 1,
        *,
        max_episode_steps: int | None = None,
        layout: str = "default",
        rewards: Mapping[str, float] | None = None,
        render_mode: str | None = None,
    ):
        """Build the rooms; arguments as for a single one, but nothing is drawn, whatever `render_mode`."""
        single = ContinuousRoomEnv(layout, rewards=rewards)
        super().__init__(num_envs, single.observation_space, single.action_space, max_episode_steps)
        self.layout, rewards = single.layout, dynamics.check_rewards(rewards)
        self._step_reward = rewards["step"]
        self._starts = np.array(self.layout.starts) + 0.5
        # A rim of walls around the room: then a cell outside is a wall like any other.
        is_wall = [[self.layout.is_wall(row, column) for column in self._columns()] for row in self._rows()]
        self._is_wall = np.array(is_wall)
        kinds = np.array([list(line) for line in self.layout.rows])
        self._rug = np.full(kinds.shape, -1)
        for rug, cell in enumerate(self.layout.rugs):
            self._rug[cell] = rug
        self._earns = np.zeros(kinds.shape)
        for kind, name in REWARD_NAMES.items():
            self._earns[kinds == kind] = rewards[name]
        self._ends, self._is_rug = np.isin(kinds, ENDINGS), kinds == RUG
        self.x, self.y, self.heading = np.zeros((3, num_envs))
        self.treats_left = np.zeros((num_envs, len(self.layout.rugs)))

    def begin(self, copies: np.ndarray) -> None:
        """Put Bob on a start, heading right, with a treat on every rug."""
        if len(self._starts) == 1:
            self.y[copies], self.x[copies] = self._starts[0]
        else:
            starts = self._starts[self.np_random.integers(len(self._starts), size=len(copies))]
            self.y[copies], self.x[copies] = starts.T
        self.heading[copies] = 0.0
        self.treats_left[copies] = 1.0

    def advance(self, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Turn, walk, and perhaps scratch."""
        speed, turn, pressed = actions.astype(float).T
        turned = self.heading + turn * MAX_TURN
        self.heading = turned - 2 * np.pi * np.rint(turned / (2 * np.pi))
        self.x = self._slide(self.x, speed * MAX_MOVE * np.cos(self.heading), self.y, self._is_wall)
        self.y = self._slide(self.y, speed * MAX_MOVE * np.sin(self.heading), self.x, self._is_wall.T)
        scratches = np.flatnonzero(pressed > 0.5)
        reward, terminated = np.full(self.num_envs, self._step_reward), np.zeros(self.num_envs, dtype=bool)
        cell = np.floor(self.y[scratches]).astype(int), np.floor(self.x[scratches]).astype(int)
        earned = self._earns[cell]
        on_rug = self._is_rug[cell].nonzero()[0]
        if on_rug.size:
            rug = scratches[on_rug], self._rug[cell][on_rug]
            earned[on_rug] *= self.treats_left[rug]
            self.treats_left[rug] = 0.0
        reward[scratches] += earned
        terminated[scratches] = self._ends[cell]
        return reward, terminated

    def observe(self) -> np.ndarray:
        """Return (x, y, heading, treats left) of every copy, float32."""
        columns = [self.x, self.y, self.heading, *self.treats_left.T]
        return np.stack(columns, axis=1).astype(np.float32)

    def _rows(self) -> range:
        return range(-1, self.layout.n_rows + 1)

    def _columns(self) -> range:
        return range(-1, self.layout.n_columns + 1)

    @staticmethod
    def _slide(
        position: np.ndarray, distance: np.ndarray, across: np.ndarray, is_wall: np.ndarray
    ) -> np.ndarray:
        """Return where walks along one axis end, with Bob's side against a wall or after the distance.

        Args:
            position, distance: along the axis.
            across: where his centre is on the other axis.
            is_wall: bool, cells along the axis in the last place, with the rim.
        """
        target = position + distance
        side = np.where(distance > 0, HALF_BODY - TOUCH, TOUCH - HALF_BODY)
        ahead = np.floor(target + side).astype(int)
        one, other = (
            np.floor(across + reach).astype(int) for reach in (TOUCH - HALF_BODY, HALF_BODY - TOUCH)
        )
        stopped = (is_wall[one + 1, ahead + 1] | is_wall[other + 1, ahead + 1]) & (distance != 0)
        against = np.where(distance > 0, ahead - HALF_BODY, ahead + 1 + HALF_BODY)
        return np.where(stopped, against, target)
