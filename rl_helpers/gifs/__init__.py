"""Frames in, animation file out; recording an agent's episode.

Start with `gif.py`.
"""

from rl_helpers.gifs.clips import create_video, from_clip, to_clip
from rl_helpers.gifs.compose import Film, change_speed, side_by_side, with_title
from rl_helpers.gifs.gif import create_gif
from rl_helpers.gifs.recording import record_episode, record_steps

__all__ = [
    "Film",
    "change_speed",
    "create_gif",
    "create_video",
    "from_clip",
    "record_episode",
    "record_steps",
    "side_by_side",
    "to_clip",
    "with_title",
]
