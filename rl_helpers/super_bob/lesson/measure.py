"""How an agent does on levels: games from beginnings that it has not seen in training."""

from typing import NamedTuple

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.deep.many.threads import one_thread
from rl_helpers.intervals import share_interval
from rl_helpers.super_bob.vector_env import SuperBobVectorEnv

FRESH_SEED = 1_000_000
"""Of the first game: trainings take small seeds, so these beginnings are new."""


class Games(NamedTuple):
    """What became of some games, one entry a game.

    Attributes:
        finished: whether Bob touched the flag, bool.
        columns: the last that he reached, int.
        causes: what he died of, texts: "" where he did not.
        lengths: decisions, int.
        coins: fish collected, int.
    """

    finished: np.ndarray
    columns: np.ndarray
    causes: np.ndarray
    lengths: np.ndarray
    coins: np.ndarray

    def __repr__(self):
        n, done = len(self.finished), int(self.finished.sum())
        low, high = share_interval(done, n)
        return f"{done} of {n} games finished, {done / n:.0%} (95% interval {low:.0%} to {high:.0%})"


def play_games(agent, level, n_games=100, *, seed=FRESH_SEED, explore=False, most=1_500, **options):
    """Let an agent play games side by side, one each; it learns nothing.

    Args:
        agent: of `rl_helpers.deep`, one run.
        level: as `SuperBobEnv` takes it; several: each game draws one.
        n_games: how many.
        seed: of the first game; the others follow.
        explore: whether actions are drawn by chance, as in training; else the most probable ones are taken.
        most: decisions after which a game is cut off.
        **options: as `SuperBobVectorEnv` takes them.

    Returns:
        `Games`.

    >>> from rl_helpers.super_bob.lesson.live import WatchedGames, new_bob
    >>> play_games(new_bob(WatchedGames(1), seed=0), "B.F" + chr(10) + "###", 4, explore=True).lengths.shape
    (4,)
    """
    n_games = count("n_games", n_games)
    vector = SuperBobVectorEnv(n_games, level, max_episode_steps=most, **options)
    observations, _ = vector.reset(seed=seed)
    names = ("finished", "column", "cause", "coins")
    found = {name: np.zeros(n_games, dtype=kind) for name, kind in zip(names, (bool, int, "U8", int), strict=True)}
    lengths, plays, n_steps = np.zeros(n_games, dtype=int), np.ones(n_games, dtype=bool), 0
    with one_thread():
        while plays.any():
            actions = agent.choose(agent.see(observations[None], learn=False), explore=explore)[0]
            observations, _, terminated, truncated, infos = vector.step(agent.for_world(actions))
            n_steps += 1
            over = (terminated | truncated) & plays
            if over.any():
                for name in names:
                    found[name][over] = infos["final_info"][name][over]
                lengths[over] = n_steps
                plays &= ~over
    return Games(found["finished"], found["column"], found["cause"], lengths, found["coins"])
