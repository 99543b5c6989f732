"""What all vector worlds here share: beginning, ending, and beginning again in the same step."""

from typing import Any

import gymnasium as gym
import numpy as np
from gymnasium.vector import AutoresetMode
from gymnasium.vector.utils import batch_space


class VectorWorld(gym.vector.VectorEnv):
    """Copies of a world that take their steps together; a class that extends it has the rules.

    A copy whose episode is over begins the next one in the same step (Gymnasium's `SAME_STEP`). What it saw
    last is in `infos["final_obs"]`, at the places where `infos["_final_obs"]` is True.

    Args:
        num_envs: how many copies.
        observation_space, action_space: of a single one.
        max_episode_steps: after how many steps an episode is truncated; None: never.
    """

    metadata = {"autoreset_mode": AutoresetMode.SAME_STEP, "render_modes": []}  # noqa: RUF012 (Gymnasium's way)

    def __init__(
        self,
        num_envs: int,
        observation_space: gym.Space,
        action_space: gym.Space,
        max_episode_steps: int | None,
    ):
        self.num_envs = num_envs
        self.single_observation_space, self.single_action_space = observation_space, action_space
        self.observation_space = batch_space(observation_space, num_envs)
        self.action_space = batch_space(action_space, num_envs)
        self.max_episode_steps = np.inf if max_episode_steps is None else max_episode_steps
        self._n_steps = np.zeros(num_envs, dtype=int)
        self._has_begun = False

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[np.ndarray, dict[str, Any]]:
        """Begin an episode in every copy.

        Args:
            seed: starts the random numbers of all copies afresh.
            options: there are none here.

        Returns:
            The observations, and an empty dict.
        """
        super().reset(seed=seed)
        if options:
            raise ValueError(f"options are {options!r}: there are none here, leave them out")
        self.begin(np.arange(self.num_envs))
        self._n_steps[:] = 0
        self._has_begun = True
        return self.observe(), {}

    def step(
        self, actions: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, dict[str, Any]]:
        """Do one action in every copy; see Gymnasium's `VectorEnv.step` for the five values it returns."""
        if not self._has_begun:
            raise gym.error.ResetNeeded("no episode has begun: call reset before the first step")
        actions = self._checked(actions)
        reward, terminated = self.advance(actions)
        self._n_steps += 1
        truncated = self._n_steps >= self.max_episode_steps
        observations, infos = self.observe(), {}
        over = terminated | truncated
        if over.any():
            infos = {"final_obs": observations, "_final_obs": over}
            ended = over.nonzero()[0]
            self.begin(ended)
            self._n_steps[ended] = 0
            observations = self.observe()
        return observations, reward, terminated, truncated, infos

    def begin(self, copies: np.ndarray) -> None:
        """Begin an episode in the copies with these numbers."""
        raise NotImplementedError

    def advance(self, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Do the actions; return the rewards, and whether the states they lead to are terminal."""
        raise NotImplementedError

    def observe(self) -> np.ndarray:
        """Return what is to be seen in every copy, a new array."""
        raise NotImplementedError

    def _checked(self, actions: np.ndarray) -> np.ndarray:
        actions = np.asarray(actions)
        if actions.shape != self.action_space.shape:
            raise ValueError(
                f"actions have shape {actions.shape}, expected {self.action_space.shape}: give one for "
                "each copy"
            )
        space = self.single_action_space
        if isinstance(space, gym.spaces.Discrete):
            if actions.dtype.kind not in "iu" or (actions < 0).any() or (actions >= space.n).any():
                raise ValueError(f"actions are {actions}, expected whole numbers from 0 to {space.n - 1}")
        elif not ((actions >= space.low) & (actions <= space.high)).all():
            raise ValueError(f"actions lie outside of {space}: clip them to it first")
        return actions
