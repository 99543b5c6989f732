"""Moments before deaths: practice goes on from them, with Bob's speed and with all that moved."""

from collections import deque
from typing import NamedTuple

import numpy as np

from rl_helpers.super_bob.game.many import Games

REMEMBERED = 1_000  # moments that are practised
EVERY = 4  # decisions from one that is kept to the next
BACK = 3, 9  # of those kept before a death, one between these is remembered: 13 to 40 decisions before it
PASSED = 6  # columns beyond a death after which its practice is cut off


class Moment(NamedTuple):
    """How a game stood some time before Bob died in it.

    Attributes:
        now, lives, phases: of the game, as `Games` keeps them. Coins are not kept: all are there again.
        death: the column that he had reached when he died.
    """

    now: np.ndarray
    lives: np.ndarray
    phases: np.ndarray
    death: int


class Moments:
    """Keeps how games stand every few decisions, and of games that end in a death, a moment before it.

    Args:
        games: that are played.
    """

    def __init__(self, games: Games):
        self._games = games
        self._kept: deque[tuple[np.ndarray, np.ndarray]] = deque(maxlen=BACK[1] + 1)
        self._before: deque[Moment] = deque(maxlen=REMEMBERED)
        self._n_steps = 0
        self._begun = np.zeros(len(games.level), int)

    def __len__(self) -> int:
        """Return how many moments can be gone on from."""
        return len(self._before)

    def keep(self) -> None:
        """Keep how all games stand; call it before every step."""
        if self._n_steps % EVERY == 0:
            self._kept.append((self._games.now.copy(), self._games.lives.copy()))
        self._n_steps += 1

    def begin(self, game: int) -> None:
        """Note that an episode begins in a game: what was kept before is of another."""
        self._begun[game] = self._n_steps

    def remember(self, game: int, rng: np.random.Generator) -> None:
        """Remember a moment of a game in which Bob has just died; of too many, the oldest is forgotten."""
        n_own = (self._n_steps - 1) // EVERY - (self._begun[game] - 1) // EVERY
        back = min(int(rng.integers(BACK[0], BACK[1] + 1)), n_own - 1, len(self._kept) - 1)
        if back >= 0:
            now, lives = self._kept[-1 - back]
            games = self._games
            kept = now[:, game].copy(), lives[game].copy(), games.phases[game].copy()
            self._before.append(Moment(*kept, int(games.farthest[game])))

    def go_on(self, game: int, rng: np.random.Generator) -> Moment:
        """Let a game go on from one of the moments; return it."""
        moment = self._before[int(rng.integers(len(self._before)))]
        games, level = self._games, self._games.level[game]
        games.now[:, game], games.lives[game], games.phases[game] = moment[:3]
        games.kinds[game], games.seen[game] = games.tables.kinds[level], games.tables.seen[level]
        return moment
