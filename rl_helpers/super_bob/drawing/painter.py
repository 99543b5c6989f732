"""Draws a moment of the game: 20 columns of the level around Bob, 320 × 208 art pixels."""

from functools import cache

import numpy as np

from rl_helpers.super_bob.drawing import sprites
from rl_helpers.super_bob.drawing.scenery import HEIGHT, WIDTH, landscape
from rl_helpers.super_bob.drawing.words import SHOWN_BEHIND
from rl_helpers.super_bob.game.single import Game, State
from rl_helpers.super_bob.levels.level import (
    AIR,
    BRICKS,
    FLAG,
    GROUND,
    HANGING,
    PAD_SIDE,
    PAD_TOP,
    PLANK,
    SPIKES,
    SPRING,
    Level,
)
from rl_helpers.super_bob.levels.movers import CUCUMBER, HEDGEHOG, PLATFORM, VACUUM, Mover
from rl_helpers.super_bob.levels.rules import LATE_JUMP, N_ROWS, PIXEL, TILE
from rl_helpers.worlds.drawing import sprites as house
from rl_helpers.worlds.drawing.art import Sprite, draw, paste

CELL = TILE // PIXEL  # art pixels
PICTURE_SHAPE = HEIGHT, WIDTH, 3
STRIDE_PIXELS = 10  # of his way; then the other legs
SOLID = (GROUND, BRICKS, SPRING)
TILES = {SPRING: sprites.SPRING, PLANK: sprites.PLANK, SPIKES: sprites.SPIKES}
MOVERS = {
    VACUUM: sprites.VACUUM,
    CUCUMBER: sprites.CUCUMBER,
    HEDGEHOG: sprites.HEDGEHOG,
    PLATFORM: sprites.PLATFORM,
}
POLE_CELLS = 5  # of a flag's pole that are drawn


def _turned(sprite: Sprite, *, across: bool = False, down: bool = False) -> Sprite:
    rows, columns = slice(None, None, -1 if down else 1), slice(None, None, -1 if across else 1)
    return Sprite(*(np.ascontiguousarray(part[rows, columns]) for part in sprite))


@cache
def _bob(pose: str, faces_left: bool, is_dead: bool) -> Sprite:
    return _turned(draw(getattr(sprites, pose)), across=faces_left, down=is_dead)


@cache
def _mover(kind: str, faces_left: bool) -> Sprite:
    return _turned(draw(MOVERS[kind]), across=faces_left)


@cache
def _fish() -> Sprite:
    return draw(house.FISH)


def _tile(kinds: np.ndarray, row: int, column: int) -> list[Sprite]:
    """Return what is drawn in a cell that stands still, from the back to the front."""
    kind, above = kinds[row, column], kinds[row - 1, column]
    if kind == GROUND:
        return [draw(sprites.EARTH if above in SOLID else sprites.GRASS)]
    if kind == BRICKS:
        return [draw(house.WALL)] + ([] if above in SOLID else [draw(house.WALL_TOP)])
    if kind == SPRING and kinds[row, column + 1] == GROUND:
        return [draw(sprites.EARTH), draw(sprites.SPRING)]
    if kind == HANGING:
        return [_turned(draw(sprites.SPIKES), down=True)]
    return [draw(TILES[kind])] if kind in TILES else []


@cache
def _still(level: Level) -> Sprite:
    """Return all of a level that stands still, in one picture with holes where the landscape is seen."""
    shape = (N_ROWS * CELL, level.n_columns * CELL, 3)
    pixels, mask = np.zeros(shape, dtype=np.uint8), np.zeros(shape, dtype=bool)

    def put(sprite: Sprite, row: int, column: int) -> None:
        paste(pixels, sprite, row * CELL, column * CELL)
        paste(mask, Sprite(sprite.mask, sprite.mask), row * CELL, column * CELL)

    for row in range(N_ROWS):
        for column in range(level.n_columns):
            for sprite in _tile(level.kinds, row + PAD_TOP, column + PAD_SIDE):
                put(sprite, row, column)
    for row, column in level.where("F"):
        pole = [each for each in range(row, max(row - POLE_CELLS, -1), -1) if _is_pole(level, each, column)]
        for each in pole:
            put(draw(sprites.POLE if each != pole[-1] else sprites.FLAG), each, column)
    return Sprite(pixels, mask)


def _is_pole(level: Level, row: int, column: int) -> bool:
    return level.kinds[row + PAD_TOP, column + PAD_SIDE] in (FLAG, AIR)


def picture(
    game: Game,
    state: State,
    *,
    faces_left: bool = False,
    n_columns: int | None = None,
    ghost: tuple[int, int] | None = None,
) -> np.ndarray:
    """Draw a moment of a game.

    Args:
        game: a level with the phases of its movers.
        state: the moment.
        faces_left: whether Bob looks to the left.
        n_columns: how many columns of the level are shown; 20 around Bob if not given, or the whole level
            from its left if as many as it has.
        ghost: left and top of a second body that the landscape shines through, in 1/256 pixel, or None.

    Returns:
        A new (208, 320, 3) uint8 array, or as wide as `n_columns` are.
    """
    level = game.level
    width = WIDTH if n_columns is None else n_columns * CELL
    most = level.n_columns * CELL - width
    left = max(0, min(state.x // PIXEL - SHOWN_BEHIND * CELL, most))
    shown = landscape(level.name, left, width)
    still = _still(level)
    window = slice(left, left + width)
    pixels, mask = still.pixels[:, window], still.mask[:, window]
    np.copyto(shown[:, : pixels.shape[1]], pixels, where=mask)
    for cell, number in level.coins.items():
        row, column = level.place_of(cell)
        if not state.collected >> number & 1:
            sway = (0, 1, 1, 0)[(state.time // 8 + column) % 4]
            paste(shown, _fish(), row * CELL + 5 + sway, column * CELL + 4 - left)
    for platform in level.platforms:
        _paste_mover(shown, game, state, platform, left)
    for bit, enemy in enumerate(level.enemies):
        if not state.stomped >> bit & 1:
            _paste_mover(shown, game, state, enemy, left)
    if ghost is not None:
        _paste_ghost(shown, ghost[0] // PIXEL - 2 - left, ghost[1] // PIXEL - 2)
    pose = "STAND"
    if state.finished:
        pose = "HAPPY"
    elif state.late < LATE_JUMP:
        pose = "LEAP"
    elif state.vx and state.x // PIXEL // STRIDE_PIXELS % 2:
        pose = "STRIDE"
    sprite = _bob(pose, faces_left, bool(state.cause))
    paste(shown, sprite, state.y // PIXEL - 2, state.x // PIXEL - 2 - left)
    return shown


def _paste_ghost(shown: np.ndarray, left: int, top: int) -> None:
    """Draw every second point of a leaping Bob, like a chessboard."""
    sprite = _bob("LEAP", False, False)
    points = np.indices(sprite.mask.shape[:2]).sum(axis=0) % 2 == 0
    mask = sprite.mask & points.reshape(points.shape + (1,) * (sprite.mask.ndim - 2))
    paste(shown, Sprite(sprite.pixels, mask), top, left)


def _paste_mover(shown: np.ndarray, game: Game, state: State, mover: Mover, left: int) -> None:
    now = (game.phases[mover.group] + state.time) % mover.period
    x, y = mover.xs[now], mover.ys[now]
    # The pictures of a vacuum and a cucumber are alike from both sides; a hedgehog looks where it goes.
    goes_right = mover.xs[(now + 1) % mover.period] > x
    for tile in range(mover.n_tiles):
        sprite = _mover(mover.kind, goes_right and mover.kind == HEDGEHOG)
        paste(shown, sprite, y // PIXEL, x // PIXEL + tile * CELL - left)
