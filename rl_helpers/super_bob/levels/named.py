"""The levels that have names; their maps are text files in `maps/`."""

from functools import cache
from pathlib import Path

from rl_helpers.super_bob.levels.level import Level, parse_level

MAPS = Path(__file__).parent / "maps"
LEVELS = ("meadow", "rooftops", "clockwork", "nightmare")
"""From the easiest to the hardest."""


@cache
def _named(name: str) -> Level:
    return parse_level((MAPS / f"{name}.txt").read_text(encoding="utf-8"), name)


def level_of(level: "str | Level") -> Level:
    """Return a level from its name, from its text map, or as it is.

    Raises:
        ValueError: if a text is neither a name nor a level.

    >>> level_of("meadow").name
    'meadow'
    """
    if isinstance(level, Level):
        return level
    if isinstance(level, str) and level in LEVELS:
        return _named(level)
    if isinstance(level, str) and level.strip().isidentifier() and "F" not in level:
        raise ValueError(f"level is {level!r}, expected one of {', '.join(LEVELS)}, or a text map")
    return parse_level(level)
