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
from rl_helpers.super_bob.learning.games import NotedGames, places_to_stand
from rl_helpers.super_bob.levels.level import Level
from rl_helpers.super_bob.levels.named import level_of
from rl_helpers.super_bob.levels.rules import TILE

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
        # As many steps uphill as 4 passes with batches twice as large, for half of their computing.
        "n_epochs": 2,
        "n_batches": 16,
        "learning_rate": LinearDecay(0.001, 0.0001, n_steps=n_decisions),
        "entropy_weight": LinearDecay(0.05, 0.001, n_steps=n_decisions),
        "discount": 0.98,
        "trace_decay": 0.95,
    }
    space = observation_space("tiles") if space is None else space
    rng = np.random.default_rng(seed)
    return PPOAgent(space, gym.spaces.Discrete(len(ACTIONS)), rng=rng, **settings | changes)


def starts_along(level: str | Level, *, every: int = 1, own_share: float = 0.25) -> list[int]:
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
    n_between = count("every", every)
    columns = [column for column in places_to_stand(level)[1:] if (column - begin) % n_between == 0]
    n_own = max(1, round(own_share / (1 - own_share) * len(columns)))
    return [begin] * n_own + columns


class Stage(NamedTuple):
    """A part of a training.

    Attributes:
        share: of the training's decisions, above 0; those of all stages sum to 1.
        level: as `SuperBobEnv` takes it.
        starts: columns of which each episode draws its beginning; None: Bob's own start.
        practice: share of the episodes that begin shortly before a place where Bob has died lately instead.
        observation: "tiles" or "foresight": as many numbers, of which some say more; see `SuperBobEnv`.
        rewards: those that are others in this stage alone; None: as in the whole training.
        resumes: whether practice goes on from moments before those deaths, with his speed and with all that
            moved, in place of standing there with other phases.
    """

    share: float
    level: object
    starts: Sequence[int] | None = None
    practice: float = 0.0
    observation: str = "tiles"
    rewards: Mapping[str, float] | None = None
    resumes: bool = False


def curriculum(level: str | Level, along: float = 0.5, practice: float = 0.5) -> tuple[Stage, Stage]:
    """Return two stages: starts all along a level; then more from Bob's own, and practice of what he dies of.

    Args:
        level: a name, a text map or a `Level`.
        along: share of the first stage, above 0 and below 1.
        practice: share of the episodes of the second stage that begin where he is about to die; two in five
            of the others begin anywhere along the level, the rest at his own start.

    >>> [stage.share for stage in curriculum("meadow", 0.25)]
    [0.25, 0.75]
    """
    along = number_in("along", along, 0, 1, low_open=True, high_open=True)
    starts = starts_along(level), starts_along(level, own_share=0.6)
    return Stage(along, level, starts[0]), Stage(1 - along, level, starts[1], practice)


class Point(NamedTuple):
    """What a training says after an update.

    Attributes:
        n_decisions: taken so far.
        seconds: of the processor, so far.
        n_episodes: that began at Bob's own start and ended since the update before.
        n_finished: those of them that touched the flag.
        farthest: the last column that one of them reached; 0 if there was none.
        n_lost: deaths since the update before, wherever the episode began.
        entropy: of the policy, nats.
    """

    n_decisions: int
    seconds: float
    n_episodes: int
    n_finished: int
    farthest: int
    n_lost: int
    entropy: float


class Training:
    """One agent learns; take its points one by one, and stop when you like: what was learned stays.

    Args:
        stages: `Stage`s one after the other; or a level alone, from Bob's own start.
        n_decisions: how long it lasts at most.
        seed: of all random numbers.
        rewards: those that are others in all stages, see `SuperBobEnv`.
        games: what Bob sees, see `games.py`.
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
        games: type[NotedGames] = NotedGames,
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
        self.seed, self.rewards, self.games = count("seed", seed, at_least=0), dict(rewards or {}), games
        space = games(1, self.stages[0].level).single_observation_space
        self.agent = new_agent(self.n_decisions, seed=seed, space=space, **changes)
        self.points: list[Point] = []
        self._seconds = 0.0
        self._stage = self._now = None

    def run(self) -> Iterator[Point]:
        """Learn and yield a `Point` after every update, until all decisions are taken."""
        agent = self.agent
        while agent.n_decisions < self.n_decisions:
            began = time.process_time()
            player = self.player()
            stage = self.stages[self._stage]
            if stage.practice:
                practise = player.vector.resume if stage.resumes else player.vector.practise
                practise(stage.practice, agent.rng)
            with one_thread():
                rollout, _ = agent.collect(player)
                said = agent.learn(rollout)
            self._seconds += time.process_time() - began
            point = Point(
                int(agent.n_decisions), self._seconds, *player.vector.told(), float(said["entropy"][0])
            )
            self.points.append(point)
            yield point

    def go_on_from(self, points: Sequence[Sequence]) -> None:
        """Take the `Point`s of an earlier training, whose parameters the agent has been given, as its own."""
        self.points = [Point(*point) for point in points]
        if self.points:
            self.agent.n_decisions, self._seconds = self.points[-1][:2]

    @property
    def first_finish(self) -> Point | None:
        """The first point with an episode that went from Bob's own start to the flag; None: none yet."""
        return next((point for point in self.points if point.n_finished), None)

    def player(self) -> Player:
        """Return who plays now, in the games of the present stage."""
        ends = np.cumsum([stage.share for stage in self.stages[:-1]])
        number = int((self.agent.n_decisions / self.n_decisions >= ends).sum())
        if number != self._stage:
            self._stage, stage = number, self.stages[number]
            n_games = self.agent.n_runs * self.agent.n_envs
            options = {} if stage.observation == "tiles" else {"observation": stage.observation}
            rewards = self.rewards | dict(stage.rewards or {})
            vector = self.games(n_games, stage.level, starts=stage.starts, rewards=rewards, **options)
            self.agent.observation = stage.observation
            # Every stage and every seed has phases of its own.
            self._now = Player(vector, self.agent, seed=(self.seed * 10 + number) * n_games)
        return self._now
