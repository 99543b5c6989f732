"""Controls and players for notebooks: thin, on top of everything else.

Start with `player.py`.
"""

from rl_helpers.widgets.formula import update_formula
from rl_helpers.widgets.player import Player, play
from rl_helpers.widgets.push_button import PushButton, push_button
from rl_helpers.widgets.slider import PictureSlider, draw_all, picture_slider
from rl_helpers.widgets.stepper import Stepper, step_through

__all__ = [
    "PictureSlider",
    "Player",
    "PushButton",
    "Stepper",
    "draw_all",
    "picture_slider",
    "play",
    "push_button",
    "step_through",
    "update_formula",
]
