"""Many copies of Gymnasium's `Pendulum-v1`: a rod to be swung up and held there by a weak motor."""

import gymnasium as gym
import numpy as np

from rl_helpers.worlds.vector.vector_world import VectorWorld

MAX_SPEED, MAX_TORQUE, DT = 8.0, 2.0, 0.05  # radians a second, N m, seconds


class VectorPendulum(VectorWorld):
    """The rules of `PendulumEnv`, for all copies at once. No state is terminal.

    Attributes:
        angle, speed: in radians, 0 at the top, and radians a second, float (num_envs,).
    """

    def __init__(
        self,
        num_envs: int = 1,
        *,
        max_episode_steps: int | None = 200,
        g: float = 10.0,
        render_mode: str | None = None,
    ):
        """Build the copies with gravity `g` in m/s²; nothing is drawn, whatever `render_mode`."""
        limits = np.array([1, 1, MAX_SPEED], dtype=np.float32)
        actions = gym.spaces.Box(-MAX_TORQUE, MAX_TORQUE, shape=(1,))
        super().__init__(num_envs, gym.spaces.Box(-limits, limits), actions, max_episode_steps)
        self.g = g
        self.angle, self.speed = np.zeros((2, num_envs))

    def begin(self, copies: np.ndarray) -> None:
        """Let the rod begin at any angle, with a speed of up to 1."""
        self.angle[copies] = self.np_random.uniform(-np.pi, np.pi, size=len(copies))
        self.speed[copies] = self.np_random.uniform(-1.0, 1.0, size=len(copies))

    def advance(self, actions: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Turn with the given torque for 0.05 seconds."""
        torque = actions[:, 0].astype(float)
        from_top = (self.angle + np.pi) % (2 * np.pi) - np.pi
        reward = -(from_top**2 + 0.1 * self.speed**2 + 0.001 * torque**2)
        speed = self.speed + (1.5 * self.g * np.sin(self.angle) + 3.0 * torque) * DT
        self.speed = speed.clip(-MAX_SPEED, MAX_SPEED)
        self.angle = self.angle + self.speed * DT
        return reward, np.zeros(self.num_envs, dtype=bool)

    def observe(self) -> np.ndarray:
        """Return cosine and sine of the angle, and the speed, float32 (num_envs, 3)."""
        return np.stack([np.cos(self.angle), np.sin(self.angle), self.speed], axis=1).astype(np.float32)
