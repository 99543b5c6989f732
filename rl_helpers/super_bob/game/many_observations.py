"""What the agents of many games are told: `observe` of `observations.py`, on arrays with one entry a game."""

import numpy as np

from rl_helpers.super_bob.game.many import Games
from rl_helpers.super_bob.game.observations import (
    N_NUMBERS,
    N_TILES,
    NOTHING,
    PLATFORM_VALUE,
    SPEED_SCALES,
    TILES_SHAPE,
    Sight,
)
from rl_helpers.super_bob.game.tables import Rounds
from rl_helpers.super_bob.levels.level import SEEN_ABOVE, SEEN_BEHIND
from rl_helpers.super_bob.levels.rules import BODY_HEIGHT, BODY_WIDTH, LATE_JUMP, TILE, TILE_BITS

FAR = 1 << 60


class ManyObservations:
    """Tells what is seen in some games.

    Args:
        games: those to be seen.
    """

    def __init__(self, games: Games):
        self.games = games
        stride = games.tables.stride
        rows, columns = np.indices(TILES_SHAPE)
        self._window = ((rows - SEEN_ABOVE) * stride + columns - SEEN_BEHIND).reshape(-1)
        self._numbers = np.arange(len(games.level))

    def observe(self, which: np.ndarray | None = None) -> np.ndarray:
        """Return what the agents are told now, a new float32 array (games, 161).

        Args:
            which: numbers of the games, int; all of them if not given.
        """
        games, tables = self.games, self.games.tables
        now, level, phases, corners = games.now, games.level, games.phases, games.corners
        if which is not None:
            now, level, phases, corners = now[:, which], level[which], phases[which], corners[which]
        which = self._numbers if which is None else which
        order = self._numbers[: len(which)]
        x, y, vx, vy, late, _, held, _, _, time, *_ = now
        middle_x, middle_y = x + BODY_WIDTH // 2, y + BODY_HEIGHT // 2
        row, column = middle_y >> TILE_BITS, middle_x >> TILE_BITS
        seen = np.empty((len(x), N_TILES + N_NUMBERS), dtype=np.float32)
        cells = corners + row * tables.stride + column
        seen[:, :N_TILES] = games.flat_seen.take(cells[:, np.newaxis] + self._window)
        columns = tables.columns * level + column
        told = [seen[:, N_TILES + 6 + 4 * number :] for number in range(3)]
        top, left = row - SEEN_ABOVE, column - SEEN_BEHIND

        rounds = tables.platforms
        if len(rounds.in_sight):
            numbers = rounds.in_sight.take(columns, axis=1)
            places, xs, ys, shares, distance = _places(
                rounds, numbers, middle_x, middle_y, level, phases, time, tables.sight
            )
            for tile in range(rounds.most_tiles):
                is_there = rounds.width.take(places) > tile * TILE
                _put(
                    seen, xs + (tile * TILE + TILE // 2), ys + TILE // 2, top, left, PLATFORM_VALUE, is_there
                )
            _tell(told[2], shares, distance, np.argmin(distance, axis=0))
        else:
            told[2][:, :4] = NOTHING

        rounds = tables.enemies
        if len(rounds.in_sight):
            numbers = rounds.in_sight.take(columns, axis=1)
            is_there = games.lives[which, numbers]
            places, xs, ys, shares, distance = _places(
                rounds, numbers, middle_x, middle_y, level, phases, time, tables.sight
            )
            values = rounds.value.take(places)
            _put(seen, xs + TILE // 2, ys + TILE // 2, top, left, values, is_there)
            distance[~is_there] = FAR
            for number in range(2):
                nearest = np.argmin(distance, axis=0)
                _tell(told[number], shares, distance, nearest)
                distance[nearest, order] = FAR
        else:
            told[0][:, :4] = told[1][:, :4] = NOTHING

        numbers = seen[:, N_TILES:]
        numbers[:, 0] = (x & (TILE - 1)) / TILE
        numbers[:, 1] = (y & (TILE - 1)) / TILE
        numbers[:, 2] = _shares(vx, SPEED_SCALES[0])
        numbers[:, 3] = _shares(vy, SPEED_SCALES[1])
        numbers[:, 4] = late == LATE_JUMP
        numbers[:, 5] = held
        return seen


def _places(rounds: Rounds, numbers, middle_x, middle_y, level, phases, time, sight: Sight) -> tuple:
    """Return of movers their places in the tables, x, y, what is told of them, and how far they are."""
    places, xs, ys = rounds.look_up(numbers, level, phases, time, 1)
    _, later_xs, later_ys = rounds.look_up(numbers, level, phases, time + sight.n_pictures, 1)
    xs, ys = xs[:, 0], ys[:, 0]
    right = xs + rounds.width.take(places) // 2 - middle_x
    down = ys + TILE // 2 - middle_y
    shares = (
        _shares(right, sight.place_scale),
        _shares(down, sight.place_scale),
        _shares(later_xs[:, 0] - xs, sight.way_scales[0]),
        _shares(later_ys[:, 0] - ys, sight.way_scales[1]),
    )
    distance = np.abs(right) + np.abs(down)
    distance[numbers == rounds.n_each - 1] = FAR
    return places, xs, ys, shares, distance


def _tell(told, shares, distance, nearest) -> None:
    """Write what is told of the nearest movers into the first four columns of an array."""
    order = np.arange(len(nearest))
    is_none = distance[nearest, order] == FAR
    for number, (share, nothing) in enumerate(zip(shares, NOTHING, strict=True)):
        told[:, number] = np.where(is_none, nothing, share[nearest, order])


def _put(seen, x, y, top, left, values, is_there) -> None:
    """Write values into the tiles where movers are, those of later slots over those of earlier ones."""
    rows, columns = (y >> TILE_BITS) - top, (x >> TILE_BITS) - left
    height, width = TILES_SHAPE
    shown = is_there & (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    slots, games = np.nonzero(shown)
    values = values[slots, games] if isinstance(values, np.ndarray) else values
    seen[games, rows[slots, games] * width + columns[slots, games]] = values


def _shares(numbers: np.ndarray, scale: int) -> np.ndarray:
    return np.minimum(np.maximum(numbers / scale, -1.0), 1.0)
