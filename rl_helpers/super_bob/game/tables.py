"""Levels in arrays: cells, rounds of movers, and which of them are near a column; for many games at once."""

from collections.abc import Sequence

import numpy as np

from rl_helpers.super_bob.game.observations import SIGHTS, Sight, movers_in_sight, value_of, visible_tiles
from rl_helpers.super_bob.levels.level import GROUND, PAD_SIDE, PAD_TOP, TOUCH_REACH, Level
from rl_helpers.super_bob.levels.movers import HEDGEHOG, Mover
from rl_helpers.super_bob.levels.rules import LONGEST_SKIP, TILE

NOWHERE = -(1 << 40)
LOOKED_AHEAD = LONGEST_SKIP + 2  # pictures; rounds are written down with as many repeated, so that none wraps


class Tables:
    """Some levels side by side in arrays that are as large as the largest of them needs.

    Args:
        levels: at least one.
        sight: which movers are seen, and how they are told.

    Attributes:
        stride, corner: cells of a row, and the place of a level's upper left cell.
        kinds, seen: (n_levels, n_cells), uint8 and float32.
        columns: entries a level has in the tables by column.
        enemies, platforms: `Rounds`.
        lives: which enemies there are, bool (n_levels, n_enemies); the last is never there.
    """

    def __init__(self, levels: Sequence[Level], sight: Sight = SIGHTS["tiles"]):
        self.levels, self.sight = tuple(levels), sight
        if not self.levels:
            raise ValueError("there are no levels, expected at least one")
        widest = max(level.n_columns for level in self.levels)
        self.stride = widest + 2 * PAD_SIDE
        self.corner = PAD_TOP * self.stride + PAD_SIDE
        self.columns = widest + 1
        self.kinds = np.stack([_widened(level.kinds, self.stride, GROUND) for level in self.levels])
        self.seen = np.stack([_widened(visible_tiles(level), self.stride, 1.0) for level in self.levels])
        self.n_groups = max(len(level.periods) for level in self.levels)
        sights = [movers_in_sight(level, sight) for level in self.levels]
        reach = TOUCH_REACH, TOUCH_REACH
        self.enemies = Rounds(
            [level.enemies for level in self.levels],
            [level.near(level.enemies, *reach) for level in self.levels],
            [sight[0] for sight in sights],
            self.columns,
        )
        self.platforms = Rounds(
            [level.platforms for level in self.levels],
            [level.near(level.platforms, *reach) for level in self.levels],
            [sight[1] for sight in sights],
            self.columns,
        )
        self.n_enemies = self.enemies.n_each
        self.lives = np.array([np.arange(self.n_enemies) < len(level.enemies) for level in self.levels])


class Rounds:
    """Movers of one sort, of all levels. A mover has a number in its level; one beyond them is nowhere.

    Attributes:
        n_each: numbers a level has.
        touching, in_sight: numbers of the movers near a column, (n_slots, n_levels × columns).
        offset, period, group, width, is_soft, value: of a mover, (n_levels × n_each,).
        xs, ys: the rounds, one behind the other.
    """

    def __init__(self, movers: Sequence[Sequence[Mover]], near: Sequence, in_sight: Sequence, columns: int):
        self.n_each = 1 + max(map(len, movers))
        nowhere = Mover(HEDGEHOG, 1, (NOWHERE,), (NOWHERE,), 0)
        padded = [mover for some in movers for mover in (*some, *[nowhere] * (self.n_each - len(some)))]
        xs = [np.resize(mover.xs, mover.period + LOOKED_AHEAD) for mover in padded]
        ys = [np.resize(mover.ys, mover.period + LOOKED_AHEAD) for mover in padded]
        self.offset = np.cumsum([0, *map(len, xs[:-1])])
        self.xs, self.ys = np.concatenate(xs), np.concatenate(ys)
        self.period = np.array([mover.period for mover in padded])
        self.group = np.array([mover.group for mover in padded])
        self.width = np.array([mover.n_tiles * TILE for mover in padded])
        self.is_soft = np.array([mover.kind != HEDGEHOG for mover in padded])
        self.value = np.array([value_of(mover) for mover in padded], dtype=np.float32)
        self.most_tiles = max(mover.n_tiles for mover in padded)
        self.touching = self.by_column(near, columns)
        self.in_sight = self.by_column(in_sight, columns)

    def by_column(self, lists: Sequence, columns: int) -> np.ndarray:
        """Return as an array what `Level.near` says of each level: (n_slots, n_levels × columns)."""
        n_slots = max(len(numbers) for level in lists for numbers in level)
        table = np.full((n_slots, len(lists) * columns), self.n_each - 1)
        for level, by_column in enumerate(lists):
            for column, numbers in enumerate(by_column):
                table[: len(numbers), level * columns + column] = numbers
        return table

    def look_up(self, numbers, level, phases, time, n_pictures):
        """Return where movers are in the next pictures.

        Args:
            numbers: of the movers, int (n_slots, n_games).
            level, time: of the games, (n_games,).
            phases: (n_games, n_groups).
            n_pictures: how many, this one counted.

        Returns:
            Their places in the tables (n_slots, n_games); xs and ys, (n_slots, n_pictures, n_games).
        """
        places = numbers + level * self.n_each
        phase = phases[np.arange(len(level)), self.group.take(places)]
        first = self.offset.take(places) + (phase + time) % self.period.take(places)
        pictures = first[:, np.newaxis] + np.arange(n_pictures)[:, np.newaxis]
        return places, self.xs.take(pictures), self.ys.take(pictures)


def _widened(cells: np.ndarray, stride: int, value: float) -> np.ndarray:
    """Return cells in one row, with each row of them filled up at the right."""
    return np.pad(cells, ((0, 0), (0, stride - cells.shape[1])), constant_values=value).reshape(-1)
