"""The picture of Bob and his scratching posts."""

import numpy as np

from rl_helpers.worlds.drawing.art import (
    SCALE,
    TILE,
    Painter,
    bob_sprite,
    number_sprite,
    paste,
    reward_sprite,
)
from rl_helpers.worlds.maps.layouts import FLOOR, POST, WALL

POSTS_BESIDE_EACH_OTHER = 5  # more are put in two rows


class PostsPainter:
    """Draws a house of one or two storeys with the posts in it, each under its number.

    >>> PostsPainter(10).frame(3, reward=1.2).shape
    (288, 240, 3)
    """

    def __init__(self, k: int):
        self._rows = rows_of_posts(k)
        self._n_columns = len(self._rows[0])
        self._room: np.ndarray | None = None

    def room(self) -> np.ndarray:
        """Draw the posts without Bob, a new (height, width, 3) uint8 array."""
        if self._room is None:
            storeys = []
            for posts in self._rows:
                storeys += [WALL * self._n_columns, (POST * len(posts)).ljust(self._n_columns, FLOOR)]
                storeys += [FLOOR * self._n_columns]
            self._room = Painter(storeys).room()
            for row, posts in enumerate(self._rows):
                for column, post in enumerate(posts):
                    number = number_sprite(str(post))
                    left = column * TILE + (TILE - number.pixels.shape[1]) // 2
                    paste(self._room, number, row * 3 * TILE + SCALE, left)
        return self._room.copy()

    def frame(self, post: int | None, reward: float) -> np.ndarray:
        """Draw Bob at a post, and on the wall above it what he earned.

        Args:
            post: the one he has just scratched; None: he sits before the posts.
            reward: what it gave, in treats, shown with one decimal.

        Returns:
            A new (height, width, 3) uint8 array.
        """
        picture = self.room()
        height, width, _ = picture.shape
        if post is None:
            paste(picture, bob_sprite("down"), height - TILE, (width - TILE) // 2)
            return picture
        row, column = divmod(int(post), self._n_columns)  # a small NumPy integer would overflow
        top, left = row * 3 * TILE, column * TILE
        # Half a cell up from the floor: his paws are on the rope, and the star stays in sight.
        paste(picture, bob_sprite("scratch"), top + 3 * TILE // 2, left)
        if shown := round(reward, 1) or round(reward, 2):
            treats = reward_sprite(shown)
            centred = left + (TILE - treats.pixels.shape[1]) // 2
            paste(picture, treats, top + 8 * SCALE, min(max(centred, 0), width - treats.pixels.shape[1]))
        return picture


def rows_of_posts(k: int) -> list[range]:
    """Return the numbers of the posts in each row: one row up to five posts, else two.

    >>> rows_of_posts(3), rows_of_posts(7)
    ([range(0, 3)], [range(0, 4), range(4, 7)])
    """
    if k <= POSTS_BESIDE_EACH_OTHER:
        return [range(k)]
    half = (k + 1) // 2
    return [range(half), range(half, k)]
