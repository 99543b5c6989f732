"""What was lived through, kept to be learned from again: a ring of rows for every environment.

A row is one observation, and mostly the step that was taken from it. The next row of the same ring is what
followed, so every observation is stored once. Where an episode is over, its last observation has a row
without a step. Where observations are several pictures, such as this one and the last, only the newest is
stored, and those before it are found in the rows before.
"""

from typing import NamedTuple

import numpy as np

from rl_helpers.arguments import count, number_in
from rl_helpers.updates import several_steps

MEGABYTE = 1e6


class Sample(NamedTuple):
    """Steps drawn from a memory, axes (n_runs, n_samples): a state, what was done, what followed.

    Attributes:
        observations: (n_runs, n_samples, n_numbers), as they were given.
        actions: int.
        rewards: discounted sum of the rewards of n steps, float.
        n_steps: how many steps that are, int.
        next_observations: of the state after them, as `observations`.
        terminated: whether that state is terminal, bool.
    """

    observations: np.ndarray
    actions: np.ndarray
    rewards: np.ndarray
    n_steps: np.ndarray
    next_observations: np.ndarray
    terminated: np.ndarray


def replay_megabytes(n_rows, n_numbers, dtype):
    """Return how much memory so many rows take, in MB.

    Args:
        n_rows: of all runs and environments together.
        n_numbers: that are stored of an observation.
        dtype: of these numbers.

    >>> replay_megabytes(400_000, 41 * 36, np.uint8)
    593.2
    """
    row = n_numbers * np.dtype(dtype).itemsize + np.dtype([*Replay.NUMBERS]).itemsize
    return n_rows * row / MEGABYTE


class Replay:
    """Rings of rows, one for each environment of each run.

    Args:
        n_runs, n_envs: runs, and environments of each.
        size: rows of each run; the oldest are overwritten when there are more.
        n_numbers: of an observation.
        dtype: of these numbers: bytes for pictures.
        n_frames: how many pictures of successive time steps an observation is, the newest last; 1 for any
            other observation.
        largest_megabytes: refused before anything is stored if more would be needed.

    Attributes:
        megabytes: what the rings take when they are full.

    Raises:
        ValueError: if the rings would be too large, or too short to hold a step.

    Source:
        Lin (1992), "Self-improving reactive agents based on reinforcement learning, planning and teaching".

    >>> replay = Replay(n_runs=1, n_envs=1, size=100, n_numbers=1)
    >>> for t in range(3):
    ...     here, there = np.full((1, 1, 1), t), np.full((1, 1, 1), t + 1)
    ...     replay.add(here, [[0]], [[1.0]], there, terminated=[[t == 2]], ended=[[t == 2]])
    >>> sample = replay.sample(np.random.default_rng(0), 4, n_steps=2, discount=0.5)
    >>> (sample.next_observations - sample.observations)[0, :, 0].tolist(), sample.rewards[0].tolist()
    ([1.0, 2.0, 2.0, 2.0], [1.0, 1.5, 1.5, 1.5])
    """

    NUMBERS = (("action", np.int16), ("reward", np.float32), ("flags", np.uint8))
    """What is stored of a step beside the observation."""

    STEP, TERMINATED, ENDED = 1, 2, 4
    """Flags: there is a step from here; what followed is terminal; the episode was over then."""

    def __init__(
        self, n_runs, n_envs, size, n_numbers, *, dtype=np.float32, n_frames=1, largest_megabytes=600
    ):
        self.n_runs, self.n_envs = count("n_runs", n_runs), count("n_envs", n_envs)
        self.n_frames = count("n_frames", n_frames)
        if n_numbers % self.n_frames:
            raise ValueError(
                f"an observation has {n_numbers} numbers and n_frames is {n_frames}: give how many pictures "
                "of one size an observation is"
            )
        self.n_rows = -(-count("size", size) // self.n_envs)
        n_lanes, n_stored = self.n_runs * self.n_envs, n_numbers // self.n_frames
        self.megabytes = replay_megabytes(n_lanes * self.n_rows, n_stored, dtype)
        limit = number_in("largest_megabytes", largest_megabytes, 0, np.inf, low_open=True)
        if self.megabytes > limit:
            raise ValueError(
                f"a memory of {size:,} rows in {self.n_runs} runs takes {self.megabytes:,.0f} MB, more than "
                f"the {limit:,.0f} of largest_megabytes: take a smaller size, fewer runs, or allow more"
            )
        # Between two steps there may be a last observation, and the pictures before the next first one.
        if self.n_rows < 2 * self.n_frames + 1:
            raise ValueError(
                f"size is {size} for {n_envs} environments, too short to hold a step: give at least "
                f"{self.n_envs * (2 * self.n_frames + 1)}"
            )
        shape = n_lanes, self.n_rows
        self.observations = np.zeros((*shape, n_stored), dtype)
        self.actions, self.rewards, self.flags = (np.zeros(shape, kind) for _, kind in self.NUMBERS)
        self.written = np.zeros(n_lanes, dtype=np.int64)  # rows so far, those overwritten among them
        self.n_added = 0  # steps of all runs together, those overwritten among them
        self.is_fresh = np.ones(n_lanes, dtype=bool)  # whether the next row begins an episode

    def add(self, observations, actions, rewards, next_observations, terminated, ended, is_valid=True):
        """Store one step of each environment.

        Args:
            observations, next_observations: (n_runs, n_envs, n_numbers): where an episode ended, of its last
                state, never of the first of the next episode.
            actions, rewards, terminated: of the steps, (n_runs, n_envs). A terminal step does not have to
                end its episode: a life lost may count as the end of all that is to be expected.
            ended: whether the episode was over, by its end or by a time limit.
            is_valid: whether it is a step at all, or all are.

        Raises:
            ValueError: if observations of several pictures are not of successive time steps.
        """
        is_valid = np.broadcast_to(is_valid, (self.n_runs, self.n_envs)).ravel()
        every = is_valid.all()
        lanes = np.arange(len(is_valid)) if every else is_valid.nonzero()[0]
        if not len(lanes):
            return

        def chosen(array):
            array = np.asarray(array)
            flat = array.reshape(-1, *array.shape[2:])
            return flat if every else flat[lanes]

        here, there, over = chosen(observations), chosen(next_observations), chosen(ended).astype(bool)
        self._check(here, there)
        fresh = self.is_fresh[lanes]
        if self.n_frames > 1 and fresh.any():
            for frame in range(self.n_frames - 1):
                self._write(lanes[fresh], self._frame(here[fresh], frame))
        flags = self.STEP + self.TERMINATED * chosen(terminated).astype(bool) + self.ENDED * over
        self._write(lanes, self._frame(here, -1), chosen(actions), chosen(rewards), flags)
        self.is_fresh[lanes] = over
        self.n_added += len(lanes)
        if over.any():
            self._write(lanes[over], self._frame(there[over], -1))

    def end(self, last_observations):
        """Note that the newest steps were the last of their episodes, and store what was seen after them.

        Args:
            last_observations: (n_runs, n_envs, n_numbers).
        """
        lanes = np.flatnonzero(~self.is_fresh & (self.written > 0))
        if not len(lanes):
            return
        self.flags[lanes, (self.written[lanes] - 1) % self.n_rows] |= self.ENDED
        self._write(lanes, self._frame(last_observations.reshape(-1, last_observations.shape[-1])[lanes], -1))
        self.is_fresh[lanes] = True

    def break_off(self):
        """Forget the newest steps of episodes that are under way: nobody will see what follows them."""
        lanes = np.flatnonzero(~self.is_fresh)
        newest, before = ((self.written[lanes] - back) % self.n_rows for back in (1, 2))
        self.flags[lanes, newest] = 0  # from now on the last observation of the steps before
        self.flags[lanes, before] |= self.ENDED
        self.is_fresh[lanes] = True

    def has(self, n_steps):
        """Return whether so many steps of each run were stored, on average, and every run has one to draw."""
        return self.n_added >= n_steps * self.n_runs and self.written.min() > self.n_frames

    def sample(self, rng, n_samples, *, n_steps=1, discount=1.0):
        """Draw steps of every run, each as likely as the next, and seen as n steps where so many follow.

        Args:
            rng: `np.random.Generator`.
            n_samples: of each run.
            n_steps, discount: see `updates.several_steps`. The newest steps have fewer after them: then what
                was seen last is what they are bootstrapped from.

        Raises:
            ValueError: if a run has no step yet.
        """
        lanes, at = self._draw(rng, n_samples)
        steps = at[..., None] + np.arange(n_steps)
        last = (self.written - 2)[lanes][..., None]  # what follows the newest row is not stored yet
        flags = self._take(self.flags, lanes[..., None], steps)
        breaks = (flags & self.ENDED != 0) | (steps >= last)
        terminated = flags & self.TERMINATED != 0
        rewards = self._take(self.rewards, lanes[..., None], steps)
        one = several_steps(rewards, terminated, breaks | terminated, np.float32(discount))
        return Sample(
            self._seen(lanes, at),
            self._take(self.actions, lanes, at),
            one.reward,
            one.n_steps,
            self._seen(lanes, at + one.n_steps),
            one.terminated,
        )

    def _draw(self, rng, n_samples):
        """Return lanes and rows, numbered from the first ever written, int (n_runs, n_samples) each."""
        shape = self.n_runs, n_samples
        lanes = np.arange(self.n_runs)[:, None] * self.n_envs + rng.integers(self.n_envs, size=shape)
        # The pictures before the oldest row are overwritten; what follows the newest is not yet stored.
        oldest = np.maximum(self.written - self.n_rows, 0) + self.n_frames - 1
        if (self.written <= self.n_frames).any():
            raise ValueError("the memory of a run has no step that was followed by another: play first")
        at = rng.integers(oldest[lanes], (self.written - 1)[lanes])
        while True:
            is_none = self._take(self.flags, lanes, at) & self.STEP == 0
            if not is_none.any():
                return lanes, at
            again = lanes[is_none]
            at[is_none] = rng.integers(oldest[again], (self.written - 1)[again])

    def _seen(self, lanes, at):
        """Return observations, (n_runs, n_samples, n_numbers)."""
        if self.n_frames > 1:
            lanes, at = lanes[..., None], at[..., None] + np.arange(1 - self.n_frames, 1)
        return self._take(self.observations, lanes, at).reshape(*lanes.shape[:2], -1)

    def _take(self, array, lanes, rows):
        flat = array.reshape(-1, *array.shape[2:])
        return flat.take(lanes * self.n_rows + rows % self.n_rows, axis=0)

    def _frame(self, observations, number):
        return observations.reshape(len(observations), self.n_frames, -1)[:, number]

    def _write(self, lanes, frames, actions=0, rewards=0.0, flags=0):
        rows = self.written[lanes] % self.n_rows
        self.observations[lanes, rows] = frames
        self.actions[lanes, rows], self.rewards[lanes, rows] = actions, rewards
        self.flags[lanes, rows] = flags
        self.written[lanes] += 1  # last of all: what breaks off before it has stored nothing

    def _check(self, here, there):
        """Raise if the pictures of the first environment are not those of successive time steps."""
        if self.n_frames > 1 and len(here):
            older, newer = (each[0].reshape(self.n_frames, -1) for each in (here, there))
            if not np.array_equal(newer[:-1], older[1:]):
                raise ValueError(
                    f"observations of {self.n_frames} pictures must be those of successive time steps, the "
                    "newest last, and these are not: give n_frames=1, or look at the order of the pictures"
                )
