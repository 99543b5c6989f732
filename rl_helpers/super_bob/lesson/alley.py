"""The alley: a level of 40 columns that Bob learns in seconds, and rewards that teach him something else."""

from types import MappingProxyType

ALLEY = """
..............ooo.......................
........................................
..............---.......................
........................................
.B...................w.......==......F..
########..##############^^##############
########..##############################
"""
"""A gap, a plank with three fish above it, a robot vacuum, spikes, two bricks, the flag."""

REWARD_SETTINGS = MappingProxyType(
    {
        "as it is": {},
        "columns pay nothing": {"column": 0.0},
        "… nor does a death cost": {"column": 0.0, "death": 0.0},
        "… but starts along": {"column": 0.0},
        "the flag pays nothing": {"flag": 0.0},
        "death costs nothing": {"death": 0.0},
        "a fish pays 5": {"coin": 5.0},
        "a wage of 0.2": {"decision": 0.2},
        "the wage, and 20 for the flag": {"decision": 0.2, "flag": 20.0},
    }
)
"""From a name to the rewards that are others than usual."""

STARTS_ALONG = "… but starts along"
"""Of these settings the one in which the games of training begin all along the level."""

BEFORE_THE_FLAG = 34
"""A column from which nothing lies between Bob and the flag."""
