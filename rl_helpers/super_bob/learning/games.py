"""The games that Bob learns in: they note how episodes end, and say what he sees of them."""

from collections import deque

import gymnasium as gym
import numpy as np
from gymnasium.vector.utils import batch_space

from rl_helpers.arguments import number_in
from rl_helpers.super_bob.drawing.small import SIDE, SKY, SMALL_SHAPE
from rl_helpers.super_bob.game.observations import N_NUMBERS, N_TILES
from rl_helpers.super_bob.game.single import ALIVE
from rl_helpers.super_bob.learning.moments import PASSED, Moments
from rl_helpers.super_bob.levels.level import Level
from rl_helpers.super_bob.levels.rules import TILE
from rl_helpers.super_bob.vector_env import SuperBobVectorEnv

REMEMBERED = 1_000  # deaths that are practised
AHEAD = 2, 14  # columns before a death at which practice begins: at least, at most
PRACTISED = 28  # columns after which it is cut off: what comes then is no practice
NEVER = 1 << 30  # a column that nobody reaches
CONTRAST = 100  # steps of grey from the sky that are told as 1


def places_to_stand(level: Level) -> list[int]:
    """Return the columns before the flag in which Bob can stand, from his own start on."""
    columns = []
    for column in range(level.start[0] // TILE, level.flag_column):
        try:
            level.standing(column)
        except ValueError:
            continue
        columns.append(column)
    return columns


class NotedGames(SuperBobVectorEnv):
    """Games that note how episodes from Bob's own start end; told as tiles and numbers.

    Takes what `SuperBobVectorEnv` takes.
    """

    def __init__(self, num_envs: int, level, **options):
        """Build the games; see `SuperBobVectorEnv`."""
        super().__init__(num_envs, level, **options)
        self._is_own = np.zeros(self.num_envs, bool)
        self._begun = np.zeros(self.num_envs, int)
        self._practises = False
        self._ended: list[tuple[bool, int]] = []
        self._n_lost = 0
        self._deaths: deque[int] = deque(maxlen=REMEMBERED)
        self._first_starts = self._beginnings.starts
        self._moments: Moments | None = None
        self._resumed_share, self._rng = 0.0, None
        self._ends_at = np.full(self.num_envs, NEVER)  # columns at which practice from a moment is cut off

    def step(self, actions):
        """Take an action in every game; see `SuperBobVectorEnv`."""
        is_own = self._is_own.copy()
        is_past = self.games.farthest >= self._ends_at
        if self._practises:
            is_past |= (self.games.farthest >= self._begun + PRACTISED) & ~is_own
        self._elapsed[is_past] = self.max_episode_steps  # cut off by this step
        if self._moments is not None:
            self._moments.keep()
        stepped = super().step(actions)
        infos = stepped[-1]
        if "final_info" in infos:
            last, own = infos["final_info"], infos["_final_info"] & is_own
            died = infos["_final_info"] & (last["cause"] != "")
            self._n_lost += int(died.sum())
            self._deaths += last["column"][died].tolist()
            self._ended += zip(last["finished"][own].tolist(), last["column"][own].tolist(), strict=True)
        return stepped

    def told(self) -> tuple[int, int, int, int]:
        """Return what came since this was asked: episodes that ended, finished ones, farthest column, deaths.

        The first three are of episodes from Bob's own start; the deaths are all.
        """
        ended, self._ended = self._ended, []
        n_lost, self._n_lost = self._n_lost, 0
        farthest = max((far for _, far in ended), default=0)
        return len(ended), sum(finished for finished, _ in ended), farthest, n_lost

    def practise(self, share: float, rng: np.random.Generator) -> None:
        """Let a share of the episodes to come begin shortly before a place where Bob has died lately.

        From now on an episode that does not begin at his own start is cut off where he has come far enough.

        Args:
            share: above 0 and below 1; all others begin as they did at first.
            rng: draws the places, deaths that are frequent more often.

        Raises:
            ValueError: if there are several levels, or share is out of its range.
        """
        share = self._checked(share)
        levels = self.games.tables.levels
        self._practises = True
        if not self._deaths:
            return
        begin, places = levels[0].start[0] // TILE, np.array(places_to_stand(levels[0]))
        practised = []
        for death in rng.choice(self._deaths, size=REMEMBERED):
            near = places[(places <= death - AHEAD[0]) & (places >= max(begin, death - AHEAD[1]))]
            practised.append(int(rng.choice(near)) if len(near) else begin)
        others = self._first_starts or [begin]
        n_others = round((1 - share) / share * len(practised))
        self._beginnings.starts = practised + [others[number % len(others)] for number in range(n_others)]

    def resume(self, share: float, rng: np.random.Generator) -> None:
        """Let a share of the episodes to come go on from moments before deaths; see `moments.py`.

        They are cut off a few columns behind that death, and their own deaths are not remembered: from some
        moments nobody can be saved any more, and those would be practised more and more.

        Args:
            share: above 0 and below 1; all others begin as they did at first.
            rng: draws the moments.

        Raises:
            ValueError: if there are several levels, or share is out of its range.
        """
        self._resumed_share, self._rng = self._checked(share), rng
        if self._moments is None:
            self._moments = Moments(self.games)

    def _checked(self, share):
        levels = self.games.tables.levels
        if len(levels) > 1:
            raise ValueError(f"there are {len(levels)} levels, and deaths are practised on one: give one")
        return number_in("share", share, 0, 1, low_open=True, high_open=True)

    def _begin(self, which):
        if self._moments is not None:
            which = self._resumes(which)
        super()._begin(which)
        for game in which:
            level = self.games.tables.levels[self.games.level[game]]
            self._begun[game] = self.games.farthest[game]
            self._is_own[game] = self._begun[game] == level.start[0] // TILE
            self._ends_at[game] = NEVER

    def _resumes(self, which) -> list[int]:
        """Remember a moment of each game in which Bob died, let some go on from one, return the others."""
        moments, others = self._moments, []
        for game in which:
            if self.games.cause[game] != ALIVE and self._ends_at[game] == NEVER:
                moments.remember(game, self._rng)
            if len(moments) and self._rng.random() < self._resumed_share:
                self._ends_at[game] = moments.go_on(game, self._rng).death + PASSED
                self._is_own[game] = False
                self._elapsed[game] = self._coins[game] = self._stomps[game] = 0
            else:
                others.append(game)
            moments.begin(game)
        return others


class _OtherView(NotedGames):
    """Games that show something else; a subclass says what, and how many numbers it is."""

    n_inputs: int
    low: float
    observation = "tiles"

    def __init__(self, num_envs: int, level, **options):
        """Build the games; see `SuperBobVectorEnv`."""
        super().__init__(num_envs, level, observation=self.observation, **options)
        self.single_observation_space = gym.spaces.Box(self.low, 1.0, (self.n_inputs,))
        self.observation_space = batch_space(self.single_observation_space, self.num_envs)

    def reset(self, **options):
        """Begin an episode in every game; see `SuperBobVectorEnv`."""
        observations, infos = super().reset(**options)
        return self.seen(observations), infos

    def step(self, actions):
        """Take an action in every game; see `SuperBobVectorEnv`."""
        observations, *rest, infos = super().step(actions)
        if "final_obs" in infos:
            final = infos["final_obs"]
            for game in np.flatnonzero(infos["_final_obs"]).tolist():
                final[game] = self.seen(final[game][None])[0]
        return self.seen(observations), *rest, infos

    def seen(self, observations: np.ndarray) -> np.ndarray:
        """Return what is shown of observations, float32 (games, n_inputs)."""
        raise NotImplementedError


class NumbersOnly(_OtherView):
    """Games that show the 18 numbers and no tiles: Bob is blind but for the nearest enemies and platform."""

    n_inputs, low = N_NUMBERS, -1.0

    def seen(self, observations):
        """Return the numbers behind the tiles."""
        return observations[:, N_TILES:]


class PixelGames(_OtherView):
    """Games that show the two small grey pictures, a number a tile: 0 for sky, above it what is brighter.

    Sky is most of a picture. Told as 0 it adds nothing to any sum of a network, and what is rare is heard.
    """

    n_inputs, observation = SMALL_SHAPE[0] * SMALL_SHAPE[1] * SMALL_SHAPE[2] // SIDE**2, "pixels"
    low = -SKY / CONTRAST

    def seen(self, observations):
        """Return the mean grey of a tile's size, of 13 × 20 places in each of the two pictures."""
        n_games, n_pictures, n_rows, n_columns = observations.shape
        places = observations.reshape(n_games, n_pictures, n_rows // SIDE, SIDE, n_columns // SIDE, SIDE)
        return (places.mean(axis=(3, 5), dtype=np.float32).reshape(n_games, -1) - SKY) / CONTRAST
