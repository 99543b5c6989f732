"""Small grey pictures of many games, four pixels a tile: what an agent sees that learns from pixels."""

import numpy as np

from rl_helpers.super_bob.drawing.words import SHOWN_BEHIND, SHOWN_COLUMNS
from rl_helpers.super_bob.game.many import FIELDS, Games
from rl_helpers.super_bob.game.single import Game, State
from rl_helpers.super_bob.levels.level import (
    AIR,
    BRICKS,
    COIN,
    FLAG,
    GROUND,
    HANGING,
    PLANK,
    SPIKES,
    SPRING,
    Level,
)
from rl_helpers.super_bob.levels.rules import BODY_WIDTH, N_ROWS, PIXEL, TILE

SIDE = 4  # pixels of a tile
QUARTER = TILE // SIDE
SMALL_SHAPE = 2, N_ROWS * SIDE, SHOWN_COLUMNS * SIDE
"""The picture of the decision before and the one of now, rows, columns: one alone does not show speeds."""
SKY, DARK, BLACK, BOB, PLATFORM_GREY, ENEMY_GREY = 200, 60, 0, 128, 90, 30
PATCHES = np.full((9, SIDE, SIDE), SKY, dtype=np.uint8)
PATCHES[[GROUND, BRICKS]] = DARK
PATCHES[SPRING] = 150
PATCHES[PLANK, 0] = PLATFORM_GREY
PATCHES[SPIKES, 1:] = PATCHES[HANGING, :-1] = BLACK
PATCHES[COIN, 1:3, 1:3] = 240
PATCHES[FLAG, :, 0] = 255


class SmallPictures:
    """Draws some games.

    Args:
        games: those to be drawn.
    """

    def __init__(self, games: Games):
        self.games = games
        self._columns = np.array([level.n_columns for level in games.tables.levels])
        on_screen = SHOWN_COLUMNS, SHOWN_COLUMNS
        levels, columns = games.tables.levels, games.tables.columns
        platforms = [each.near(each.platforms, *on_screen) for each in levels]
        enemies = [each.near(each.enemies, *on_screen) for each in levels]
        self._movers = (
            (games.tables.platforms, games.tables.platforms.by_column(platforms, columns)),
            (games.tables.enemies, games.tables.enemies.by_column(enemies, columns)),
        )
        self._before = np.zeros((len(games.level), *SMALL_SHAPE[1:]), dtype=np.uint8)

    def observe(self, which: np.ndarray | None = None) -> np.ndarray:
        """Return what the agents see now, a new uint8 array (games, 2, 52, 80).

        Args:
            which: numbers of the games that have just begun, int; not given: all of them, after a decision.
        """
        if which is None:
            now = self._draw(np.arange(len(self.games.level)))
            both = np.stack([self._before, now], axis=1)
            self._before = now
            return both
        now = self._before[which] = self._draw(which)
        return np.stack([now, now], axis=1)

    def _draw(self, which: np.ndarray) -> np.ndarray:
        games, tables = self.games, self.games.tables
        x, y = games.now[:2, which]
        level, time, order = games.level[which], games.now[FIELDS.index("time"), which], np.arange(len(which))
        last = np.maximum(self._columns[level] - SHOWN_COLUMNS, 0) * TILE
        left = np.minimum(np.maximum(x // PIXEL * PIXEL - SHOWN_BEHIND * TILE, 0), last) // QUARTER
        column, rest = left // SIDE, left % SIDE
        cells = np.arange(N_ROWS)[:, np.newaxis] * tables.stride + np.arange(SHOWN_COLUMNS + 1)
        kinds = games.flat_kinds.take((games.corners[which] + column)[:, np.newaxis, np.newaxis] + cells)
        canvas = PATCHES[kinds].transpose(0, 1, 3, 2, 4).reshape(len(which), N_ROWS * SIDE, -1)
        bobs_column = (x + BODY_WIDTH // 2) // TILE + tables.columns * level
        for rounds, on_screen in self._movers:
            numbers = on_screen.take(bobs_column, axis=1)
            places, xs, ys = rounds.look_up(numbers, level, games.phases[which], time, 1)
            is_enemy = rounds is tables.enemies
            is_there = games.lives[which, numbers] if is_enemy else numbers < rounds.n_each - 1
            greys = np.where(rounds.is_soft.take(places), ENEMY_GREY, BLACK) if is_enemy else PLATFORM_GREY
            for tile in range(rounds.most_tiles):
                shown = is_there & (rounds.width.take(places) > tile * TILE)
                self._put(
                    canvas, xs[:, 0] + tile * TILE, ys[:, 0], column, shown, greys, 4 if is_enemy else 2, 4
                )
        there = np.ones((1, len(which)), dtype=bool)
        self._put(canvas, x[np.newaxis], y[np.newaxis], column, there, BOB, 4, 3)
        columns = rest[:, np.newaxis] + np.arange(SMALL_SHAPE[2])
        return canvas[
            order[:, np.newaxis, np.newaxis], np.arange(SMALL_SHAPE[1])[:, np.newaxis], columns[:, np.newaxis]
        ]

    @staticmethod
    def _put(canvas, x, y, column, is_there, greys, height, width) -> None:
        """Draw rectangles whose upper left corners are at x and y, (n_slots, n_games)."""
        slots, games = np.nonzero(is_there)
        rows, columns = y[slots, games] // QUARTER, (x[slots, games] - column[games] * TILE) // QUARTER
        values = greys[slots, games] if isinstance(greys, np.ndarray) else np.full(len(slots), greys)
        for down in range(height):
            for across in range(width):
                row, at = rows + down, columns + across
                inside = (row >= 0) & (row < canvas.shape[1]) & (at >= 0) & (at < canvas.shape[2])
                canvas[games[inside], row[inside], at[inside]] = values[inside]


class SmallPicture:
    """The same of one game, drawn as the only one of many.

    Args:
        levels: those that may be played.
    """

    def __init__(self, levels: tuple[Level, ...]):
        self._levels, self._games = levels, Games(levels, 1)
        self._pictures = SmallPictures(self._games)

    def observe(self, game: Game, state: State, *, begins: bool) -> np.ndarray:
        """Return what the agent sees, a new uint8 array (2, 52, 80); `begins` where an episode does."""
        games = self._games
        games.begin(0, self._levels.index(game.level), None, np.array(game.phases, dtype=np.int64))
        games.now[:, 0] = [getattr(state, field) for field in FIELDS]
        for bit in range(len(game.level.enemies)):
            games.lives[0, bit] = not state.stomped >> bit & 1
        for cell, number in game.level.coins.items():
            if state.collected >> number & 1:
                row, column = game.level.place_of(cell)
                games.kinds[0, games.tables.corner + row * games.tables.stride + column] = AIR
        return self._pictures.observe(np.zeros(1, dtype=int) if begins else None)[0]
