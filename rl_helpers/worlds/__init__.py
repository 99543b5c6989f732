"""Bob's worlds as Gymnasium environments, and their exact transition models.

Start with `room.py`. Worlds are registered in `rl_helpers/__init__.py`.
"""

from rl_helpers.worlds.maps.actions import Action
from rl_helpers.worlds.maps.layouts import LAYOUTS, Layout, parse_layout

__all__ = ["LAYOUTS", "Action", "Layout", "parse_layout"]
