"""Bob's worlds as Gymnasium environments, and their pixel art.

Start with `room.py`.
"""

from rl_helpers.worlds.maps.actions import Action
from rl_helpers.worlds.maps.layouts import LAYOUTS, Layout, parse_layout

__all__ = ["LAYOUTS", "Action", "Layout", "parse_layout"]
