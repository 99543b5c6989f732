"""Many copies of Gymnasium's `Acrobot-v1`: two links, of which the lower is to swing above the upper."""

import gymnasium as gym
import numpy as np
from gymnasium.envs.classic_control.acrobot import AcrobotEnv

from rl_helpers.worlds.vector.vector_world import VectorWorld

GRAVITY = 9.8  # m/s²


class VectorAcrobot(VectorWorld):
    """The rules of `AcrobotEnv` with its usual settings, for all copies at once.

    Attributes:
        state: both angles in radians and both angular velocities in radians a second, float (4, num_envs).
    """

    def __init__(
        self, num_envs: int = 1, *, max_episode_steps: int | None = 500, render_mode: str | None = None
    ):
        """Build the copies; nothing is drawn, whatever `render_mode`."""
        limits = np.array([1, 1, 1, 1, AcrobotEnv.MAX_VEL_1, AcrobotEnv.MAX_VEL_2], dtype=np.float32)
        space = gym.spaces.Box(-limits, limits)
        super().__init__(num_envs, space, gym.spaces.Discrete(3), max_episode_steps)
        self.state = np.zeros((4, num_envs))

    def begin(self, copies: np.ndarray) -> None:
        """Hang both links nearly straight down."""
        drawn = self.np_random.uniform(-0.1, 0.1, size=(len(copies), 4))
        self.state[:, copies] = drawn.astype(np.float32).T

    def advance(self, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Turn the joint between the links with torque −1, 0 or 1 N m for 0.2 seconds."""
        torque, dt = actions - 1.0, AcrobotEnv.dt
        state = self.state
        k1 = self._derivatives(state, torque)
        k2 = self._derivatives(state + dt / 2 * k1, torque)
        k3 = self._derivatives(state + dt / 2 * k2, torque)
        k4 = self._derivatives(state + dt * k3, torque)
        state = state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)  # Runge and Kutta, fourth order
        for angle in state[:2]:
            angle -= 2 * np.pi * np.rint(angle / (2 * np.pi))
        np.clip(state[2], -AcrobotEnv.MAX_VEL_1, AcrobotEnv.MAX_VEL_1, out=state[2])
        np.clip(state[3], -AcrobotEnv.MAX_VEL_2, AcrobotEnv.MAX_VEL_2, out=state[3])
        self.state = state
        terminated = -np.cos(state[0]) - np.cos(state[1] + state[0]) > 1.0
        return np.where(terminated, 0.0, -1.0), terminated

    def observe(self) -> np.ndarray:
        """Return cosine and sine of both angles, and both velocities, float32 (num_envs, 6)."""
        one, two, *velocities = self.state
        columns = [np.cos(one), np.sin(one), np.cos(two), np.sin(two), *velocities]
        return np.stack(columns, axis=1).astype(np.float32)

    @staticmethod
    def _derivatives(state: np.ndarray, torque: np.ndarray) -> np.ndarray:
        """Return the derivatives of the state: links of 1 m and 1 kg, centres of mass in their middles."""
        one, two, speed, speed_two = state
        cos_two, sin_two = np.cos(two), np.sin(two)
        d1 = 0.25 + 1.25 + cos_two + 2.0
        d2 = 0.25 + 0.5 * cos_two + 1.0
        phi2 = 0.5 * GRAVITY * np.cos(one + two - np.pi / 2)
        phi1 = (
            -0.5 * speed_two**2 * sin_two
            - speed_two * speed * sin_two
            + 1.5 * GRAVITY * np.cos(one - np.pi / 2)
            + phi2
        )
        acceleration_two = (torque + d2 / d1 * phi1 - 0.5 * speed**2 * sin_two - phi2) / (1.25 - d2**2 / d1)
        return np.stack([speed, speed_two, -(d2 * acceleration_two + phi1) / d1, acceleration_two])
