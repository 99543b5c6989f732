"""Whether a level is possible, in words: a search from several phases of what moves."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rl_helpers.arguments import count
from rl_helpers.super_bob.game.single import Game
from rl_helpers.super_bob.levels.level import Level
from rl_helpers.super_bob.levels.named import level_of
from rl_helpers.super_bob.levels.rules import FRAME_SKIP, PICTURES_A_SECOND
from rl_helpers.super_bob.search.a_star import Solution, solve

EFFORT = 600_000  # decisions that the search may try from each beginning


class Verdict(NamedTuple):
    """What the searches have found; as text it is a sentence or two.

    Attributes:
        level: the `Level`.
        games: with the phases that were searched from.
        solutions: a `Solution` for each of them, up to the first without a way.
    """

    level: Level
    games: Sequence[Game]
    solutions: Sequence[Solution]

    @property
    def is_possible(self) -> bool:
        """Whether a way was found from every phase."""
        return all(found.is_found for found in self.solutions)

    def __repr__(self) -> str:
        if self.is_possible:
            lengths = [len(found.actions) for found in self.solutions]
            how = (
                f"in {lengths[0]} decisions"
                if min(lengths) == max(lengths)
                else f"in {min(lengths)} to {max(lengths)} decisions"
            )
            seconds = max(lengths) * FRAME_SKIP / PICTURES_A_SECOND
            starts = "" if len(lengths) == 1 else f" from each of {len(lengths)} beginnings"
            return f"Possible: the search found a way to the flag{starts}, {how} ({seconds:.1f} seconds)."
        last = self.solutions[-1]
        strength = (
            "It has tried all that it tells apart: strong evidence that there is no way, and no proof."
            if last.is_exhausted
            else "It gave up then, so there may be a way that it has missed."
        )
        return (
            f"No way found: the search tried {last.n_decisions:,} decisions and came no further than column "
            f"{last.farthest} of {self.level.n_columns}. {strength}"
        )


def is_possible(
    level: str | Level, *, n_phases: int = 3, seed: int = 0, max_decisions: int = EFFORT
) -> Verdict:
    """Search a way through a level, from several phases of what moves in it.

    Args:
        level: a text map, a name, or a `Level`.
        n_phases: from how many; where nothing moves, one is enough.
        seed: draws them.
        max_decisions: what each search may try.

    Returns:
        A `Verdict`, which says in words what it is.

    Raises:
        ValueError: if the text is no level.

    >>> is_possible("B.....F" + chr(10) + "###.###")
    Possible: the search found a way to the flag, in 16 decisions (1.1 seconds).
    >>> is_possible("B........F" + chr(10) + "##......##").is_possible
    True
    >>> is_possible("B...........F" + chr(10) + "##.........##").is_possible
    False
    """
    level = level_of(level)
    rng = np.random.default_rng(seed)
    games, solutions = [], []
    for _ in range(count("n_phases", n_phases) if len(level.periods) else 1):
        games.append(Game(level, tuple(level.draw_phases(rng))))
        solutions.append(solve(games[-1], max_decisions=max_decisions))
        if not solutions[-1].is_found:
            break
    return Verdict(level, games, solutions)
