"""PPO learns Super Bob: the settings, where episodes begin, and a training that can be stopped."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import gymnasium as gym
import numpy as np

from rl_helpers.arguments import count, number_in
from rl_helpers.deep import PPOAgent
from rl_helpers.deep.many.rollout import Player
from rl_helpers.deep.many.threads import one_thread
from rl_helpers.schedules import LinearDecay
from rl_helpers.super_bob.env import observation_space
from rl_helpers.super_bob.game.single import ACTIONS
from rl_helpers.super_bob.levels.level import Level
from rl_helpers.super_bob.levels.named import level_of
from rl_helpers.super_bob.levels.rules import TILE
from rl_helpers.super_bob.vector_env import SuperBobVectorEnv

N_GAMES, ROLLOUT_STEPS = 256, 64


def new_agent(n_decisions: int, *, seed: int = 0, space: gym.Space | None = None, **changes) -> PPOAgent:
    """Return the PPO of notebook 10, with the settings that learn Super Bob.

    Args:
        n_decisions: how long it will be trained: step size and entropy weight fall over that time.
        seed: of its network and its choices.
        space: of the observations; None: tiles and numbers.
        **changes: other arguments of `PPOAgent`, or other values.

    >>> new_agent(1_000_000).hidden
    (64, 64)
    """
    n_decisions = count("n_decisions", n_decisions)
    settings = {
        "hidden": (64, 64),
        "n_envs": N_GAMES,
        "rollout_steps": ROLLOUT_STEPS,
        "n_epochs": 4,
        "n_batches": 8,
        "learning_rate": LinearDecay(0.001, 0.0001, n_steps=n_decisions),
        "entropy_weight": LinearDecay(0.01, 0.0005, n_steps=n_decisions),
        "discount": 0.98,
        "trace_decay": 0.95,
    }
    space = observation_space("tiles") if space is None else space
    rng = np.random.default_rng(seed)
    return PPOAgent(space, gym.spaces.Discrete(len(ACTIONS)), rng=rng, **settings | changes)


def starts_along(level: str | Level, *, every: int = 4, own_share: float = 0.25) -> list[int]:
    """Return columns for `starts`: places to stand all along a level, and Bob's own start more often.

    Args:
        level: a name, a text map or a `Level`.
        every: columns from one to the next; where nobody can stand there is none.
        own_share: share of the episodes that begin at his own start, 0 to below 1.

    >>> starts_along("B......F" + chr(10) + "####.###", every=2, own_share=0.5)
    [0, 0, 2, 6]
    """
    level = level_of(level)
    own_share = number_in("own_share", own_share, 0, 1, high_open=True)
    begin = level.start[0] // TILE
    columns = []
    for column in range(begin + count("every", every), level.flag_column, every):
        try:
            level.standing(column)
        except ValueError:
            continue
        columns.append(column)
    n_own = max(1, round(own_share / (1 - own_share) * len(columns)))
    return [begin] * n_own + columns


class Stage(NamedTuple):
    """A part of a training.

    Attributes:
        share: of the training's decisions, above 0; those of all stages sum to 1.
        level: as `SuperBobEnv` takes it.
        starts: columns of which each episode draws its beginning; None: Bob's own start.
    """

    share: float
    level: object
    starts: Sequence[int] | None = None


def curriculum(level: str | Level, share: float = 0.6, **options) -> tuple[Stage, Stage]:
    """Return two stages: starts along a level first, for a share of the training, then its own start.

    Args:
        level: a name, a text map or a `Level`.
        share: of the first stage, above 0 and below 1.
        **options: of `starts_along`.

    >>> [stage.share for stage in curriculum("meadow", 0.75)]
    [0.75, 0.25]
    """
    share = number_in("share", share, 0, 1, low_open=True, high_open=True)
    return Stage(share, level, starts_along(level, **options)), Stage(1 - share, level)


class Point(NamedTuple):
    """What a training says after an update.

    Attributes:
        n_decisions: taken so far.
        seconds: of the processor, so far.
        n_episodes: that began at Bob's own start and ended since the update before.
        n_finished: those of them that touched the flag.
        farthest: the last column that one of them reached; 0 if there was none.
        entropy: of the policy, nats.
    """

    n_decisions: int
    seconds: float
    n_episodes: int
    n_finished: int
    farthest: int
    entropy: float


class Training:
    """One agent learns; take its points one by one, and stop when you like: what was learned stays.

    Args:
        stages: `Stage`s one after the other; or a level alone, from Bob's own start.
        n_decisions: how long it lasts at most.
        seed: of all random numbers.
        rewards: those to change, see `SuperBobEnv`.
        **changes: of the agent, see `new_agent`.

    Attributes:
        agent: the `PPOAgent`.
        points: `Point`s so far.

    >>> training = Training("meadow", 64, n_envs=4, rollout_steps=8, n_batches=1)
    >>> [point.n_decisions for point in training.run()]
    [32, 64]
    """

    def __init__(
        self,
        stages,
        n_decisions: int,
        *,
        seed: int = 0,
        rewards: Mapping[str, float] | None = None,
        **changes,
    ):
        several = isinstance(stages, Sequence) and stages and isinstance(stages[0], Stage)
        self.stages = tuple(stages) if several else (Stage(1.0, stages),)
        if abs(sum(stage.share for stage in self.stages) - 1) > 1e-9:
            raise ValueError(
                f"the shares of the stages are {[stage.share for stage in self.stages]}, expected numbers "
                "that sum to 1"
            )
        self.n_decisions = count("n_decisions", n_decisions)
        self.seed, self.rewards = count("seed", seed, at_least=0), rewards
        self.agent = new_agent(self.n_decisions, seed=seed, **changes)
        self.points: list[Point] = []
        self._seconds = 0.0
        self._stage = None

    def run(self) -> Iterator[Point]:
        """Learn and yield a `Point` after every update, until all decisions are taken."""
        agent = self.agent
        while agent.n_decisions < self.n_decisions:
            began = time.process_time()
            with one_thread():
                rollout, _ = agent.collect(self._player())
                said = agent.learn(rollout)
            self._seconds += time.process_time() - began
            point = Point(
                int(agent.n_decisions), self._seconds, *self._games.told(), float(said["entropy"][0])
            )
            self.points.append(point)
            yield point

    @property
    def first_finish(self) -> Point | None:
        """The first point with an episode that went from Bob's own start to the flag; None: none yet."""
        return next((point for point in self.points if point.n_finished), None)

    def _player(self) -> Player:
        """Return who plays now; with each stage come other games."""
        done, number = self.agent.n_decisions / self.n_decisions, 0
        while number < len(self.stages) - 1 and done >= sum(s.share for s in self.stages[: number + 1]):
            number += 1
        if number != self._stage:
            self._stage = number
            stage = self.stages[number]
            self._games = NotedGames(
                self.agent.n_envs, stage.level, starts=stage.starts, rewards=self.rewards
            )
            # Every stage and every seed has phases of its own.
            self._now = Player(self._games, self.agent, seed=(self.seed * 10 + number) * self.agent.n_envs)
        return self._now


class NotedGames(SuperBobVectorEnv):
    """Games that note how episodes from Bob's own start end."""

    def __init__(self, num_envs: int, level, **options):
        """Build the games; see `SuperBobVectorEnv`."""
        super().__init__(num_envs, level, **options)
        self._is_own = np.zeros(self.num_envs, bool)
        self._ended: list[tuple[bool, int]] = []

    def step(self, actions):
        """Take an action in every game; see `SuperBobVectorEnv`."""
        is_own = self._is_own.copy()
        stepped = super().step(actions)
        infos = stepped[-1]
        if "final_info" in infos:
            last, own = infos["final_info"], infos["_final_info"] & is_own
            self._ended += zip(last["finished"][own].tolist(), last["column"][own].tolist(), strict=True)
        return stepped

    def told(self) -> tuple[int, int, int]:
        """Return how many ended since this was asked, how many were finished, and the farthest column."""
        ended, self._ended = self._ended, []
        return len(ended), sum(finished for finished, _ in ended), max((far for _, far in ended), default=0)

    def _begin(self, which):
        super()._begin(which)
        for game in which:
            level = self.games.tables.levels[self.games.level[game]]
            self._is_own[game] = self.games.farthest[game] == level.start[0] // TILE
