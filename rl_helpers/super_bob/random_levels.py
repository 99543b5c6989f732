"""Levels drawn by chance from a seed, graded by difficulty, each proved possible by search."""

from collections.abc import Sequence

import numpy as np

from rl_helpers.arguments import count, number_in
from rl_helpers.super_bob.game.single import Game
from rl_helpers.super_bob.levels.level import Level, parse_level
from rl_helpers.super_bob.levels.rules import N_ROWS
from rl_helpers.super_bob.levels.segments import SEGMENTS
from rl_helpers.super_bob.search.a_star import Solution, solve

BEGINNING = "B.....\n######\n######"
END = "..F...\n######\n######"
EFFORT = 60_000  # decisions that the search may try before another level is drawn
N_PHASES = 2  # a level is proved from so many phases of what moves


def joined(pieces: Sequence[str]) -> str:
    """Return pieces of levels side by side as one text map, each filled up with air on top.

    >>> joined(["B.", "...F" + chr(10) + "####"]).split()[-2:]
    ['.....F', 'B.####']
    """
    blocks = []
    for piece in pieces:
        rows = [line.strip() for line in piece.strip().splitlines()]
        blocks.append(["." * len(rows[0])] * (N_ROWS - len(rows)) + rows)
    return "\n".join(map("".join, zip(*blocks, strict=True)))


def draw_level(rng: np.random.Generator, difficulty: float, n_pieces: int) -> Level:
    """Draw a level, possible or not.

    Args:
        rng: draws the pieces.
        difficulty: from 1 to 5; between two grades a piece is of one or the other, by chance.
        n_pieces: between the start and the flag.
    """
    pieces = []
    for _ in range(n_pieces):
        low = int(difficulty)
        grade = low + int(rng.random() < difficulty - low)
        pieces.append(SEGMENTS[grade][int(rng.integers(len(SEGMENTS[grade])))])
    return parse_level(joined([BEGINNING, *pieces, END]))


def prove(level: Level, rng: np.random.Generator) -> list[Solution]:
    """Search a way from each of a few phases of what moves; stop where none is found."""
    found = []
    for _ in range(N_PHASES if len(level.periods) else 1):
        game = Game(level, tuple(level.draw_phases(rng)))
        found.append(solve(game, max_decisions=EFFORT))
        if not found[-1].is_found:
            break
    return found


def random_level(seed: int, difficulty: float = 2.0, *, n_pieces: int = 5) -> Level:
    """Return a level drawn by chance that the search has finished.

    Args:
        seed: the same seed is the same level.
        difficulty: from 1, a walk, to 5, the pieces that the nightmare is made of.
        n_pieces: how long it is; a piece has 9 to 22 columns.

    Raises:
        ValueError: if an argument is out of its range.

    >>> level = random_level(0, difficulty=1, n_pieces=2)
    >>> level.name, level.rows == random_level(0, difficulty=1, n_pieces=2).rows
    ('random 0', True)
    """
    difficulty = number_in("difficulty", difficulty, 1, max(SEGMENTS))
    n_pieces = count("n_pieces", n_pieces)
    rng = np.random.default_rng(count("seed", seed, at_least=0))
    while True:
        level = draw_level(rng, difficulty, n_pieces)
        if all(found.is_found for found in prove(level, rng)):
            return Level(level.rows, level.movers, f"random {seed}")


def random_levels(seeds: Sequence[int], difficulty: float = 2.0, *, n_pieces: int = 5) -> list[Level]:
    """Return a level a seed, see `random_level`: what an agent is trained on, or tested on."""
    return [random_level(seed, difficulty, n_pieces=n_pieces) for seed in seeds]
