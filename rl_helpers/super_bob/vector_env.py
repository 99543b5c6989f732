"""Many games of `Bob/Super-v0` at once, as a Gymnasium vector environment: NumPy over games."""

from collections.abc import Mapping, Sequence
from typing import Any

import gymnasium as gym
import numpy as np
from gymnasium.utils import seeding
from gymnasium.vector import AutoresetMode, VectorEnv
from gymnasium.vector.utils import batch_space

from rl_helpers.arguments import count
from rl_helpers.super_bob.drawing.small import SmallPictures
from rl_helpers.super_bob.env import checked_skip, observation_space
from rl_helpers.super_bob.game.beginnings import Beginnings
from rl_helpers.super_bob.game.many import Games
from rl_helpers.super_bob.game.many_observations import ManyObservations
from rl_helpers.super_bob.game.observations import SIGHTS
from rl_helpers.super_bob.game.single import ACTIONS, ALIVE, CAUSES
from rl_helpers.super_bob.levels.level import Level
from rl_helpers.super_bob.levels.rules import FRAME_SKIP
from rl_helpers.super_bob.rewards import check_rewards, reward_of

CAUSE_NAMES = np.array(CAUSES)


class SuperBobVectorEnv(VectorEnv):
    """Many games; each does what `SuperBobEnv` does with its seed, which is the first one plus its number.

    A game that is over begins again in the same step: the observation is the first of the next episode, and
    the last one of the episode that ended is in `infos["final_obs"]`.

    >>> import gymnasium as gym, rl_helpers
    >>> games = gym.make_vec("Bob/Super-v0", num_envs=3, vectorization_mode="vector_entry_point")
    >>> observations, infos = games.reset(seed=0)
    >>> observations.shape, games.step(np.full(3, 2))[1]
    ((3, 161), array([-0.005, -0.005, -0.005]))
    """

    metadata = {"autoreset_mode": AutoresetMode.SAME_STEP}  # noqa: RUF012 (Gymnasium's way)

    def __init__(
        self,
        num_envs: int = 1,
        level: str | Level | Sequence = "meadow",
        *,
        observation: str = "tiles",
        frame_skip: int = FRAME_SKIP,
        starts: Sequence[int] | None = None,
        rewards: Mapping[str, float] | None = None,
        max_episode_steps: int = 1_500,
        render_mode: None = None,
    ):
        """Build the games.

        Args:
            num_envs: how many.
            level, observation, frame_skip, starts, rewards: as of `SuperBobEnv`.
            max_episode_steps: decisions after which an episode is truncated.
            render_mode: None; for pictures take a single game.

        Raises:
            ValueError: if an argument is out of its range, or a level is none.
        """
        super().__init__()
        if render_mode is not None:
            raise ValueError(f"render_mode is {render_mode!r}, expected None: many games draw no picture")
        self.num_envs = count("num_envs", num_envs)
        self.max_episode_steps = count("max_episode_steps", max_episode_steps)
        self.render_mode = None
        self._beginnings = Beginnings(level, starts)
        self.frame_skip = checked_skip(frame_skip)
        self.rewards = check_rewards(rewards)
        self.single_action_space = gym.spaces.Discrete(len(ACTIONS))
        self.action_space = batch_space(self.single_action_space, self.num_envs)
        self.single_observation_space = observation_space(observation)
        self.observation_space = batch_space(self.single_observation_space, self.num_envs)
        self.games = Games(self._beginnings.levels, self.num_envs, SIGHTS.get(observation, SIGHTS["tiles"]))
        self._observations = (SmallPictures if observation == "pixels" else ManyObservations)(self.games)
        self._rngs: list[np.random.Generator] = []
        self._elapsed = np.zeros(self.num_envs, dtype=np.int64)
        self._coins, self._stomps = np.zeros((2, self.num_envs), dtype=np.int64)

    def reset(
        self, *, seed: int | Sequence[int | None] | None = None, options: dict[str, Any] | None = None
    ) -> tuple[np.ndarray, dict[str, Any]]:
        """Begin an episode in every game.

        Args:
            seed: of the first game, the others follow; or one a game. None: go on with the random numbers.
            options: there are none here.

        Returns:
            Observations (num_envs, …), and arrays with what is known about each game.
        """
        if options:
            raise ValueError(f"options are {options!r}: there are none here")
        if seed is not None or not self._rngs:
            seeds = [seed] * self.num_envs if seed is None else seed
            if isinstance(seeds, int):
                seeds = range(seeds, seeds + self.num_envs)
            if len(seeds) != self.num_envs:
                raise ValueError(f"seed has {len(seeds)} entries, expected {self.num_envs}: one a game")
            fresh = [seeding.np_random(each)[0] for each in seeds]
            self._rngs = [
                old if each is None and self._rngs else new
                for old, new, each in zip(self._rngs or fresh, fresh, seeds, strict=True)
            ]
        self._begin(range(self.num_envs))
        return self._observations.observe(np.arange(self.num_envs)), self._infos()

    def step(
        self, actions: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, dict[str, Any]]:
        """Take an action in every game.

        Args:
            actions: int (num_envs,).

        Returns:
            Observations (num_envs, …), rewards, whether terminated, whether truncated, each (num_envs,), and
            arrays with what is known about each game.
        """
        if not self._rngs:
            raise gym.error.ResetNeeded("no episode has begun: call reset before the first step")
        actions = np.asarray(actions)
        if actions.shape != (self.num_envs,) or actions.dtype.kind not in "iu":
            raise ValueError(
                f"actions have the shape {actions.shape} and the type {actions.dtype}, expected whole "
                f"numbers ({self.num_envs},)"
            )
        if actions.min() < 0 or actions.max() >= len(ACTIONS):
            raise ValueError(f"actions are {actions}, expected whole numbers from 0 to {len(ACTIONS) - 1}")
        games = self.games
        before = games.farthest.copy()
        games.step(actions, self.frame_skip)
        self._coins += games.coins_won
        self._stomps += games.stomps
        self._elapsed += 1
        died, finished = games.cause != ALIVE, games.finished > 0
        rewards = reward_of(
            self.rewards, games.farthest - before, games.coins_won, games.stomps, finished, died
        )
        terminated, truncated = died | finished, self._elapsed >= self.max_episode_steps
        infos = self._infos()
        ended = terminated | truncated
        observations = self._observations.observe()
        if ended.any():
            which = np.flatnonzero(ended)
            infos |= self._ends(ended, which, observations, infos)
            self._begin(which.tolist())
            observations[which] = self._observations.observe(which)
            infos |= self._infos()
        return observations, rewards, terminated, truncated, infos

    def _begin(self, which) -> None:
        for game in which:
            self.games.begin(game, *self._beginnings.draw(self._rngs[game]))
            self._elapsed[game] = self._coins[game] = self._stomps[game] = 0

    @staticmethod
    def _ends(ended, which, observations, infos) -> dict[str, Any]:
        """Return what is said about episodes that ended, as Gymnasium says it."""
        final = np.full(len(ended), None, dtype=object)
        for game in which.tolist():
            final[game] = observations[game].copy()
        last = {name: np.where(ended, value, np.zeros_like(value)) for name, value in infos.items()}
        return {"final_obs": final, "_final_obs": ended, "final_info": last, "_final_info": ended}

    def _infos(self) -> dict[str, Any]:
        """Return what is known about each game, arrays (num_envs,)."""
        games = self.games
        return {
            "column": games.farthest.copy(),
            "finished": games.finished > 0,
            "cause": CAUSE_NAMES.take(games.cause),
            "coins": self._coins.copy(),
            "stomps": self._stomps.copy(),
        }
