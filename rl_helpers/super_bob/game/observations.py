"""What the agent is told: 13 × 11 tiles around Bob, and 18 numbers.

The tiles come first, row by row, Bob's own in the middle row and the fifth column. Every entry is a fraction
with a power of two below it, so that one game and many agree to the bit.
"""

from functools import cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from rl_helpers.super_bob.game.single import Game, State
from rl_helpers.super_bob.levels.level import (
    AIR,
    COIN,
    FLAG,
    HANGING,
    PAD_SIDE,
    PAD_TOP,
    PLANK,
    SEEN_ABOVE,
    SEEN_AHEAD,
    SEEN_BEHIND,
    SEEN_BELOW,
    SPIKES,
    SPRING,
    Level,
)
from rl_helpers.super_bob.levels.movers import HEDGEHOG, PLATFORM, Mover
from rl_helpers.super_bob.levels.rules import BODY_HEIGHT, BODY_WIDTH, LATE_JUMP, N_ROWS, TILE, TILE_BITS

TILES_SHAPE = SEEN_ABOVE + 1 + SEEN_BELOW, SEEN_BEHIND + 1 + SEEN_AHEAD
N_TILES = TILES_SHAPE[0] * TILES_SHAPE[1]
NUMBERS = (
    "x in the tile",
    "y in the tile",
    "speed to the right",
    "speed downwards",
    "can jump",
    "jump key held",
    *(
        f"{which} {what}"
        for which in ("nearest enemy", "second enemy", "nearest platform")
        for what in ("to the right", "downwards", "speed to the right", "speed downwards")
    ),
)
"""What the numbers behind the tiles say."""

N_NUMBERS = len(NUMBERS)
GROUND_VALUE, PLATFORM_VALUE, SOFT_VALUE, DEADLY_VALUE, PIT_VALUE = 1.0, 0.5, -0.75, -1.0, -0.5
VALUES = {
    AIR: 0.0,
    SPRING: 0.75,
    PLANK: PLATFORM_VALUE,
    SPIKES: DEADLY_VALUE,
    HANGING: DEADLY_VALUE,
    COIN: 0.25,
    FLAG: 0.125,
}
"""How tiles are told; all others are ground, 1. Enemies are −0.75, a hedgehog −1, below the level is −0.5."""

SPEED_SCALES = (512, 2048)  # Bob's speed to the right and downwards that are told as 1
NOTHING = (1.0, 1.0, 0.0, 0.0)  # told where there is no enemy or no platform
MOVERS_BEHIND = 6  # columns


class Sight(NamedTuple):
    """What is told of enemies and platforms.

    Attributes:
        ahead: columns in which they are seen.
        place_scale: the distance that is told as 1, as is all that is further.
        n_pictures: in how many pictures a mover's way is told as its speed.
        way_scales: ways to the right and downwards that are told as 1.
    """

    ahead: int
    place_scale: int
    n_pictures: int
    way_scales: tuple[int, int]


SIGHTS = MappingProxyType(
    {
        "tiles": Sight(10, 8 * TILE, 1, (256, 1024)),
        "foresight": Sight(16, 16 * TILE, 16, (16 * 256, 8 * 1024)),
    }
)
"""By the name of the observation. With "tiles" a cucumber that rests is told alike for 44 pictures, whether
it is about to jump or not, and none is told of from more than 10 columns away."""


def visible_tiles(level: Level) -> np.ndarray:
    """Return what every cell of `level.kinds` is told as, float32, all coins in their places."""
    values = np.full(level.kinds.shape, GROUND_VALUE, dtype=np.float32)
    for kind, value in VALUES.items():
        values[level.kinds == kind] = value
    values[PAD_TOP + N_ROWS :, PAD_SIDE:-PAD_SIDE] = PIT_VALUE
    return values


def movers_in_sight(level: Level, sight: Sight) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Return by Bob's column the numbers of the enemies and of the platforms that he may see."""
    columns = MOVERS_BEHIND, sight.ahead
    return level.near(level.enemies, *columns), level.near(level.platforms, *columns)


def value_of(mover: Mover) -> float:
    """Return how a mover is told among the tiles."""
    if mover.kind == PLATFORM:
        return PLATFORM_VALUE
    return DEADLY_VALUE if mover.kind == HEDGEHOG else SOFT_VALUE


@cache
def _of_level(level: Level, sight: Sight) -> tuple:
    return visible_tiles(level), *movers_in_sight(level, sight)


def observe(game: Game, state: State, sight: Sight = SIGHTS["tiles"]) -> np.ndarray:
    """Return what the agent is told of a state, float32 (161,), all from −1 to 1."""
    level = game.level
    tiles, near_enemies, near_platforms = _of_level(level, sight)
    row, column = (state.y + BODY_HEIGHT // 2) >> TILE_BITS, state.column
    top, left = row + PAD_TOP - SEEN_ABOVE, column + PAD_SIDE - SEEN_BEHIND
    seen = np.empty(N_TILES + N_NUMBERS, dtype=np.float32)
    window = seen[:N_TILES].reshape(TILES_SHAPE)
    window[:] = tiles[top : top + TILES_SHAPE[0], left : left + TILES_SHAPE[1]]
    if state.collected:
        for cell, number in level.coins.items():
            if state.collected >> number & 1:
                _put(window, cell // level.stride - top, cell % level.stride - left, 0.0)
    first = second = platform = (None, NOTHING)
    for number in near_platforms[column]:
        mover = level.platforms[number]
        x, y, told, distance = _place(game, state, mover, sight)
        for tile in range(mover.n_tiles):
            at = x + tile * TILE + TILE // 2
            _put(
                window,
                ((y + TILE // 2) >> TILE_BITS) + PAD_TOP - top,
                (at >> TILE_BITS) + PAD_SIDE - left,
                PLATFORM_VALUE,
            )
        if platform[0] is None or distance < platform[0]:
            platform = distance, told
    for number in near_enemies[column]:
        if state.stomped >> number & 1:
            continue
        mover = level.enemies[number]
        x, y, told, distance = _place(game, state, mover, sight)
        _put(
            window,
            ((y + TILE // 2) >> TILE_BITS) + PAD_TOP - top,
            ((x + TILE // 2) >> TILE_BITS) + PAD_SIDE - left,
            value_of(mover),
        )
        if first[0] is None or distance < first[0]:
            first, second = (distance, told), first
        elif second[0] is None or distance < second[0]:
            second = distance, told
    seen[N_TILES:] = (
        (state.x & (TILE - 1)) / TILE,
        (state.y & (TILE - 1)) / TILE,
        _share(state.vx, SPEED_SCALES[0]),
        _share(state.vy, SPEED_SCALES[1]),
        float(state.late == LATE_JUMP),
        float(state.held),
        *first[1],
        *second[1],
        *platform[1],
    )
    return seen


def _place(game: Game, state: State, mover: Mover, sight: Sight) -> tuple:
    """Return a mover's x and y, what is told of it, and how far its middle is from Bob's."""
    now = (game.phases[mover.group] + state.time) % mover.period
    after = (now + sight.n_pictures) % mover.period
    x, y = mover.xs[now], mover.ys[now]
    right = x + mover.n_tiles * TILE // 2 - state.x - BODY_WIDTH // 2
    down = y + TILE // 2 - state.y - BODY_HEIGHT // 2
    told = (
        _share(right, sight.place_scale),
        _share(down, sight.place_scale),
        _share(mover.xs[after] - x, sight.way_scales[0]),
        _share(mover.ys[after] - y, sight.way_scales[1]),
    )
    return x, y, told, abs(right) + abs(down)


def _share(number: int, scale: int) -> float:
    return max(-1.0, min(1.0, number / scale))


def _put(window: np.ndarray, row: int, column: int, value: float) -> None:
    if 0 <= row < TILES_SHAPE[0] and 0 <= column < TILES_SHAPE[1]:
        window[row, column] = value
