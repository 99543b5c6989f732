"""How far an agent gets: games with phases it has not trained with, played side by side."""

from typing import NamedTuple

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.deep.many.threads import one_thread
from rl_helpers.super_bob.vector_env import SuperBobVectorEnv

UNSEEN_SEED = 10_000_000
"""Of the games that measure; trainings begin at seeds below."""


class Games(NamedTuple):
    """What came of a number of games, one entry each.

    Attributes:
        finished: whether Bob touched the flag, bool (n_games,).
        columns: the last that he reached, int (n_games,).
        lengths: decisions taken, int (n_games,).
        causes: what he died of, or "", str (n_games,).
    """

    finished: np.ndarray
    columns: np.ndarray
    lengths: np.ndarray
    causes: np.ndarray

    @property
    def share(self) -> float:
        """The share of games that were finished."""
        return float(self.finished.mean())


def observation_of(agent) -> str:
    """Return what an agent is used to be told: "tiles", where it does not say that it is something else."""
    return getattr(agent, "observation", "tiles")


def play_games(
    agent,
    level,
    n_games: int = 100,
    *,
    seed: int = UNSEEN_SEED,
    explore: bool = False,
    games: type[SuperBobVectorEnv] | None = None,
    **changes,
) -> Games:
    """Let an agent play games, each until it is over.

    Args:
        agent: of `rl_helpers.deep`, of one run; it learns nothing.
        level: as `SuperBobEnv` takes it; of several, each game draws one.
        n_games: how many.
        seed: of the first game; the others follow.
        explore: whether actions are drawn by chance, as in training; else the most probable are taken.
        games: the class of the games that the agent has learned in, where it shows something else. If it is
            not given, the games show what `agent.observation` says, "tiles" where it says nothing.
        **changes: other arguments of `SuperBobVectorEnv`, such as `max_episode_steps`.

    >>> from rl_helpers.super_bob.learning import new_agent
    >>> play_games(new_agent(1_000), "B..F" + chr(10) + "####", 2, explore=True).share
    1.0
    """
    n_games = count("n_games", n_games)
    if games is None:
        games, changes = SuperBobVectorEnv, {"observation": observation_of(agent)} | changes
    vector = games(n_games, level, **changes)
    observations, _ = vector.reset(seed=seed)
    found = Games(
        np.zeros(n_games, bool), np.zeros(n_games, int), np.zeros(n_games, int), np.full(n_games, "", "<U9")
    )
    plays = np.ones(n_games, bool)
    n_steps = 0
    with one_thread():
        while plays.any():
            actions = agent.choose(agent.see(observations[None]), explore=explore)[0]
            observations, _, terminated, truncated, infos = vector.step(actions)
            n_steps += 1
            ends = (terminated | truncated) & plays
            if ends.any():
                last = infos["final_info"]
                for into, name in zip(found, ("finished", "column", None, "cause"), strict=True):
                    into[ends] = n_steps if name is None else last[name][ends]
                plays &= ~ends
    return found
