"""How the game is drawn: pixel art of the course, with a landscape that passes by more slowly.

Start with `painter.py`.
"""

from rl_helpers.super_bob.drawing.painter import PICTURE_SHAPE, picture

__all__ = ["PICTURE_SHAPE", "picture"]
