"""Training in a notebook: PPO as it is, in games that note how far each of them came."""

import os

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.deep.many.rollout import Player
from rl_helpers.deep.many.threads import one_thread
from rl_helpers.schedules import LinearDecay
from rl_helpers.super_bob.learning import new_agent
from rl_helpers.super_bob.vector_env import SuperBobVectorEnv

BUDGETS = {"10 s": 250_000, "1 min": 1_500_000, "5 min": 7_500_000}
"""Decisions for a time to wait, on a slow core, which plays and learns from some 25,000 a second."""

BUDGET_VARIABLE = "RL_HELPERS_SUPER_BOB_DECISIONS"
N_GAMES = 64


def decisions(budget):
    """Return how many decisions a training takes for which one likes to wait so long.

    Where nobody watches, the environment variable `RL_HELPERS_SUPER_BOB_DECISIONS` may say another number.

    Args:
        budget: a key of `BUDGETS`.

    Raises:
        ValueError: if it is none of them.

    >>> decisions("10 s")
    250000
    """
    if budget not in BUDGETS:
        raise ValueError(f"budget is {budget!r}, expected one of {', '.join(map(repr, BUDGETS))}")
    return int(os.environ.get(BUDGET_VARIABLE, BUDGETS[budget]))


class WatchedGames(SuperBobVectorEnv):
    """Many games, and a note of each that is over.

    Takes what `SuperBobVectorEnv` takes.

    Attributes:
        levels: those that may be played.
        n_decisions: taken so far, in all games together.
        ends: what that number was when a game was over, ints.
        columns: the last column that Bob had reached in it.
        finished: whether he had touched the flag.
        coins: fish collected in it.
        starts: the column in which it began.

    >>> games = WatchedGames(2, "B.F" + chr(10) + "###")
    >>> _ = games.reset(seed=0)
    >>> for _ in range(8):
    ...     _ = games.step(np.full(2, 2))
    >>> games.ends, games.columns, games.finished
    ([14, 14], [2, 2], [True, True])
    """

    def __init__(self, num_envs=N_GAMES, level="meadow", **options):
        super().__init__(num_envs, level, **options)
        self.levels = self._beginnings.levels
        self.n_decisions, self.ends, self.columns, self.finished = 0, [], [], []
        self.coins, self.starts = [], []
        self._began = np.zeros(self.num_envs, dtype=int)

    def step(self, actions):
        """Take an action in every game; see `SuperBobVectorEnv.step`."""
        began = self._began.copy()
        result = super().step(actions)
        self.n_decisions += self.num_envs
        infos = result[-1]
        if "final_info" in infos:
            over = np.flatnonzero(infos["_final_info"])
            self.starts += began[over].tolist()
            self.ends += [self.n_decisions] * len(over)
            self.columns += infos["final_info"]["column"][over].tolist()
            self.finished += infos["final_info"]["finished"][over].tolist()
            self.coins += infos["final_info"]["coins"][over].tolist()
        return result

    def _begin(self, which):
        super()._begin(which)
        for game in which:
            self._began[game] = self.games.farthest[game]

    def share_finished(self, n_last=200):
        """Return the share of the last games that ended at the flag, 0 where none has ended."""
        last = self.finished[-n_last:]
        return sum(last) / max(1, len(last))

    @property
    def first_finish(self):
        """Decisions taken when the first game ended at the flag; None if none has."""
        return next((end for end, flag in zip(self.ends, self.finished, strict=True) if flag), None)


def quick_agent(n_decisions, *, seed, **changed):
    """Return the agent for short trainings with few games: more passes over each rollout, and less entropy.

    Args:
        n_decisions: how long it will be trained.
        seed: of its network and its choices.
        **changed: as `new_agent` takes them.

    >>> quick_agent(1_000, seed=1).n_epochs
    4
    """
    settings = {
        "n_envs": N_GAMES,
        "n_epochs": 4,
        "n_batches": 4,
        "entropy_weight": LinearDecay(0.01, 0.0005, n_steps=n_decisions),
    }
    return new_agent(n_decisions, seed=seed, **settings | changed)


def learn(agent, games, n_decisions, *, seed, on_update=None):
    """Let an agent learn: play as long as an update needs, learn from it, again and again.

    Args:
        agent: of `rl_helpers.deep`, one run.
        games: `WatchedGames`, as many as the agent's `n_envs`.
        n_decisions: how long, in all games together; the last update may go beyond.
        seed: of the games.
        on_update: is called with the games after every update.

    Returns:
        Whether it came to its end: False if the stop button was pressed. What was learned stays.
    """
    count("n_decisions", n_decisions)
    player = Player(games, agent, seed=seed)
    try:
        with one_thread():
            while games.n_decisions < n_decisions:
                rollout, _ = agent.collect(player)
                agent.learn(rollout)
                if on_update is not None:
                    on_update(games)
    except KeyboardInterrupt:
        return False
    return True
