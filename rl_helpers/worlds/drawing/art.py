"""From text to pixels: sprites, and the painter who puts them together into a room.

Everything is drawn with 16 × 16 art pixels a cell and enlarged by a whole number, which keeps it crisp.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from rl_helpers.worlds.drawing import bob, sprites
from rl_helpers.worlds.maps.actions import Action
from rl_helpers.worlds.maps.layouts import COUCH, CUSHION, DRAPES, POST, RUG, START, WALL

CELL = 16
SCALE = 3
TILE = CELL * SCALE
"""Screen pixels of one cell of a world, both ways."""

THINGS = {
    START: sprites.START,
    RUG: sprites.RUG,
    POST: sprites.POST,
    DRAPES: sprites.DRAPES,
    CUSHION: sprites.CUSHION,
}
FACINGS = {Action.UP: "up", Action.RIGHT: "right", Action.DOWN: "down", Action.LEFT: "left"}


class Sprite(NamedTuple):
    """A picture with holes: `pixels`, uint8, are seen where `mask` is True; both (height, width, 3).

    The mask repeats itself for red, green and blue, because NumPy pastes six times faster that way.
    """

    pixels: np.ndarray
    mask: np.ndarray


def draw(text: str) -> Sprite:
    """Turn a text map into a sprite, one art pixel a character.

    >>> heart = draw("h.h" + chr(10) + ".h.")
    >>> heart.pixels.shape, heart.mask[:, :, 0].astype(int).tolist()
    ((2, 3, 3), [[1, 0, 1], [0, 1, 0]])
    """
    characters = np.array([list(line) for line in text.strip().split("\n")])
    pixels = np.zeros((*characters.shape, 3), dtype=np.uint8)
    for character, colour in sprites.COLOURS.items():
        pixels[characters == character] = tuple(bytes.fromhex(colour[1:]))
    return Sprite(pixels, np.repeat((characters != ".")[..., np.newaxis], 3, axis=2))


def enlarge(image: np.ndarray, scale: int = SCALE) -> np.ndarray:
    """Repeat every pixel of an image (height, width, …) `scale` times both ways."""
    return image.repeat(scale, axis=0).repeat(scale, axis=1)


def paste(picture: np.ndarray, sprite: Sprite, top: int, left: int) -> None:
    """Draw a sprite into a picture, in place; what would be outside of the picture is cut off."""
    height, width = picture.shape[:2]
    rows = slice(max(-top, 0), max(height - top, 0))
    columns = slice(max(-left, 0), max(width - left, 0))
    pixels, mask = sprite.pixels[rows, columns], sprite.mask[rows, columns]
    top, left = max(top, 0), max(left, 0)
    np.copyto(picture[top : top + len(pixels), left : left + pixels.shape[1]], pixels, where=mask)


@cache
def bob_sprite(pose: str) -> Sprite:
    """Return Bob on the screen, (TILE, TILE): "up", "right", "down", "left" or "scratch"."""
    if pose == "left":
        right = bob_sprite("right")
        return Sprite(*(np.ascontiguousarray(part[:, ::-1]) for part in right))
    return Sprite(*map(enlarge, draw(bob.POSES[pose])))


@cache
def reward_sprite(reward: float) -> Sprite:
    """Return what rises above Bob when he has scratched, on the screen: a treat or water, and the number.

    >>> reward_sprite(5.0).pixels.shape[0] == 7 * SCALE
    True
    """
    icon, colour = (sprites.HEART, "y") if reward > 0 else (sprites.DROPS, "u")
    number = written(f"{reward:+g}", colour)
    picture = icon.strip().split("\n")
    return Sprite(
        *map(enlarge, draw("\n".join(left + right for left, right in zip(picture, number, strict=True))))
    )


@cache
def number_sprite(number: str) -> Sprite:
    """Return a number to be put on a wall, on the screen.

    >>> number_sprite("10").pixels.shape == (7 * SCALE, 9 * SCALE, 3)
    True
    """
    return Sprite(*map(enlarge, draw("\n".join(written(number, "w")))))


def written(number: str, colour: str) -> list[str]:
    """Write a number as a text map, in one colour with the dark outline around it.

    >>> written("1", "y")
    ['.kkk.', 'kkyk.', 'kyyk.', 'kkyk.', 'kkykk', 'kyyyk', 'kkkkk']
    """
    letters = [sprites.DIGITS[character].split() for character in number]
    lines = [".".join(rows).replace("#", colour) for rows in zip(*letters, strict=True)]
    return outlined(["." * (len(lines[0]) + 2), *(f".{line}." for line in lines), "." * (len(lines[0]) + 2)])


def outlined(lines: Sequence[str]) -> list[str]:
    """Put the dark outline around everything that is drawn in a text map.

    >>> outlined(["...", ".y.", "..."])
    ['kkk', 'kyk', 'kkk']
    """
    drawn = np.array([list(line) for line in lines])
    padded = np.pad(drawn != ".", 1)
    height, width = drawn.shape
    near = np.any(
        [padded[row : row + height, column : column + width] for row in range(3) for column in range(3)], 0
    )
    drawn[near & (drawn == ".")] = "k"
    return ["".join(line) for line in drawn]


class Painter:
    """Draws a room given as text rows, one character a cell (see `layouts.NAMES`).

    >>> painter = Painter(["B.#", ".RP"])
    >>> painter.room([1]).shape, painter.frame(1, 0, [1]).shape
    ((96, 144, 3), (96, 144, 3))
    """

    def __init__(self, rows: Sequence[str]):
        self._rows = tuple(rows)
        self._rugs = [
            (row, column)
            for row, line in enumerate(self._rows)
            for column, kind in enumerate(line)
            if kind == RUG
        ]
        self._rooms: dict[tuple[int, ...], np.ndarray] = {}

    def room(self, treats_left: Sequence[int] = ()) -> np.ndarray:
        """Draw the room without Bob.

        Args:
            treats_left: 0 or 1 for each rug, in reading order.

        Returns:
            A new (rows × TILE, columns × TILE, 3) uint8 array.
        """
        return self._cached_room(tuple(treats_left)).copy()

    def frame(
        self,
        row: float,
        column: float,
        treats_left: Sequence[int] = (),
        *,
        facing: int | None = None,
        scratched: float | None = None,
    ) -> np.ndarray:
        """Draw the room with Bob in it.

        Args:
            row: cells from the top of the room to the top of Bob's tile; any real number in between too.
            column: cells from the left.
            treats_left: 0 or 1 for each rug.
            facing: the `Action` that he last moved by; None: towards the viewer.
            scratched: the reward, if he has just scratched.

        Returns:
            A new (rows × TILE, columns × TILE, 3) uint8 array.
        """
        picture = self.room(treats_left)
        top, left = round(row * TILE), round(column * TILE)
        pose = FACINGS.get(facing, "down") if scratched is None else "scratch"
        paste(picture, bob_sprite(pose), top, left)
        if scratched:
            reward = reward_sprite(scratched)
            height, width = reward.pixels.shape[:2]
            # Above Bob's head, or below his paws where the picture ends above him.
            beside = top - height + SCALE
            if beside < 0:
                beside = min(top + TILE, picture.shape[0] - height)
            centred = left + (TILE - width) // 2
            paste(picture, reward, beside, min(max(centred, 0), picture.shape[1] - width))
        return picture

    def _cached_room(self, treats_left: tuple[int, ...]) -> np.ndarray:
        if treats_left not in self._rooms:
            picture = np.zeros((len(self._rows) * CELL, len(self._rows[0]) * CELL, 3), dtype=np.uint8)
            for row, line in enumerate(self._rows):
                for column in range(len(line)):
                    for sprite in self._cell(row, column):
                        paste(picture, sprite, row * CELL, column * CELL)
            for (row, column), treat in zip(self._rugs, treats_left, strict=True):
                if treat:
                    paste(picture, draw(sprites.FISH), row * CELL + 6, column * CELL + 4)
            self._rooms[treats_left] = enlarge(picture)
        return self._rooms[treats_left]

    def _cell(self, row: int, column: int) -> list[Sprite]:
        kind = self._rows[row][column]
        if kind == WALL:
            # Seen a little from above: the top of a wall shows where no wall is behind it.
            top = [draw(sprites.WALL_TOP)] if row == 0 or self._rows[row - 1][column] != WALL else []
            return [draw(sprites.WALL), *top]
        # Every other cell is a shade darker, so that the eye can count cells.
        floor = draw(sprites.FLOOR if (row + column) % 2 else sprites.FLOOR.replace("f", "F"))
        if kind == COUCH:
            return [floor, self._couch(self._rows[row], column)]
        return [floor, draw(THINGS[kind])] if kind in THINGS else [floor]

    @staticmethod
    def _couch(line: str, column: int) -> Sprite:
        """Draw a couch cell; with a couch beside it the two become one, without arms in between."""
        single, middle = draw(sprites.COUCH), draw(sprites.COUCH_MIDDLE)
        half = CELL // 2
        left = middle if line[column - 1 : column] == COUCH else single
        right = middle if line[column + 1 : column + 2] == COUCH else single
        return Sprite(
            *(np.hstack([west[:, :half], east[:, half:]]) for west, east in zip(left, right, strict=True))
        )
